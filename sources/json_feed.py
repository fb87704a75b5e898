"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/): its bytes in, entries out."""

from datetime import datetime
from typing import Any

from domain.article import Entry
from domain.source import ReadingOptions
from sources.address import absolute
from sources.dates import Calendar
from sources.entries import LONGEST_TITLE, calendar_of, entry, kept, moment_of, noted
from sources.errors import ParseError, one_line
from sources.json_text import json_value, string
from sources.page import Feed
from sources.plain import plain, plain_text

_NO_OPTIONS = ReadingOptions()
_VERSION = "jsonfeed.org/version/"


def parse(
    body: bytes,
    content_type: str,
    url: str,
    *,
    now: datetime | None = None,
    options: ReadingOptions = _NO_OPTIONS,
) -> Feed:
    """Read a JSON Feed; `url` is what its relative links are relative to.

    Raises:
        ParseError: It is none, or nothing of it could be read.
    """
    when = calendar_of(url, options.timezone, now)
    feed, doubtful = json_value(body, content_type, url, options)
    if not is_json_feed(feed):
        raise ParseError(url, _NOT_A_FEED, code="not_a_feed")
    items = (item for item in feed["items"] if isinstance(item, dict))
    entries, notes = kept(_entry(item, url, when) for item in items)
    return Feed(
        title=one_line(string(feed.get("title")), LONGEST_TITLE),
        entries=entries,
        note=noted(notes, doubtful=doubtful),
        self_url=absolute(url, string(feed.get("feed_url"))) or None,
        doubtful=doubtful,
    )


def is_json_feed(value: object) -> bool:
    """Whether a JSON value says that it is a JSON Feed, and has a list of items."""
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        return False
    return _VERSION in string(value.get("version"))[:100]


_NOT_A_FEED = "This JSON is no JSON Feed; it may be read as a JSON list."


def _entry(item: dict[str, Any], base: str, when: Calendar) -> Entry | None:
    link = string(item.get("url")) or string(item.get("external_url"))
    return entry(
        guid=string(item.get("id")),
        url=absolute(base, link),
        title=plain_text(string(item.get("title"))),
        text=_text(item),
        published=moment_of(item.get("date_published"), when),
        updated=moment_of(item.get("date_modified"), when),
    )


def _text(item: dict[str, Any]) -> str:
    """The fullest of all that came with an item."""
    texts = (
        plain(string(item.get("content_html"))),
        plain_text(string(item.get("content_text"))),
        plain_text(string(item.get("summary"))),
    )
    return max(texts, key=len)
