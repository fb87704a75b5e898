"""RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0: a feed's bytes in, plain entries out.

feedparser does the reading, behind the guard, and only in the workers of the jail.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from time import struct_time
from typing import Any

from domain.article import Entry
from domain.source import ReadingOptions
from sources.address import absolute
from sources.dates import Calendar, find
from sources.entries import LONGEST_STAND_IN, LONGEST_TITLE, calendar_of, identity
from sources.errors import ParseError, one_line
from sources.guard import Guarded, Unsafe, guard
from sources.memory import remembered, said, unread
from sources.page import Earlier, Feed
from sources.plain import is_markup, plain, plain_text
from sources.understanding import Raw, Understood, understand

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_NO_OPTIONS = ReadingOptions()
_LONGEST_TTL = timedelta(days=1)  # what asks for more is looked at daily all the same
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
"""https://web.resource.org/rss/1.0/modules/syndication/"""


def parse(
    body: bytes,
    content_type: str,
    url: str,
    *,
    now: datetime | None = None,
    options: ReadingOptions = _NO_OPTIONS,
    memory: bytes = b"",
) -> Feed:
    """Read a feed; `url` is what its relative links are relative to.

    Dates later than a day after `now` (the present by default) are left out as mistakes.
    `memory`: of the last parsing of this feed; entries that it knows unchanged are left out.

    Raises:
        ParseError: It is not a feed, or nothing of it could be read.
    """
    when = calendar_of(url, options.timezone, now)
    try:
        guarded = guard(body, content_type, options.charset)
    except Unsafe as error:
        raise ParseError(url, error.reason, code=error.code) from error
    fresh = unread(guarded.text, guarded.entries, _context(guarded, url, options), memory)
    found = understand(fresh, url)
    made = [_entry(raw, url, when) if raw else None for raw in found.entries]
    entries = tuple(entry for entry in made if entry is not None)
    if found.damage and not entries and not fresh.marks:
        raise ParseError(url, f"{found.damage}; nothing could be read.", code="broken")
    return Feed(
        title=one_line(_title(found.about), LONGEST_TITLE),
        entries=entries,
        earlier=fresh.earlier,
        memory=remembered(fresh, [_said(entry) for entry in made]),
        note=" ".join([*guarded.notes, *_notes(found, len(entries) + len(fresh.marks))]) or None,
        ttl=_ttl(found.about),
        self_url=_self(found.about, url),
        doubtful=guarded.doubtful,
    )


def _notes(found: Understood, entries: int) -> Iterator[str]:
    if found.damage:
        yield f"{found.damage}; {entries} entries were read."
    if found.lost:
        yield f"The feed is damaged: {found.lost} of its entries could not be read."


def _context(guarded: Guarded, url: str, options: ReadingOptions) -> str:
    """What entries mean depends on it: relative addresses, namespaces, dates without a zone."""
    return "\n".join((url, guarded.root, options.timezone))


def _said(entry: Entry | None) -> Earlier | None:
    return said(entry.guid, entry.url, entry.published) if entry else None


def _entry(raw: Raw, base: str, when: Calendar) -> Entry | None:
    title, text, url = _title(raw), _text(raw), _link(raw, base)
    if not (title or text or url):
        return None
    published = _date(raw, "published", when) or _date(raw, "created", when)
    updated = _date(raw, "updated", when)
    return Entry(
        guid=identity(_string(raw, "id")),
        url=url,
        title=title or text.partition("\n")[0][:LONGEST_STAND_IN] or url,
        text=text,
        published=published or updated,
        updated=updated,
    )


def _ttl(about: Raw) -> timedelta | None:
    """RSS's ttl is in minutes; the syndication module gives a period and how often in it."""
    minutes = _number(about, "ttl")
    wait = timedelta(minutes=minutes) if minutes else None
    period = _PERIODS.get(_string(about, "sy_updateperiod").strip().lower())
    if wait is None and period is not None:
        wait = period / (_number(about, "sy_updatefrequency") or 1)
    return None if wait is None else min(wait, _LONGEST_TTL)


def _number(raw: Raw, name: str) -> int:
    digits = _string(raw, name).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else 0


def _self(about: Raw, base: str) -> str | None:
    links = (link for link in about.get("links") or () if isinstance(link, Mapping))
    own = (_string(link, "href") for link in links if link.get("rel") == "self")
    return next(filter(None, (absolute(base, href) for href in own)), None)


def _title(raw: Raw) -> str:
    value = _string(raw, "title")
    detail = raw.get("title_detail")
    is_html = isinstance(detail, Mapping) and detail.get("type") in _HTML and is_markup(value)
    title = plain(value) if is_html else plain_text(value)
    if is_markup(title):
        # Escaped once too often; where nothing else is left, the tag is what the title is about.
        title = plain(title) or title
    return one_line(title, LONGEST_TITLE)


def _text(raw: Raw) -> str:
    """The fullest of all that came with an entry."""
    contents = [*(raw.get("content") or ()), raw.get("summary_detail") or {}]
    kinds = {_string(content, "value"): _string(content, "type") for content in contents}
    kinds.setdefault(_string(raw, "summary"), "text/html")
    return max((_readable(value, kind) for value, kind in kinds.items()), key=len)


def _readable(value: str, kind: str) -> str:
    if kind and not kind.startswith("text/") and kind not in _HTML:
        return ""  # pictures, sounds, and what else is put into feeds
    return plain(value)


def _link(raw: Raw, base: str) -> str:
    return absolute(base, _string(raw, "link"))


def _date(raw: Raw, name: str, when: Calendar) -> datetime | None:
    """A date without a zone is in the source's own: feedparser would take it for UTC."""
    written = _string(raw, name)[:_LONGEST_DATE]
    local = None if _ZONED.search(written) else find(written, when, whole=True)
    return local.moment if local else _understood(raw.get(f"{name}_parsed"), when)


_LONGEST_DATE = 64
_ZONED = re.compile(r"(?:Z|[+-][0-9]{2}:?[0-9]{2}|\b[A-Z]{1,5})\s*$")


def _understood(parsed: object, when: Calendar) -> datetime | None:
    if not isinstance(parsed, struct_time):
        return None
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if when.sensible(moment) else None


def _string(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""
