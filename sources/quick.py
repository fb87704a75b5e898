"""Entries in the plain forms of RSS 2.0 and Atom, read as feedparser reads them, many times faster.

Only what is well-formed is read here, element by element from a short list; whatever else an
entry holds leaves it to feedparser, and what would change other entries leaves it the whole feed.
That both ways give the same is held by tests over made-up and over other people's feeds.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from xml.parsers import expat

Raw = dict[str, Any]
"""An entry as feedparser has it, of which only those keys are filled that `sources.feed` asks."""

_ATOM = "http://www.w3.org/2005/Atom"
_PREFIXES = {
    "": "",
    _ATOM: "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/slash/": "slash:",
    "http://wellformedweb.org/CommentAPI/": "wfw:",
    "http://search.yahoo.com/mrss/": "media:",
}
_ENTRIES = frozenset({"item", "entry"})
_PASSED_OVER = frozenset({
    "author", "category", "comments", "contributor", "enclosure", "dc:creator", "dc:subject",
    "slash:comments", "wfw:comment", "wfw:commentrss", "media:thumbnail", "media:content",
})  # fmt: skip
"""They say nothing of what we ask for, as long as nothing stands in them."""
_PERSON = frozenset({"name", "email", "uri"})
_DETAILS = {
    "title": frozenset({"type"}),
    "summary": frozenset({"type"}),
    "content": frozenset({"type"}),
    "guid": frozenset({"ispermalink"}),
    "link": frozenset({"rel", "type", "href", "title", "hreflang", "length"}),
}
"""Attributes that are understood; others leave the entry to feedparser."""
_TYPES = {
    "text": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
}
_C1 = re.compile("[\x80-\x9f]")
_REFERENCE = re.compile("&([A-Za-z0-9_]+);")

_Attributes = Mapping[str, str]


class _Plain:
    """What stands in one entry, as far as it can be understood here."""

    def __init__(self, version: str, tools: "_Tools") -> None:
        self.raw: Raw = {}
        self.clear = True
        self._atom = version.startswith("atom")
        self._tools = tools
        self._seen: set[str] = set()

    def take(self, name: str, attributes: _Attributes, words: str) -> None:
        """Take one child of the entry: without a reader for it, nothing is clear."""
        if name in _PASSED_OVER:
            return
        read = _READERS.get(name)
        again = name in self._seen and name != "link"  # there may be several of those
        if read is None or again or not attributes.keys() <= _DETAILS.get(name, frozenset()):
            self.clear = False
            return
        self._seen.add(name)
        read(self, attributes, words.strip())

    def title(self, attributes: _Attributes, words: str) -> None:
        """Set the title; in RSS it is HTML where it looks like it."""
        self._content("title", "text/plain", attributes, words)

    def description(self, attributes: _Attributes, words: str) -> None:
        """Set RSS's text."""
        if self._atom:
            self.clear = False
        self._content("summary", "text/html", attributes, words)

    def summary(self, attributes: _Attributes, words: str) -> None:
        """Set Atom's short text."""
        if not self._atom:
            self.clear = False
        self._content("summary", "text/plain", attributes, words)

    def content(self, attributes: _Attributes, words: str) -> None:
        """Set Atom's text."""
        if not self._atom:
            self.clear = False
        self._whole("text/plain", attributes, words)

    def encoded(self, attributes: _Attributes, words: str) -> None:
        """Set RSS's whole text."""
        self._whole("text/html", attributes, words)

    def guid(self, attributes: _Attributes, words: str) -> None:
        """Set the identity, which is a link as well unless it says that it is none."""
        if attributes.get("ispermalink", "true") != "true":
            self.raw["id"] = self._tools.mended(words)
            return
        self.raw["id"] = self._tools.mended(self._tools.joined("", words) if words else words)
        self.raw.setdefault("link", self.raw["id"])

    def link(self, attributes: _Attributes, words: str) -> None:
        """Set where the article is."""
        if "href" in attributes:
            self._reference(attributes)
        elif attributes:
            self.clear = False
        else:
            self._address(words)

    def published(self, _: _Attributes, words: str) -> None:
        """Set when it came out."""
        self._date("published", words)

    def updated(self, _: _Attributes, words: str) -> None:
        """Set when it was changed."""
        self._date("updated", words)

    def _reference(self, attributes: _Attributes) -> None:
        rel = attributes.get("rel", "alternate").lower()
        kind = attributes.get("type", "text/html").lower()
        if rel == "alternate" and kind in ("html", "text/html", "xhtml", "application/xhtml+xml"):
            self.raw["link"] = self._tools.joined("", attributes["href"])

    def _address(self, words: str) -> None:
        words = self._tools.mended(self._tools.joined("", words) if words else words)
        self.raw["link"] = _REFERENCE.sub(r"&\g<1>", words.replace("&amp;", "&"))

    def _date(self, name: str, words: str) -> None:
        words = self._tools.mended(words)
        self.raw[name] = words
        self.raw[f"{name}_parsed"] = self._tools.date(words)

    def _typed(self, usual: str, attributes: _Attributes, words: str) -> str:
        kind = _TYPES.get(attributes.get("type", usual).lower())
        if kind is None or (attributes and not self._atom):
            self.clear = False
            return usual
        if kind == "text/plain" and not self._atom and self._tools.looks_like_html(words):
            return "text/html"
        return kind

    def _content(self, name: str, usual: str, attributes: _Attributes, words: str) -> None:
        kind = self._typed(usual, attributes, words)
        words = self._tools.mended(words)
        self.raw[name] = words
        self.raw[f"{name}_detail"] = {"type": kind, "value": words}

    def _whole(self, usual: str, attributes: _Attributes, words: str) -> None:
        if "content" in self.raw:
            self.clear = False
        kind = self._typed(usual, attributes, words)
        words = self._tools.mended(words)
        self.raw["content"] = [{"type": kind, "value": words}]
        self.raw.setdefault("summary", words)


