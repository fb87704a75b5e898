"""All that the sandbox knows: people, chats, the bot, and what waits for it. No I/O."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sandbox import cast
from sandbox.files import Files
from sandbox.limits import Limits
from sandbox.menus import Menus
from sandbox.people import Chat, Person, Topic
from sandbox.refusal import Refusal, bad_request, upgraded
from sandbox.updates import Updates
from sandbox.values import Clock, Json, seconds

BOT_ID = 123456
"""Until a token tells another: a bot's number is the first half of its token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A pressed button that waits for an answer."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    asked_at: datetime


@dataclass(slots=True, kw_only=True)
class World:
    """One bot and everybody it may meet."""

    clock: Clock
    bot: Person = field(
        default_factory=lambda: Person(
            id=BOT_ID, first_name="Pilotwatch", username="pilotwatch_bot", is_bot=True
        )
    )
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: Updates = field(default_factory=Updates)
    files: Files = field(default_factory=Files)
    menus: Menus = field(default_factory=Menus)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    last_query: int = 0
    webhook: Json | None = None
    limits: Limits | None = None
    """How much is taken; None takes everything."""
    revoked: set[str] = field(default_factory=set)
    listeners: list[Callable[[Json], None]] = field(default_factory=list)
    on_update: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Brings in the sample people and chats."""
        self._populate()

    def _populate(self) -> None:
        for person in cast.people():
            self.people[person.id] = person
            self.chats[person.id] = cast.private_chat(person)
        for chat in cast.chats():
            self.chats[chat.id] = chat
            for topic in chat.topics.values():
                self._open(chat, topic)

    def reset(self) -> None:
        """As on the first day; only running numbers go on."""
        for kept in (self.people, self.chats, self.queries, self.menu_buttons, self.revoked):
            kept.clear()
        self.updates.clear()
        self.files.clear()
        self.menus.clear()
        self.webhook = None
        self.limits = None
        self._populate()
        self.tell({"event": "reset"})

    def now(self) -> int:
        """The time as messages state it."""
        return seconds(self.clock())

    def tell(self, event: Json) -> None:
        """Lets whoever watches (the chat page) know."""
        for listener in self.listeners:
            listener(event)

    def queue(self, kind: str, value: Json) -> int | None:
        """Hands the bot an update; None if it does not want that kind."""
        update_id = self.updates.add(kind, value, self.clock())
        self.updates_wait()
        return update_id

    def queue_raw(self, update: Json) -> int:
        """Hands the bot any update, as it stands."""
        update_id = self.updates.add_raw(update, self.clock())
        self.updates_wait()
        return update_id

    def updates_wait(self) -> None:
        """Wakes whoever brings updates to the bot."""
        for wake in self.on_update:
            wake()

    def chat_for_bot(self, chat_id: int | str) -> Chat:
        """The chat that the bot means.

        Raises:
            Refusal: unknown, never opened by its person, or moved to another number.
        """
        chat = self._by_username(chat_id) if isinstance(chat_id, str) else self.chats.get(chat_id)
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise upgraded(chat.migrated_to)
        return chat

    def _by_username(self, username: str) -> Chat | None:
        wanted = username.removeprefix("@").lower()
        named = (chat for chat in self.chats.values() if chat.type != "private")
        return next((chat for chat in named if (chat.username or "").lower() == wanted), None)

    def topic(self, chat: Chat, thread_id: int | None) -> Topic | None:
        """The topic of that number; None for the chat itself (in a forum: its General).

        Raises:
            Refusal: there is none, or it is closed.
        """
        if not thread_id:
            return None
        topic = chat.topics.get(thread_id) if chat.is_forum else None
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed:
            raise bad_request("TOPIC_CLOSED")
        return topic

    def open_topic(self, chat: Chat, topic: Topic) -> Topic:
        """Adds a topic to a forum."""
        chat.is_forum = True
        chat.last_message_id = max(chat.last_message_id, topic.id)
        chat.topics[topic.id] = topic
        self._open(chat, topic)
        self.tell({"event": "chat", "chat_id": chat.id})
        return topic

    def _open(self, chat: Chat, topic: Topic) -> None:
        created = {"name": topic.name, "icon_color": topic.icon_color}
        chat.keep(
            {
                "message_id": topic.id,
                "chat": chat.json(),
                "date": self.now(),
                "message_thread_id": topic.id,
                "is_topic_message": True,
                "forum_topic_created": created,
            }
        )

    def message(self, chat: Chat, message_id: int | None, otherwise: str) -> Json:
        """A message that exists.

        Raises:
            Refusal: it does not; `otherwise` are Telegram's words for it.
        """
        found = chat.messages.get(message_id or 0)
        if found is None:
            raise bad_request(otherwise)
        return found

    def keep(self, chat: Chat, message: Json) -> Json:
        """Remembers a new or changed message and shows it."""
        chat.keep(message)
        self.tell({"event": "message", "chat_id": chat.id, "message": message})
        return message

    def migrate(self, chat_id: int, new_chat_id: int) -> Refusal:
        """Turns a group into a supergroup; returns the refusal that the old number now gives."""
        old = self.chats.get(chat_id)
        if old is not None and new_chat_id not in self.chats:
            self.chats[new_chat_id] = Chat(
                id=new_chat_id,
                type="supergroup",
                title=old.title,
                statuses=dict(old.statuses),
                bot_status=old.bot_status,
            )
            self.tell({"event": "chat", "chat_id": new_chat_id})
        if old is not None:
            old.migrated_to = new_chat_id
        return upgraded(new_chat_id)
