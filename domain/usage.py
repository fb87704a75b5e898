"""What a bot has done lately, in numbers: for its operators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Told = Literal["alerts", "digests", "other"]
TOLD: tuple[Told, ...] = ("alerts", "digests", "other")

DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The last days, oldest first; the last one is today and not over yet."""

    days: tuple[date, ...]
    read: tuple[int, ...]
    """Articles that came, by day."""
    on_topic: tuple[int, ...]
    sent: Mapping[Told, tuple[int, ...]]
    """Messages that arrived, by day."""
    given_up: int
    stories: int
    facts: int
    active: int
    """Chats that can be told things."""
    suspended: int
    new_chats: int
    """That came in these days."""
    bytes: int
    """What the database takes on disk."""
