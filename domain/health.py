"""Whether a source does what it should, and when that is worth telling the operators. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from domain.identity import registrable
from domain.source import Source

Trouble = Literal["failing", "gone", "moved", "quiet", "unread"]
"""failing: cannot be read. gone: taken away for good (410). moved: for good, to another owner's
address. quiet: nothing new for far longer than usual. unread: due, and nobody reads it."""

TROUBLES: tuple[Trouble, ...] = ("failing", "gone", "moved", "quiet", "unread")

FAILURES = 3
"""In a row before it is an incident: a server that restarts is none."""
CONFIRMATIONS = 3
"""Readings in a row that say the same new address before it is believed."""

GARBLED = "garbled"
"""The `note` of a source whose text looks as if it was read in a wrong encoding."""

_QUIET = 5  # times its own rhythm
SHORTEST_QUIET = timedelta(days=3)  # weekends and short holidays
OVERDUE = timedelta(minutes=10)  # a restart, a long round
_PUBLICATIONS = 5  # fewer do not show a rhythm
_LONGEST_RHYTHM = timedelta(days=90)


def rhythm(published: Iterable[datetime | None]) -> timedelta | None:
    """Return how far apart publications usually are: three of four gaps are shorter.

    None where too few dates are known. Several at the same minute count as one.
    """
    moments = sorted({at.replace(second=0, microsecond=0) for at in published if at is not None})
    if len(moments) < _PUBLICATIONS:
        return None
    gaps = sorted(later - earlier for earlier, later in pairwise(moments))
    return min(gaps[(len(gaps) * 3) // 4], _LONGEST_RHYTHM)


def silence(source: Source, now: datetime) -> timedelta | None:
    """Return how long a source has been quiet beyond its own rhythm; None while it is not."""
    if source.rhythm is None or source.last_new_at is None or source.state != "active":
        return None
    quiet = now - source.last_new_at
    return quiet if quiet > max(_QUIET * source.rhythm, SHORTEST_QUIET) else None


def trouble(source: Source, now: datetime, *, since: datetime | None = None) -> Trouble | None:
    """Return what the operators should know, the gravest first; None if all is well.

    `since`: from when on somebody has been there to read it. What was due before that is no
    fault of the source's readers.
    """
    if source.state == "gone":
        return "gone"
    if source.state != "active":
        return None
    if source.failures >= FAILURES:
        return "failing"
    if overdue(source, now, since):
        return "unread"
    if source.moves >= CONFIRMATIONS and not may_follow(source):
        return "moved"
    return "quiet" if silence(source, now) else None


def overdue(source: Source, now: datetime, since: datetime | None = None) -> bool:
    """Tell whether a source has not been read for about twice its interval; `since`: `trouble`."""
    due = max(source.next_at, since) if since else source.next_at
    return now - due > max(source.interval, OVERDUE)


def moved(source: Source, address: str | None) -> Source:
    """Return the source with what this reading said of its address."""
    if address is None or address == source.url:
        return replace(source, moved_to=None, moves=0)
    moves = source.moves + 1 if address == source.moved_to else 1
    return replace(source, moved_to=address, moves=moves)


def may_follow(source: Source) -> bool:
    """Tell whether a new address belongs to the same owner, as far as its name shows."""
    return source.moved_to is not None and registrable(source.moved_to) == registrable(source.url)


def followed(source: Source) -> Source:
    """Return the source at its new address, once that is confirmed and its owner's."""
    if source.moved_to is None or source.moves < CONFIRMATIONS or not may_follow(source):
        return source
    # The validators belong to the old address.
    return replace(
        source, url=source.moved_to, moved_to=None, moves=0, etag=None, last_modified=None
    )
