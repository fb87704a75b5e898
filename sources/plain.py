"""HTML reduced to plain text: one line for each paragraph, list item, table row and heading."""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.characters import legal, visible
from sources.simple import lines_of
from sources.wrapped import unwrapped

LONGEST_TEXT = 100_000
"""Characters; what is beyond is cut."""
_MOST_TAGS = 10_000  # depth costs its square, and no text has so many

_LINE_TAGS = (
    "address article aside blockquote body caption center dd details dialog div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav"
    " ol p pre section summary table tbody tfoot thead tr ul"
)
_UNREAD_TAGS = (
    "button canvas embed head iframe input map math noscript object option script select"
    " style svg template textarea video audio"
)
_LINES = frozenset(_LINE_TAGS.split())
_UNREAD = frozenset(_UNREAD_TAGS.split())
_LEAVES = _UNREAD | {"-text"}
_CELLS = frozenset({"td", "th"})
_CELL = "\x02"  # the end of a cell, shown as " | "; no text holds it, as it may hold that
_ROW = "\x01"  # the line break that an empty first cell may not take away; nor does it hold this
_BREAKS = {**dict.fromkeys(_LINES, "\n"), "br": "\n", "tr": _ROW}
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_GIANT_TAG = re.compile(r"<[A-Za-z/][^<>]{4096,}+>?")
"""Attributes cost their square; inlined images are the honest ones of these."""


def is_markup(text: str) -> bool:
    """Whether there is anything like a tag in it."""
    return _TAG.search(text) is not None


def plain(html: str) -> str:
    """Return what a reader would see of an HTML fragment, cut at LONGEST_TEXT."""
    html = legal(html[: LONGEST_TEXT * 20])
    if not is_markup(html):
        return plain_text(html)
    if html.count("<") > _MOST_TAGS:
        return plain_text(_TAG.sub("\n", html))
    simple = lines_of(html)
    if simple is not None:
        return tidy(simple)
    body = LexborHTMLParser(_GIANT_TAG.sub("", html)).body
    pieces = [] if body is None else _pieces(body)
    return tidy("".join(pieces).replace(_ROW, "\n").replace(_CELL, " | "))


def plain_text(text: str) -> str:
    """The same for text without tags: its own line breaks are its paragraphs."""
    return tidy(unescape(legal(text[: LONGEST_TEXT * 2])))


def tidy(text: str) -> str:
    """Normalise spaces, drop empty lines and invisible characters, cut at LONGEST_TEXT."""
    lines = (" ".join(line.split()).strip(" |") for line in visible(text).splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT].rstrip()


def _pieces(body: LexborNode) -> list[str]:
    """Walk the tree without recursion: depth is the page's choice, the stack is ours.

    Each property of a node is asked for once: that is what reading a text costs.
    """
    pieces: list[str] = []
    above: list[tuple[LexborNode, str]] = []
    node = body
    while True:
        tag = node.tag or ""
        _open(node, tag, pieces)
        child = None if tag in _LEAVES else node.child
        if child is not None:
            above.append((node, tag))
            node = child
            continue
        while True:
            if not above:
                return pieces
            _close(tag, pieces)
            after = node.next
            if after is not None:
                break
            node, tag = above.pop()
        node = after


def _open(node: LexborNode, tag: str, pieces: list[str]) -> None:
    piece = _words(node) if tag == "-text" else _BREAKS.get(tag, "")
    # A cell's first paragraph begins in its row, not below it.
    if piece and not (pieces and pieces[-1] == _CELL and piece.isspace()):
        pieces.append(piece)


def _close(tag: str, pieces: list[str]) -> None:
    if tag in _LINES:
        pieces.append("\n")
    elif tag in _CELLS:
        while pieces and pieces[-1].isspace():
            pieces.pop()
        pieces.append(_CELL)


def _words(node: LexborNode) -> str:
    text = node.text_content or ""
    if "\n" in text:
        parent = node.parent
        if parent is None or parent.tag != "pre":
            text = unwrapped(text)
    return text
