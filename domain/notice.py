"""What people are told about the bot itself: incidents of sources, chats that it had to leave."""

from dataclasses import dataclass
from datetime import datetime

from domain.health import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What happened to one source, as it was at that time."""

    source_id: int
    title: str
    url: str
    trouble: Trouble
    over: bool = False
    """It is well again."""
    code: str | None = None
    """Of the failure ("dns", "http_404")."""
    reason: str | None = None
    """The failure in plain English words."""
    since: datetime | None = None
    """When it began, or when there was last something new."""
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What came to light at the same time: one message."""

    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """An operator's own words to everybody."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Something failed that should not have; operators are told the first time only."""

    number: str
    """By which the log explains it."""
    what: str
    """The kind of error and where it came up; never words of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """A chat cannot be told anything until its people change that."""

    title: str
    chat_id: int
    reason: str
    """In Telegram's words."""
