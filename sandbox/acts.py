"""What people do: speak, press, come and go. Each act changes the world and tells the bot."""

from dataclasses import dataclass

from sandbox.keyboard import buttons
from sandbox.members import standing
from sandbox.people import ANONYMOUS_ADMIN, Chat, Person, Status, Topic
from sandbox.text.formatted import Formatted, settle
from sandbox.text.spotted import spot
from sandbox.values import Json
from sandbox.world import Query, World

MOST_QUERIES = 10_000
"""Pressed buttons that wait for an answer; a bot that never answers must not fill the memory."""


class Impossible(Exception):
    """Nobody could do that in a real chat; the text says why, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that comes with a message."""

    file_name: str
    content: bytes
    mime_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What somebody says, and how."""

    text: str = ""
    thread: int | None = None
    document: Attachment | None = None
    reply_to: int | None = None
    anonymous: bool = False
    """As a hidden administrator, in the group's name."""


def say(world: World, person: Person, chat: Chat, speech: Speech) -> tuple[int | None, int]:
    """Speaks; returns the update's number (None if the bot does not hear it) and the message's.

    Raises:
        Impossible: a topic in a chat without topics, a reply to nothing, silence.
    """
    topic = _topic(world, chat, speech.thread)
    _ensure_started(world, person, chat)
    message = _header(world, person, chat, speech) | _thread(chat, topic, speech.reply_to)
    message |= _content(world, speech)
    world.keep(chat, message)
    hears = chat.type == "private" or chat.bot_status not in ("left", "kicked")
    kind = "channel_post" if chat.type == "channel" else "message"
    return (world.queue(kind, message) if hears else None), message["message_id"]


def _topic(world: World, chat: Chat, thread: int | None) -> Topic | None:
    if not thread:
        return None
    if chat.type != "supergroup":
        raise Impossible(f"chat {chat.id} is a {chat.type}: only supergroups have topics")
    known = chat.topics.get(thread)
    return known or world.open_topic(chat, Topic(id=thread, name=f"Topic {thread}"))


def _ensure_started(world: World, person: Person, chat: Chat) -> None:
    """Whoever writes to a bot in private opens the chat, and takes back a block."""
    chat.started = True
    if chat.type == "private" and chat.bot_status != "member":
        become(world, chat, None, "member", by=person)


def _header(world: World, person: Person, chat: Chat, speech: Speech) -> Json:
    header: Json = {"message_id": chat.next_message_id(), "chat": chat.json(), "date": world.now()}
    if chat.type == "channel":
        return header | {"sender_chat": chat.json()}
    if speech.anonymous:
        hidden = Person(
            id=ANONYMOUS_ADMIN, first_name="Group", username="GroupAnonymousBot", is_bot=True
        )
        return header | {"from": hidden.json(), "sender_chat": chat.json()}
    return header | {"from": person.json()}


def _thread(chat: Chat, topic: Topic | None, reply_to: int | None) -> Json:
    body: Json = {}
    if topic is not None:
        body = {"message_thread_id": topic.id, "is_topic_message": True}
    # In a topic every message answers at least the one that opened it.
    answered = reply_to or (topic.id if topic else None)
    if answered is None:
        return body
    original = chat.messages.get(answered)
    if original is None and reply_to:
        raise Impossible(f"there is no message {reply_to} in chat {chat.id} to reply to")
    return body | {"reply_to_message": without_reply(original)} if original else body


def without_reply(message: Json) -> Json:
    """A message as it stands inside another: it quotes no further one."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def _content(world: World, speech: Speech) -> Json:
    said = settle(Formatted(text=speech.text, entities=tuple(spot(speech.text))))
    entities = [entity.json() for entity in said.entities]
    if speech.document is not None:
        stored = world.files.add(
            speech.document.file_name, speech.document.mime_type, speech.document.content
        )
        words = {"caption": said.text, "caption_entities": entities}
        return {"document": stored.document()} | {k: v for k, v in words.items() if v}
    if not said.text:
        raise Impossible("nobody can send a message without words: give `text` or `document`")
    return {"text": said.text} | ({"entities": entities} if entities else {})


def press(
    world: World, person: Person, chat: Chat, message_id: int, data: str, *, force: bool = False
) -> tuple[int | None, str]:
    """Presses a button; returns the update's number and the query's id.

    Raises:
        Impossible: there is no such button there, and `force` does not insist.
    """
    message = chat.messages.get(message_id)
    if not force:
        _check_button(chat, message, message_id, data)
    world.last_query += 1
    query_id = str(10**18 + world.last_query)
    world.queries[query_id] = Query(
        id=query_id,
        user_id=person.id,
        chat_id=chat.id,
        message_id=message_id,
        asked_at=world.clock(),
    )
    if len(world.queries) > MOST_QUERIES:
        del world.queries[next(iter(world.queries))]
    inaccessible = {"chat": chat.json(), "message_id": message_id, "date": 0}
    query = {
        "id": query_id,
        "from": person.json(),
        "message": message or inaccessible,
        # Telegram's is opaque and the same for all presses in one chat.
        "chat_instance": str(abs(chat.id) * 7919),
        "data": data,
    }
    return world.queue("callback_query", query), query_id


def _check_button(chat: Chat, message: Json | None, message_id: int, data: str) -> None:
    if message is None:
        raise Impossible(f"there is no message {message_id} in chat {chat.id}")
    offered = [b["callback_data"] for b in buttons(message) if "callback_data" in b]
    if data not in offered:
        raise Impossible(
            f"message {message_id} has no button with the data {data!r}; it has {offered} "
            '(say "force": true to press it all the same)'
        )


def become(
    world: World, chat: Chat, person: Person | None, status: Status, *, by: Person | None = None
) -> int | None:
    """Gives somebody (None: the bot) a standing in a chat; returns the update's number.

    In a private chat only the bot's own changes: `kicked` is the person blocking it.
    """
    about_bot = person is None or person.id == world.bot.id or chat.type == "private"
    subject = world.bot if about_bot or person is None else person
    before = chat.bot_status if about_bot else chat.statuses.get(subject.id, "left")
    if about_bot:
        chat.bot_status, chat.started = status, True
    else:
        chat.statuses[subject.id] = status
    world.tell({"event": "chat", "chat_id": chat.id})
    change = {
        "chat": chat.json(),
        "from": (by or _actor(world, chat, person)).json(),
        "date": world.now(),
        "old_chat_member": standing(subject, before, chat),
        "new_chat_member": standing(subject, status, chat),
    }
    return world.queue("my_chat_member" if about_bot else "chat_member", change)


def _actor(world: World, chat: Chat, person: Person | None) -> Person:
    """Who did it, where nobody is named: the person, or the chat's owner."""
    if chat.type == "private" and chat.id in world.people:
        return world.people[chat.id]
    owners = (user for user, status in chat.statuses.items() if status == "creator")
    owner = world.people.get(next(owners, 0))
    return owner or person or world.bot
