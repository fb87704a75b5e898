"""A place articles come from, and when to look there again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["feed"]
"""How a source is read; `sources.PARSERS` has one parser for each."""

Tier = Literal["official", "interpretation", "state_media", "media", "reprint"]
"""How near a source stands to the original, nearest first: the original leads a story."""

TIERS: tuple[Tier, ...] = ("official", "interpretation", "state_media", "media", "reprint")

State = Literal["active", "paused", "gone"]

LONGEST_WAIT = timedelta(days=1)
_DOUBLINGS = 10  # 2**10 intervals already pass LONGEST_WAIT; more would overflow timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One watched address, as the last reading left it."""

    id: int
    url: str
    kind: Kind = "feed"
    title: str = ""
    tier: Tier = "media"
    state: State = "active"
    interval: timedelta = timedelta(minutes=15)
    etag: str | None = None
    """Verbatim, quotes and all: some servers compare bytes."""
    last_modified: str | None = None
    """Verbatim, never re-formatted."""
    body_hash: str | None = None
    """Of the last body that was read without error."""
    failures: int = 0
    """In a row, since the last success."""
    error: str | None = None
    """The last failure in plain words; None after a success."""
    last_read_at: datetime | None = None
    """The last success."""
    next_at: datetime
    """When it is due again."""

    @property
    def never_read(self) -> bool:
        """Its first reading is the backlog: stored, not broadcast."""
        return self.last_read_at is None


def succeeded(
    source: Source,
    now: datetime,
    *,
    etag: str | None,
    last_modified: str | None,
    body_hash: str | None,
) -> Source:
    """Return the source after a good reading: due again on its usual rhythm."""
    return replace(
        source,
        etag=etag,
        last_modified=last_modified,
        body_hash=body_hash,
        failures=0,
        error=None,
        last_read_at=now,
        next_at=now + source.interval,
    )


def failed(
    source: Source, now: datetime, error: str, *, retry_after: timedelta | None = None
) -> Source:
    """Return the source after a bad reading: each failure in a row doubles the wait.

    A server's own Retry-After is obeyed where it asks for longer; neither waits over a day.
    """
    failures = source.failures + 1
    wait = source.interval * (1 << min(failures - 1, _DOUBLINGS))
    wait = max(min(wait, max(source.interval, LONGEST_WAIT)), retry_after or timedelta())
    return replace(
        source,
        failures=failures,
        error=error,
        next_at=now + min(wait, max(source.interval, LONGEST_WAIT)),
    )
