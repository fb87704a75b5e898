"""Persons, chats, topics and messages: what the sandbox's little world is made of."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Literal

from sandbox.values import Json

ChatType = Literal["private", "group", "supergroup", "channel"]

Status = Literal[
    "creator", "administrator", "member", "restricted", "left", "kicked", "deactivated"
]
"""Where somebody stands in a chat. `deactivated` is a person who has deleted the account."""

MOST_MESSAGES = 2000
"""Per chat; older ones are forgotten, so that a long run stays small."""

ANONYMOUS_ADMIN = 1087968824
"""Telegram's GroupAnonymousBot, in whose name hidden administrators write."""


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody with an account."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def json(self) -> Json:
        """The Bot API's User."""
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return body | {name: value for name, value in optional.items() if value}


@dataclass(slots=True, kw_only=True)
class Topic:
    """One topic of a forum; its number is the number of the message that opened it."""

    id: int
    name: str
    icon_color: int = 7322096
    closed: bool = False


@dataclass(slots=True, kw_only=True)
class Chat:
    """A conversation, with everything said in it."""

    id: int
    type: ChatType
    title: str = ""
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    statuses: dict[int, Status] = field(default_factory=dict)
    """Of persons; the bot's own is `bot_status`."""
    bot_status: Status = "member"
    started: bool = True
    """Whether the bot may write first: a person has to speak to a bot before it may answer."""
    messages: OrderedDict[int, Json] = field(default_factory=OrderedDict)
    last_message_id: int = 0
    migrated_to: int | None = None
    reply_keyboard: Json | None = None
    """Buttons that stand in for typing, until the bot takes them away."""

    @property
    def name(self) -> str:
        """What it is called in a list of chats."""
        return self.title or " ".join(filter(None, (self.first_name, self.last_name)))

    def json(self) -> Json:
        """The Bot API's Chat."""
        optional = {
            "title": self.title,
            "username": self.username,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "is_forum": self.is_forum,
        }
        body: Json = {"id": self.id, "type": self.type}
        return body | {name: value for name, value in optional.items() if value}

    def next_message_id(self) -> int:
        """A number for the next message here."""
        self.last_message_id += 1
        return self.last_message_id

    def keep(self, message: Json) -> None:
        """Remembers a message, under its number."""
        self.messages[message["message_id"]] = message
        while len(self.messages) > MOST_MESSAGES:
            self.messages.popitem(last=False)


def type_of(chat_id: int) -> ChatType:
    """What a chat's number says it is."""
    if chat_id > 0:
        return "private"
    return "supergroup" if chat_id < -1_000_000_000_000 else "group"