_READERS: dict[str, Callable[[_Plain, _Attributes, str], None]] = {
    "title": _Plain.title,
    "description": _Plain.description,
    "summary": _Plain.summary,
    "content": _Plain.content,
    "content:encoded": _Plain.encoded,
    "guid": _Plain.guid,
    "id": _Plain.guid,
    "link": _Plain.link,
    "pubdate": _Plain.published,
    "published": _Plain.published,
    "updated": _Plain.updated,
    "dc:date": _Plain.updated,
}


class _Document:
    """A feed on its way through expat: its entries, or the insight that it is not plain enough."""

    def __init__(self, version: str, tools: "_Tools") -> None:
        self.entries: list[_Plain] = []
        self.clear = True
        self._version = version
        self._tools = tools
        self._entry: _Plain | None = None
        self._depth = 0
        """Within the entry: 1 for its children."""
        self._child = ("", _NOTHING)
        self._words: list[str] = []

    def read(self, text: str) -> None:
        """Read a guarded feed.

        Raises:
            expat.ExpatError: It is not well-formed.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = _BUFFER
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        parser.StartNamespaceDeclHandler = self._declare
        parser.Parse(text, True)  # expat's own signature

    def _declare(self, _prefix: str | None, _address: str | None) -> None:
        # It may say what the names of other entries mean.
        self.clear = self.clear and self._entry is None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = _name(name)
        if any(key.lower().endswith("base") for key in attributes):
            self.clear = False  # feedparser goes on with a base where it does not hold any more
        if self._entry is None:
            self._around(name, attributes)
            return
        self._depth += 1
        if self._depth == 1:
            given = {key.lower(): value for key, value in attributes.items()}
            self._child, self._words = (name, given), []
        elif self._depth > 2 or self._child[0] not in _PEOPLE or name not in _PERSON:
            self._entry.clear = False
        if name in _ENTRIES:
            self.clear = False

    def _around(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ENTRIES:
            self._entry = _Plain(self._version, self._tools)
            self._entry.clear = not attributes
            self._depth = 0

    def _end(self, _name: str) -> None:
        if self._entry is None:
            return
        if self._depth == 0:
            self.entries.append(self._entry)
            self._entry = None
            return
        if self._depth == 1:
            self._entry.take(*self._child, "".join(self._words))
        self._depth -= 1

    def _say(self, words: str) -> None:
        if self._depth == 1:
            self._words.append(words)


_NOTHING: dict[str, str] = {}
_PEOPLE = frozenset({"author", "contributor"})
_BUFFER = 64 * 1024  # bytes of text that come in one piece


def _name(name: str) -> str:
    """Return an element's name as feedparser calls it; one that is not known stays as it is."""
    namespace, _, local = name.rpartition(" ")
    prefix = _PREFIXES.get(namespace)
    return name if prefix is None else prefix + local.lower()


class _Tools:
    """What feedparser does to words: its own functions, so that nothing differs."""

    def __init__(self) -> None:
        # Imported here: the bot's own process knows this module but never needs the parser.
        from feedparser.datetimes import _parse_date
        from feedparser.html import _cp1252
        from feedparser.mixin import _FeedParserMixin
        from feedparser.urls import _urljoin

        self.date: Callable[[str], Any] = _parse_date
        self.joined: Callable[[str, str], str] = _urljoin
        self.looks_like_html: Callable[[str], bool] = _FeedParserMixin.looks_like_html
        self._western: Mapping[int, str] = _cp1252

    def mended(self, words: str) -> str:
        """Undo what is UTF-8 taken for Latin-1, and what is Windows' Latin taken for that."""
        if words.isascii():
            return words
        with suppress(UnicodeError):
            words = words.encode("iso-8859-1").decode("utf-8")
        return words.translate(self._western) if _C1.search(words) else words


def entries(text: str, number: int, version: str) -> Sequence[Raw | None] | None:
    """Return the entries of a guarded feed, None for each that is not of the plain forms.

    None instead of all where the feed as a whole is not, or does not hold this number of them.
    `version`: the feed's, as feedparser calls it.
    """
    if version not in _VERSIONS:
        return None
    document = _Document(version, _Tools())
    try:
        document.read(text)
    except expat.ExpatError:
        return None
    if not document.clear or len(document.entries) != number:
        return None
    return [entry.raw if entry.clear else None for entry in document.entries]


_VERSIONS = frozenset({"rss", "rss091u", "rss092", "rss093", "rss094", "rss20", "atom10"})
