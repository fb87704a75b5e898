"""OPML: lists of sources from other readers, and ours for them.

What only we know of a source (kind, tier, charset, selector …) is written in a namespace of our
own, which other readers skip. Documents with a document type are refused: no list needs one,
and entities are how XML explodes.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from domain.identity import canonical_url
from domain.source import KINDS, TIERS, Kind, ReadingOptions, Tier
from sources.address import absolute
from sources.characters import legal, visible
from sources.charset import decode, known
from sources.dates import calendar
from sources.errors import ParseError, one_line

LARGEST = 1024 * 1024
"""Bytes of a file."""
MOST_SOURCES = 1000
NAMESPACE = "urn:pilotwatch:opml:1"
_PREFIX = "pw"
_LONGEST_TITLE = 300  # characters
_LONGEST_VALUE = 500
_FIELDS = frozenset({"items", "title", "url", "date", "text"})
_KINDS, _TIERS = ", ".join(KINDS), ", ".join(TIERS)
_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]{0,500}\?>")
_FILE = "the file"  # stands where errors of other sources have an address


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlSource:
    """One source of a list."""

    url: str
    title: str = ""
    kind: Kind = "feed"
    tier: Tier = "media"
    options: ReadingOptions = field(default_factory=ReadingOptions)
    language: str | None = None
    full_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One line of a list that was not taken over."""

    label: str
    """What the line calls itself, on one line."""
    reason: str
    code: str = "broken"
    """For programs: no_address, twice, kind, tier, too_long, charset, timezone, fields."""
    word: str = ""
    """What of the line is wrong."""


