"""HTML reduced to plain text: one line for each paragraph, list item, table row and heading."""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.characters import legal, visible

LONGEST_TEXT = 100_000
"""Characters; what is beyond is cut."""
_MOST_PIECES = 4 * LONGEST_TEXT  # a tree of more than this is not made of words

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
_CELLS = frozenset({"td", "th"})
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_GIANT_TAG = re.compile(r"<[A-Za-z/][^<>]{4096,}+>?")
"""Attributes cost their square; inlined images are the honest ones of these."""

_SPACE = re.compile(r"[ \t\r\f\xa0\u2000-\u200a\u3000]+")
_HAN = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_WRAPPED_HAN = re.compile(rf"(?<=[{_HAN}])\s*\n\s*(?=[{_HAN}])")
"""A line break within a Chinese paragraph's source stands for nothing."""


def is_markup(text: str) -> bool:
    """Whether there is anything like a tag in it."""
    return _TAG.search(text) is not None


def plain(html: str) -> str:
    """Return what a reader would see of an HTML fragment, cut at LONGEST_TEXT."""
    html = legal(html[: LONGEST_TEXT * 20])
    if not is_markup(html):
        return plain_text(html)
    body = LexborHTMLParser(_GIANT_TAG.sub("", html)).body
    pieces = [] if body is None else _pieces(body)
    return tidy("".join(pieces))


def plain_text(text: str) -> str:
    """The same for text without tags: its own line breaks are its paragraphs."""
    return tidy(unescape(legal(text[: LONGEST_TEXT * 2])))


def tidy(text: str) -> str:
    """Normalise spaces, drop empty lines and invisible characters, cut at LONGEST_TEXT."""
    text = visible(text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    lines = (_SPACE.sub(" ", line).strip(" |") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT].rstrip()


def _pieces(body: LexborNode) -> list[str]:
    """Walk the tree without recursion: depth is the page's choice, the stack is ours."""
    pieces: list[str] = []
    length = 0
    node: LexborNode | None = body
    while node is not None and length <= LONGEST_TEXT * 2 and len(pieces) <= _MOST_PIECES:
        piece = _opening(node)
        pieces.append(piece)
        length += len(piece)
        if node.child is not None and node.tag not in _UNREAD:
            node = node.child
            continue
        node = _next(node, body, pieces)
    return pieces


def _next(node: LexborNode, body: LexborNode, pieces: list[str]) -> LexborNode | None:
    at: LexborNode | None = node
    while at is not None and at.mem_id != body.mem_id:  # "==" compares whole subtrees
        pieces.append(_closing(at))
        if at.next is not None:
            return at.next
        at = at.parent
    return None


def _opening(node: LexborNode) -> str:
    tag = node.tag
    if tag == "-text":
        return _words(node)
    if tag == "br" or tag in _LINES:
        return "\n"
    return ""


def _closing(node: LexborNode) -> str:
    if node.tag in _LINES:
        return "\n"
    return " | " if node.tag in _CELLS else ""


def _words(node: LexborNode) -> str:
    text = node.text_content or ""
    parent = node.parent
    if parent is not None and parent.tag == "pre":
        return text
    if "\n" in text:
        text = _WRAPPED_HAN.sub("", text).replace("\n", " ")
    return text
