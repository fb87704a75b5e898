"""Entries made from what a page says in its own way: titles, texts, dates, identities."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from domain.article import Entry
from sources.characters import visible
from sources.dates import Calendar, calendar, date_in, from_number
from sources.errors import ParseError, one_line
from sources.guard import DOUBTFUL, MOST_ENTRIES

LONGEST_TITLE = 1000
LONGEST_GUID = 512
LONGEST_STAND_IN = 120
"""Characters of text that stand in for a missing title."""


def entry(
    *,
    title: str,
    url: str = "",
    text: str = "",
    guid: str = "",
    published: datetime | None = None,
    updated: datetime | None = None,
) -> Entry | None:
    """Return an entry of plain text, or None where there is nothing in it."""
    title = one_line(title, LONGEST_TITLE)
    if not (title or text or url):
        return None
    return Entry(
        guid=identity(guid),
        url=url,
        title=title or text.partition("\n")[0][:LONGEST_STAND_IN] or url,
        text=text,
        published=published or updated,
        updated=updated,
    )


def identity(guid: str) -> str:
    """Return a source's own identity for an entry, a huge one as its hash."""
    guid = visible(guid).strip()
    if len(guid) <= LONGEST_GUID:
        return guid
    return "sha256:" + sha256(guid.encode("utf-8")).hexdigest()


def kept(found: Iterable[Entry | None]) -> tuple[tuple[Entry, ...], list[str]]:
    """Return the first MOST_ENTRIES entries, and a note if there are more."""
    entries = [one for one in found if one is not None]
    if len(entries) <= MOST_ENTRIES:
        return tuple(entries), []
    note = f"The list holds {len(entries):,} entries; the first {MOST_ENTRIES:,} count."
    return tuple(entries[:MOST_ENTRIES]), [note]


def noted(notes: list[str], *, doubtful: bool) -> str | None:
    """Return what should be known about a reading as one line."""
    return " ".join([DOUBTFUL, *notes] if doubtful else notes) or None


def calendar_of(url: str, timezone: str, now: datetime | None) -> Calendar:
    """Return the calendar of a source.

    Raises:
        ParseError: Its zone is none (bad_timezone).
    """
    try:
        return calendar(timezone, now)
    except ValueError as error:
        raise ParseError(url, str(error), code="bad_timezone") from error


def moment_of(value: object, when: Calendar) -> datetime | None:
    """Return the moment that a JSON value stands for: a text, or seconds since 1970."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return from_number(value, when) if _is_time(value) else date_in(str(value), when)
    if not isinstance(value, str):
        return None
    if value.isascii() and value.isdigit() and _is_time(int(value[:15])) and len(value) in {10, 13}:
        return from_number(int(value), when)
    return date_in(value, when)


def _is_time(value: float) -> bool:
    return 6e8 < value < 4e9 or 6e11 < value < 4e12