class _Wrong(ValueError):
    """A line that cannot be taken over."""

    def __init__(self, code: str, reason: str, word: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.word = word


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlReading:
    """What a list holds: the sources that can be taken over, and why the others cannot."""

    sources: tuple[OpmlSource, ...]
    refused: tuple[Refusal, ...] = ()


def read(body: bytes, content_type: str = "") -> OpmlReading:
    """Read a list; each line is taken over whole or not at all.

    Raises:
        ParseError: The file as a whole is refused: empty, too_large, too_many, doctype,
            not_opml, broken.
    """
    outlines = list(_outlines(_tree(body, content_type)))
    if len(outlines) > MOST_SOURCES:
        reason = f"The list holds {len(outlines):,} sources; at most {MOST_SOURCES:,} are read."
        raise ParseError(_FILE, f"{reason} Split the file.", code="too_many")
    sources: dict[str, OpmlSource] = {}
    refused = []
    for outline in outlines:
        try:
            source = _source(outline)
            if canonical_url(source.url) in sources:
                raise _Wrong("twice", "It is in this file twice.")
            sources[canonical_url(source.url)] = source
        except _Wrong as error:
            refused.append(_refusal(outline, error))
    return OpmlReading(sources=tuple(sources.values()), refused=tuple(refused))


def write(sources: Iterable[OpmlSource], *, title: str = "Pilotwatch") -> bytes:
    """Return a list that we and other readers can read: OPML 2.0 in UTF-8.

    Other readers see feeds as feeds; pages and JSON lists, which they cannot read, as links.
    """
    ElementTree.register_namespace(_PREFIX, NAMESPACE)
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = legal(title)
    body = ElementTree.SubElement(root, "body")
    for source in sources:
        attributes = {name: visible(value) for name, value in _attributes(source).items()}
        ElementTree.SubElement(body, "outline", attributes)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


Outline = Mapping[str, str]


def _tree(body: bytes, content_type: str) -> ElementTree.Element:
    import defusedxml.ElementTree as Defused
    from defusedxml.common import DefusedXmlException

    text = _text(body, content_type)
    try:
        root: Any = Defused.fromstring(text.encode("utf-8"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise ParseError(_FILE, _DOCTYPE, code="doctype") from error
    except ElementTree.ParseError as error:
        line = error.position[0]
        raise ParseError(_FILE, f"The file is damaged near line {line}.", code="broken") from error
    if root is None or root.tag.lower() != "opml":
        raise ParseError(_FILE, _NOT_OPML, code="not_opml")
    tree: ElementTree.Element = root
    return tree


def _text(body: bytes, content_type: str) -> str:
    """The file as text without its declaration: expat itself knows few encodings."""
    if len(body) > LARGEST:
        raise ParseError(_FILE, "The file is larger than 1 MiB.", code="too_large")
    text = legal(decode(body, content_type).text).lstrip("\ufeff")
    if not text.strip():
        raise ParseError(_FILE, "The file is empty.", code="empty")
    if not text.lstrip().startswith("<"):
        raise ParseError(_FILE, _NOT_OPML, code="not_opml")
    declaration = _DECLARATION.match(text)
    if declaration is None:
        return text.lstrip()
    # Its lines stay: errors name them.
    return "\n" * declaration.group().count("\n") + text[declaration.end() :]


_DOCTYPE = "The file holds a document type (DTD), which is not allowed in a list of sources."
_NOT_OPML = "This is no OPML file. Export a list of feeds from your reader as OPML."


def _outlines(root: ElementTree.Element) -> Iterator[Outline]:
    """Every outline that is a source, by its attributes' names in lower case."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.lower() == "outline":
            attributes = {name.lower(): value for name, value in element.attrib.items()}
            if "xmlurl" in attributes or (_own("kind") in attributes and "url" in attributes):
                yield attributes


def _own(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}".lower()


def _label(outline: Outline) -> str:
    names = ("text", "title", "xmlurl", "url")
    return one_line(next(filter(None, (outline.get(name) for name in names)), ""), 100) or "?"


def _refusal(outline: Outline, error: _Wrong) -> Refusal:
    reason = one_line(str(error))
    return Refusal(label=_label(outline), reason=reason, code=error.code, word=error.word)


def _source(outline: Outline) -> OpmlSource:
    """Raises _Wrong with the reason where the line cannot be taken over."""
    url = absolute("", outline.get("xmlurl") or outline.get("url") or "")
    if not url:
        raise _Wrong("no_address", "It has no http:// or https:// address.")
    title = one_line(outline.get("title") or outline.get("text") or "", _LONGEST_TITLE)
    kind = outline.get(_own("kind")) or "feed"
    tier = outline.get(_own("tier")) or "media"
    if kind not in KINDS:
        raise _Wrong("kind", f"Its kind {kind[:40]} is not known; there are {_KINDS}.", kind)
    if tier not in TIERS:
        raise _Wrong("tier", f"Its tier {tier[:40]} is not known; there are {_TIERS}.", tier)
    return OpmlSource(
        url=url,
        title=title,
        kind=kind,
        tier=tier,
        options=_options(outline),
        language=_value(outline, "language"),
        full_text=_value(outline, "fullText") == "true",
    )


def _value(outline: Outline, name: str) -> str | None:
    value = visible(outline.get(_own(name)) or "").strip()
    if len(value) > _LONGEST_VALUE:
        raise _Wrong("too_long", f"Its {name} is longer than {_LONGEST_VALUE} characters.", name)
    return value or None


def _options(outline: Outline) -> ReadingOptions:
    charset, timezone = _value(outline, "charset"), _value(outline, "timezone")
    if charset and known(charset) is None:
        raise _Wrong("charset", f"Its charset {charset[:40]} is not known.", charset)
    usual = ReadingOptions()
    try:
        calendar(timezone or usual.timezone, None)
    except ValueError as error:
        raise _Wrong("timezone", str(error), timezone or "") from error
    return ReadingOptions(
        charset=charset,
        selector=_value(outline, "selector"),
        timezone=timezone or usual.timezone,
        fields=_fields(_value(outline, "fields")),
    )


def _fields(value: str | None) -> dict[str, str]:
    if value is None:
        return {}
    try:
        fields = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise _Wrong("fields", "Its fields are not written as JSON.") from error
    texts = isinstance(fields, dict) and all(isinstance(path, str) for path in fields.values())
    if not texts or not set(fields) <= _FIELDS:
        raise _Wrong("fields", f"Its fields may name {', '.join(sorted(_FIELDS))}.")
    return dict(fields)


def _attributes(source: OpmlSource) -> dict[str, str]:
    others_can = source.kind in {"feed", "json_feed", "search"}
    address = {"type": "rss", "xmlUrl": source.url}
    if not others_can:
        address = {"type": "link", "url": source.url}
    title = source.title or source.url
    return {"text": title, "title": title} | address | _own_attributes(source)


def _own_attributes(source: OpmlSource) -> dict[str, str]:
    options, usual = source.options, ReadingOptions()
    values = {
        "kind": source.kind,
        "tier": source.tier,
        "language": source.language,
        "fullText": "true" if source.full_text else None,
        "charset": options.charset,
        "selector": options.selector,
        "timezone": options.timezone if options.timezone != usual.timezone else None,
        "fields": json.dumps(dict(options.fields), ensure_ascii=False) if options.fields else None,
    }
    return {f"{{{NAMESPACE}}}{name}": value for name, value in values.items() if value}
