"""A delivery: something owed to a destination, and how far it has got."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

from domain.chat import Destination
from domain.message import Message

DeliveryKind = Literal["alert", "digest", "notice", "news", "correction", "report"]
"""notice: what operators are told about sources. news: of what somebody follows. correction: a
fact that was told is wrong. report: what operators are told of a fact that somebody calls wrong.
"""

DeliveryState = Literal["owed", "leased", "sent", "failed", "expired"]
"""owed: to be sent. leased: a sender has it. sent, failed, expired: at rest."""


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
    parts: tuple[Message, ...] | None
    """Rendered once, at the first attempt, so that a repeat says the same; None before."""
    parts_sent: int
    attempts: int
    repeat: bool
    """An earlier attempt was started and its end is not known: this one may be a repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How far a delivery about a story has got, for who asks why."""

    kind: DeliveryKind
    state: DeliveryState
    at: datetime | None
    error: str | None
