"""RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0: a feed's bytes in, plain entries out.

feedparser does the reading, behind the guard, and only in the workers of the jail.
"""

import calendar
import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax import SAXParseException

from domain.article import Entry
from sources.characters import visible
from sources.errors import ParseError, one_line
from sources.guard import Guarded, Unsafe, guard
from sources.page import Feed
from sources.plain import is_markup, plain, plain_text

LONGEST_TITLE = 1000
LONGEST_GUID = 512
LONGEST_LINK = 2048
_LONGEST_STAND_IN = 120  # characters of text that stand in for a missing title
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web there were no feeds
_AHEAD = timedelta(days=1)  # zones that were forgotten and clocks that are wrong
Raw = dict[str, Any]
"""An entry as feedparser has it, without the aliases that feedparser's own class adds."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})


def parse(body: bytes, content_type: str, url: str, *, now: datetime | None = None) -> Feed:
    """Read a feed; `url` is what its relative links are relative to.

    Dates later than a day after `now` (the present by default) are left out as mistakes.

    Raises:
        ParseError: It is not a feed, or nothing of it could be read.
    """
    try:
        guarded = guard(body, content_type)
    except Unsafe as error:
        raise ParseError(url, error.reason, code=error.code) from error
    found = _understand(guarded, url)
    latest = (now or datetime.now(UTC)) + _AHEAD
    made = (_entry(dict(raw), url, latest) for raw in found["entries"])
    entries = tuple(entry for entry in made if entry is not None)
    damage = _damage(found)
    if damage and not entries:
        raise ParseError(url, f"{damage}; nothing could be read.", code="broken")
    notes = list(guarded.notes)
    if damage:
        notes.append(f"{damage}; {len(entries)} entries were read.")
    title = one_line(_title(dict(found["feed"])), LONGEST_TITLE)
    return Feed(title=title, entries=entries, note=" ".join(notes) or None)


def _understand(guarded: Guarded, url: str) -> Mapping[str, Any]:
    # Imported here: the bot's own process knows this function but never needs the parser.
    import feedparser

    feedparser.api.PREFERRED_XML_PARSERS = []  # the standard library's, whatever is installed
    try:
        found = feedparser.parse(
            io.BytesIO(guarded.xml),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception as error:  # feedparser lets through whatever its own code runs into
        raise ParseError(url, _BROKEN, code="broken") from error
    if not found["entries"] and not found.get("version"):
        raise ParseError(url, _NOT_A_FEED, code="not_a_feed")
    return dict(found)


_BROKEN = "The feed is so damaged that nothing could be read."
_NOT_A_FEED = "This is not a feed: neither RSS nor Atom is in it."


def _damage(found: Mapping[str, Any]) -> str:
    error = found.get("bozo_exception")
    if not isinstance(error, SAXParseException) or "undefined entity" in str(error):
        return ""
    return f"The feed is damaged near line {error.getLineNumber() or 1}"


def _entry(raw: Raw, base: str, latest: datetime) -> Entry | None:
    title, text, url = _title(raw), _text(raw), _link(raw, base)
    if not (title or text or url):
        return None
    published = _date(raw, "published_parsed", latest) or _date(raw, "created_parsed", latest)
    updated = _date(raw, "updated_parsed", latest)
    return Entry(
        guid=_guid(raw),
        url=url,
        title=title or text.partition("\n")[0][:_LONGEST_STAND_IN] or url,
        text=text,
        published=published or updated,
        updated=updated,
    )


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
    """The entry's address as an absolute http(s) one, or nothing."""
    link = visible(_string(raw, "link")).strip()
    if not link or len(link) > LONGEST_LINK:
        return ""
    try:
        address = urljoin(base, link)
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    plain_host = parts.hostname and "@" not in parts.netloc and port != 0
    if parts.scheme not in {"http", "https"} or not plain_host:
        return ""
    return "" if any(sign in address for sign in ' \\<>"\n\t') else address


def _guid(raw: Raw) -> str:
    guid = visible(_string(raw, "id")).strip()
    if len(guid) <= LONGEST_GUID:
        return guid
    return "sha256:" + sha256(guid.encode("utf-8")).hexdigest()


def _date(raw: Raw, name: str, latest: datetime) -> datetime | None:
    parsed = raw.get(name)
    if not isinstance(parsed, struct_time):
        return None
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if _EARLIEST <= moment <= latest else None


def _string(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""
