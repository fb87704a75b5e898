"""What operators are told about a source: one message for an incident, one when it is over."""

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
