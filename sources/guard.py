"""The guard before feedparser: any bytes in, harmless XML out, in linear time.

It settles the encoding, drops what XML forbids and what feedparser and expat choke on
(document types, entities, processing instructions, giant tags), and cuts what is too much.
"""

import re
from dataclasses import dataclass

from sources.characters import legal
from sources.charset import decode

MOST_ENTRIES = 2000
LONGEST_TAG = 8 * 1024
"""Characters; attributes and namespaces cost their square."""
LONGEST_AUTHOR = 1024
"""Characters; feedparser's pattern for names costs the square of their length."""
_HEAD = 64 * 1024  # characters in which a feed has to show that it is one


class Unsafe(Exception):
    """Not let through; `code` as in ParseError."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Guarded:
    """What may be parsed."""

    text: str
    """Without document type and whatever else stands before the first element."""
    entries: tuple[tuple[int, int], ...] = ()
    """Where in `text` its entries are; empty where they do not stand clearly side by side."""
    notes: tuple[str, ...] = ()
    doubtful: bool = False
    """Its encoding could not be told for certain."""

    @property
    def root(self) -> str:
        """The first element's tag: the entries' namespaces and base address stand there."""
        start = _prolog_end(self.text)
        return self.text[start : self.text.find(">", start) + 1]


def xml(text: str) -> bytes:
    """Return guarded text as parsers want it: UTF-8, declared as such."""
    return (_DECLARATION + text).encode("utf-8")


def guard(body: bytes, content_type: str = "", charset: str | None = None) -> Guarded:
    """Make a feed's bytes safe to parse; `charset` is the encoding that an operator asked for.

    Raises:
        Unsafe: They are no feed, or one that would harm.
    """
    decoded = decode(body, content_type, charset)
    text = legal(decoded.text)
    _check_kind(text)
    text = _without_prolog(text)
    text = _AUTHOR.sub(r"\1", _DATA_ADDRESS.sub(r"\1\1", text))
    starts = _check_tags(text)
    notes = [DOUBTFUL] if decoded.doubtful else []
    if len(starts) > MOST_ENTRIES:
        notes.append(f"The feed holds {len(starts):,} entries; the first {MOST_ENTRIES:,} count.")
        text = _cut(text, starts[MOST_ENTRIES])
        starts = starts[:MOST_ENTRIES]
    return Guarded(text, _spans(text, starts), tuple(notes), decoded.doubtful)


_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
DOUBTFUL = "The text may be garbled: its encoding could not be told for certain."
_DATA_ADDRESS = re.compile(r"([\"'])data:[^\"'<>]{512,}+\1")
_AUTHOR = re.compile(
    r"(<(?:[\w.-]{1,40}:)?(?:author|creator|contributor|publisher|owner|managingEditor|webMaster"
    r"|name|email)\b[^<>]{0,1024}>\s{0,100}+(?:<!\[CDATA\[)?[^<\]]{" + str(LONGEST_AUTHOR) + r"})"
    r"[^<\]]++",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<!--(?>[^-]++|-(?!->))*+(?:-->|\Z)"
    r"|<!\[CDATA\[(?>[^\]]++|\](?!\]>))*+(?:\]\]>|\Z)"
    r"|<(?P<name>[A-Za-z_][\w.:-]{0,80})(?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+",
)
"""Comments and character data are stepped over; nothing is looked at twice."""
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_WEB_PAGE = re.compile(r"<(?:html|head|body|script|div|meta|p|table)\b", re.IGNORECASE)


def _without_prolog(text: str) -> str:
    """Drop everything before the first element, but keep its lines: errors name them."""
    end = _prolog_end(text)
    return "\n" * text.count("\n", 0, end) + text[end:]


def _prolog_end(text: str) -> int:
    at = 0
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<!--", at):
            at = _after(text, "-->", at)
        elif text.startswith("<?", at):
            at = _after(text, "?>", at)
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            at = _DOCTYPE.match(text, at).end()  # type: ignore[union-attr]  # it always matches
        elif text[at + 1 : at + 2].isalpha() or text[at + 1 : at + 2] == "_":
            return at
        else:
            at += 1
    return len(text)


_DOCTYPE = re.compile(
    r"<!DOCTYPE(?>[^\[>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+"
    r"(?:\[(?>[^\]\"'<]++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|<!--(?>[^-]++|-(?!->))*+(?:-->|\Z)|<)*+"
    r"\]?+[^>]*+)?+>?+",
    re.IGNORECASE,
)


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at + 2)
    return len(text) if found < 0 else found + len(end)


def _check_kind(text: str) -> None:
    if not text.strip("\ufeff \t\r\n"):
        raise Unsafe("empty", "The page is empty.")
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        raise Unsafe("json", "This is JSON, not an RSS or Atom feed. Give the address of a feed.")
    root = _prolog_end(text)
    if _WEB_PAGE.match(text, root):
        raise Unsafe("web_page", "This is a web page, not a feed. Give the address of its feed.")
    if not _ROOT.search(text, root, root + _HEAD):
        raise Unsafe("not_a_feed", "This is not a feed: neither RSS nor Atom is in it.")


def _check_tags(text: str) -> list[int]:
    """Return where the entries start, having looked at every tag once."""
    starts = []
    for found in _MARKUP.finditer(text):
        name = found["name"]
        if name is None:
            continue
        if found.end() - found.start() > LONGEST_TAG:
            raise Unsafe("tag_too_long", _TAG_TOO_LONG)
        if name.rpartition(":")[2] in {"item", "entry"}:
            starts.append(found.start())
    return starts


_TAG_TOO_LONG = (
    f"The feed was refused: it has a tag of more than {LONGEST_TAG // 1024} KiB, "
    "which no proper feed has."
)
_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry)\s{0,10}>", re.IGNORECASE)


def _spans(text: str, starts: list[int]) -> tuple[tuple[int, int], ...]:
    """Return where entries begin and end; nothing where one stands in another, or has no end."""
    ends = [found.end() for found in _END.finditer(text)]
    spans = tuple(zip(starts, ends, strict=False))
    bounds = [at for span in spans for at in span]
    return spans if len(starts) == len(ends) and bounds == sorted(bounds) else ()


def _cut(text: str, at: int) -> str:
    """Take out the entries from here to the last one, and keep what closes the feed."""
    end = at
    for found in _END.finditer(text, at):
        end = found.end()
    return text[:at] + text[end:]
