"""Who is told, where, and at what local time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Language = Literal["en", "zh"]
"""The languages that people are spoken to in; `bot/locale` has a catalogue for each."""

SubscriptionKind = Literal["instant", "daily", "weekly"]

ChatState = Literal["active", "suspended"]

EVERY_DAY = 0b1111111
WORKDAYS = 0b0011111
WEEKEND = 0b1100000


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A chat, or one forum topic in it."""

    chat_id: int
    thread_id: int = 0
    """0 is the chat itself (a forum's General topic has no usable number)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A private chat, group, supergroup or channel that the bot knows."""

    id: int
    type: Literal["private", "group", "supergroup", "channel"] = "private"
    title: str = ""
    language: Language = "en"
    timezone: str = "Asia/Shanghai"
    """An IANA name."""
    state: ChatState = "active"
    state_reason: str | None = None
    added_by: int | None = None
    """Who brought the bot there, by Telegram's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One standing wish of one destination; a destination may hold one of each kind."""

    id: int
    destination: Destination
    kind: SubscriptionKind
    minute: int = 9 * 60
    """Local minute of the day, 0 to 1439; no meaning for `instant`."""
    weekday: int = 0
    """0 is Monday; for `weekly` only."""
    days: int = EVERY_DAY
    """For `daily` only: on which days of the week, bit 0 for Monday."""
    timezone: str = "Asia/Shanghai"
    next_at: datetime | None = None
    """When the next digest is due (UTC); None for `instant`."""
    covered_until: datetime
    """Everything first seen up to here has been in a digest."""
    last_date: date | None = None
    """The local date of the last digest: there is never a second one for it."""
