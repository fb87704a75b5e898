"""A JSON list of publications: its bytes in, plain entries out, by field names or by looks.

Where the operator names no fields, the list with the most records that have something like a
title is taken, and in it the best known names.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeGuard
from urllib.parse import quote

from domain.article import Entry
from domain.source import ReadingOptions
from sources.address import absolute
from sources.dates import Calendar
from sources.entries import calendar_of, entry, kept, moment_of, noted
from sources.errors import ParseError
from sources.json_text import json_value, string
from sources.page import Feed
from sources.plain import is_markup, plain, plain_text

_NO_OPTIONS = ReadingOptions()
Record = dict[str, Any]

_KNOWN = {
    "title": "title doctitle articletitle newstitle showtitle headline subject name bt biaoti topic"
    " 标题",
    "url": "url link href docpuburl puburl articleurl pageurl weburl sourceurl linkurl arcurl"
    " detailurl path links 链接",
    "date": "date pubdate publishdate published publishedat publishtime pubtime publishedtime"
    " docreltime docrelpubtime docpubtime releasetime releasedate displaytime showtime createtime"
    " created createdat createdate time datetime rq fbrq fbsj updated 日期 发布时间",
    "text": "content contenthtml contenttext body text summary abstract docabstract description"
    " desc digest intro memo 摘要",
    "id": "id guid docid articleid newsid contentid uuid",
}
_NAMES = {field: tuple(names.split()) for field, names in _KNOWN.items()}
"""Names of fields, without case, "_" and "-", as sites' own interfaces use them, best first."""
_DEEPEST = 8
_MOST_VALUES = 200_000  # values looked at while searching for the list


def parse(
    body: bytes,
    content_type: str,
    url: str,
    *,
    now: datetime | None = None,
    options: ReadingOptions = _NO_OPTIONS,
) -> Feed:
    """Read a JSON list; `options.fields` gives dotted paths of items, title, url, date, text.

    Raises:
        ParseError: There is no list in it (empty_list), or not where the fields say (no_field).
    """
    when = calendar_of(url, options.timezone, now)
    value, doubtful = json_value(body, content_type, url, options)
    records = _records(value, options.fields, url)
    names = _names(records, options.fields)
    entries, notes = kept(_entry(record, names, url, when) for record in records)
    if not entries:
        raise ParseError(url, _NOTHING_NAMED.format(", ".join(_keys(records))), code="no_field")
    return Feed(title="", entries=entries, note=noted(notes, doubtful=doubtful), doubtful=doubtful)


_NOTHING_NAMED = (
    "The records of this JSON list have no title under a known name; name the fields. They have: {}"
)
_NO_ITEMS = "There is no list at {} in this JSON; check the field items."
_NO_LIST = "There is no list of publications in this JSON; name the field that holds it (items)."


def _records(value: object, fields: Mapping[str, str], url: str) -> list[Record]:
    path = fields.get("items", "")
    if path:
        found = at(value, path)
        if not isinstance(found, list):
            raise ParseError(url, _NO_ITEMS.format(path[:60]), code="no_field")
        return [record for record in found if isinstance(record, dict)]
    lists = sorted(_lists(value), key=_promise, reverse=True)
    if not lists or not _promise(lists[0]):
        raise ParseError(url, _NO_LIST, code="empty_list")
    return lists[0]


def at(value: object, path: str) -> object:
    """Return what is at a dotted path, "data.list.0.title"; None where there is nothing."""
    for step in path.split(".")[:20]:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isascii() and step.isdigit() and len(step) < 7:
            value = value[int(step)] if int(step) < len(value) else None
        else:
            return None
    return value


def _lists(value: object) -> Iterator[list[Record]]:
    """Every list of records in the value, nested ones too; its depth and size are the page's."""
    waiting = [(value, 0)]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        inner, depth = waiting.pop()
        if isinstance(inner, list):
            records = [record for record in inner if isinstance(record, dict)]
            if records:
                yield records
        if depth < _DEEPEST:
            waiting += [(child, depth + 1) for child in _children(inner)]


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return [child for child in value.values() if isinstance(child, dict | list)]
    if isinstance(value, list):
        return [child for child in value[:2000] if isinstance(child, dict | list)]
    return []


def _promise(records: list[Record]) -> int:
    """How many records look like publications: a title, and an address or a date."""
    names = _names(records, {})
    sample = records[:2000]
    return sum(
        bool(string(at(record, names["title"])))
        * (1 + bool(at(record, names["url"])) + bool(at(record, names["date"])))
        for record in sample
        if "url" in names or "date" in names
    )


class _Names(dict[str, str]):
    """The path of each field; one that is nowhere has none, which no record holds."""

    def __missing__(self, field: str) -> str:
        return ""


def _names(records: list[Record], fields: Mapping[str, str]) -> _Names:
    """The operator's names, and for the other fields the best known ones that are there."""
    present = {_bare(key): key for record in records[:20] for key in reversed(record) if _is(key)}
    known = {
        field: next(present[name] for name in names if name in present)
        for field, names in _NAMES.items()
        if any(name in present for name in names)
    }
    return _Names({**known, **{field: path for field, path in fields.items() if path}})


def _is(key: object) -> TypeGuard[str]:
    return isinstance(key, str) and len(key) <= 100 and "." not in key


def _bare(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


def _keys(records: list[Record]) -> list[str]:
    return [key[:30] for key in dict.fromkeys(key for one in records[:5] for key in one)][:12]


def _entry(record: Record, names: _Names, base: str, when: Calendar) -> Entry | None:
    title = _words(at(record, names["title"]))
    if not title:
        return None
    return entry(
        guid=string(at(record, names["id"])),
        url=absolute(base, _quoted(string(at(record, names["url"])))),
        title=title.replace("\n", " "),
        text=_words(at(record, names["text"])),
        published=moment_of(at(record, names["date"]), when),
    )


def _words(value: object) -> str:
    text = string(value)
    return plain(text) if is_markup(text) else plain_text(text)


def _quoted(link: str) -> str:
    return quote(link, safe="/%:=&?~#+!$,;'@()*[]") if " " in link.strip() else link
