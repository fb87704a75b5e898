"""A delivery: something owed to a destination, and how far it has got."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Literal

from domain.chat import Destination
from domain.message import Message

DeliveryKind = Literal[
    "alert",
    "digest",
    "reminder",
    "news",
    "correction",
    "report",
    "notice",
    "farewell",
    "broadcast",
    "fault",
    "proposal",
    "suggestion",
    "thanks",
]
"""news: of what somebody follows. correction: a fact that was told is wrong. report: what operators
are told of a fact that somebody calls wrong. notice: what operators are told about sources.
farewell: what whoever added the bot to a chat is told when it cannot speak there any more.
broadcast: an operator's own words to everybody. fault: what operators are told of a bug.
proposal: a rule that readers' marks suggest to operators. suggestion: a source that a reader
suggests to them. thanks: to that reader, once it is watched."""

DeliveryState = Literal["owed", "leased", "folded", "sent", "failed", "expired", "uncertain"]
"""owed: to be sent. leased: a sender has it. folded: another delivery to the same place tells it,
and it is as far as that one is. The others are at rest; failed: given up, an operator may have it
tried again. uncertain: it may have arrived, and is of a kind that is never repeated."""

AT_MOST_ONCE: frozenset[DeliveryKind] = frozenset({"broadcast"})
"""What is rather lost than said twice; everything else is rather said twice than lost."""


HELD = timedelta(minutes=15)
"""What had to wait so long (quiet hours, a mute, a flood wait) is told together with the rest."""

MOST_TOGETHER = 20
"""Stories that one message tells: what is more comes in the next one."""


class Lane(IntEnum):
    """Who goes first when there is a queue."""

    INTERACTIVE = 0
    """Somebody asked and waits."""
    ALERT = 1
    DIGEST = 2
    BACKFILL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A new entry for the outbox; `key` is unique within its destination."""

    destination: Destination
    kind: DeliveryKind
    key: str
    """"alert:s12", "digest:daily:2026-11-23": what makes a second one the same."""
    lane: Lane
    payload: Mapping[str, Any] = field(default_factory=dict)
    """What to tell, by reference: {"story": 12}, a digest's window; or a notice itself."""
    story_id: int | None = None
    not_before: datetime | None = None
    """When it may go out; None is at once."""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One claimed entry of the outbox."""

    id: int
    destination: Destination
    kind: DeliveryKind
    key: str
    lane: Lane
    payload: Mapping[str, Any]
    story_id: int | None = None
    parts: tuple[Message, ...] | None
    """Rendered once, at the first attempt, so that a repeat says the same; None before."""
    message_ids: tuple[int, ...] = ()
    """Telegram's numbers of the parts that have arrived, in order."""
    doubts: int = 0
    """Attempts at the part that is next whose outcome is not known."""
    repeat: bool = False
    """An earlier attempt was started and its end is not known: this one may be a repeat."""

    @property
    def parts_sent(self) -> int:
        """How many of its parts have arrived."""
        return len(self.message_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How far a delivery about a story has got, for who asks why."""

    kind: DeliveryKind
    state: DeliveryState
    at: datetime | None
    error: str | None
    not_before: datetime | None = None
    """From when on it may go out, where it is still owed."""
    name: str = ""
    """Of a digest: "daily", "weekly", "now"."""
