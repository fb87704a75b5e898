"""The links of a web page as a reader sees them: each with its words, its row and its date."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborNode

from sources.characters import visible
from sources.dates import LONGEST, Calendar, date_in, find
from sources.webpage import WebPage

MOST_LINKS = 5000
_MOST_ANCESTORS = 12
_MOST_LINKS_IN_ROW = 6  # what holds more is no row but a whole list
_MOST_WORDS = 4000  # characters of a row or of what stands beside it
_LONGEST_TITLE = 400
_ROWS = frozenset({"li", "tr", "article", "dd", "dt"})
_HEADINGS = "h1, h2, h3, h4, h5, h6, [class*=title], [class*=tit], [class*=bt]"
_DATE_PLACES = "time, [class*=date], [class*=time], [class*=Date], [class*=Time], [class*=rq]"
_NO_TITLE = re.compile(
    r"[\s\[【(（<>《》»…]*(?:查看|阅读|点击|了解)?(?:更多|详情|详细|全文|下载|进入|首页|尾页|末页|返回|[上下]一[页篇]"
    r"|more|read more|details?|next|prev(?:ious)?|home|[0-9\s]*)[\s\]】)）>»…]*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[\s·•●◆■▪►▶»>*|\-–—・]+|^[\[【]置顶[\]】]\s*|\s*(?:NEW|new|NEW!|🔥)$")
_CUT = re.compile(r"\s*(?:…|\.{2,}|⋯)+$")
_LABEL = re.compile(r"^(?:文章)?标题\s*[:：]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a page, and what stands around it."""

    node: LexborNode
    url: str
    title: str
    row: LexborNode
    """The smallest thing around it that is repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Dates of a link by where they stand; lists put them before, after, or into the row."""

    inside: datetime | None
    after: datetime | None
    before: datetime | None
    words: str
    """The longest other text of the row: a summary, where it has one."""


def links(page: WebPage, nodes: Iterable[LexborNode]) -> list[Link]:
    """Return the links among these nodes that can be publications, in the order of the page."""
    found = [(node, page.link(node.attributes.get("href") or "")) for node in nodes]
    own = page.url.partition("#")[0]
    named = [
        (node, url.partition("#")[0] if "#/" not in url else url, title_of(node))
        for node, url in found[:MOST_LINKS]
        if url and url.partition("#")[0] != own
    ]
    kept = [(node, url, title) for node, url, title in named if is_title(title)]
    rows = _Rows(node for node, _, _ in kept)
    return [Link(node=node, url=url, title=title, row=rows.of(node)) for node, url, title in kept]


def is_title(title: str) -> bool:
    """Whether these words can be the title of something."""
    return len(title) >= 2 and not _NO_TITLE.fullmatch(title)


def title_of(node: LexborNode) -> str:
    """Return a link's words; its title attribute where they are cut, or pictures."""
    heading = next((part for part in node.css(_HEADINGS) if words(part)), None)
    text = _BULLET.sub("", words(heading or node)[: _LONGEST_TITLE * 2])
    whole = _attribute(node)
    stem = _CUT.sub("", text)
    if whole and (not stem or (len(whole) >= len(stem) and whole.startswith(stem[:-1]))):
        return whole[:_LONGEST_TITLE]
    if not text:
        picture = node.css_first("img[alt]")
        text = _line((picture.attributes.get("alt") if picture is not None else "") or "")
    return text[:_LONGEST_TITLE]


def _attribute(node: LexborNode) -> str:
    inner = node.css_first("[title]")
    value = node.attributes.get("title") or (
        inner.attributes.get("title") if inner is not None else ""
    )
    first = (value or "")[:2000].strip().partition("\n")[0]
    return _LABEL.sub("", _line(first))


def words(node: LexborNode) -> str:
    """Return the text of a node on one line; where its parts stand apart, a space is between."""
    pieces: list[str] = []
    size = 0
    for text in texts(node):
        pieces.append(text)
        size += len(text)
        if size > _MOST_WORDS:
            break
    return _line("".join(pieces))


def texts(node: LexborNode) -> Iterator[str]:
    """Yield the pieces of text in a node; a space stands for each end of a block."""
    for part in node.traverse(include_text=True):
        if part.tag == "-text":
            parent = part.parent
            if parent is None or parent.tag not in {"script", "style"}:
                yield part.text_content or ""
        elif part.tag not in _INLINE:
            yield " "


_INLINE = frozenset({"a", "b", "em", "i", "strong", "u", "font", "mark", "sub", "sup"})


def _line(text: str) -> str:
    return " ".join(visible(text).split())


class _Rows:
    """For every link, the smallest thing around it that is repeated."""

    def __init__(self, nodes: Iterable[LexborNode]) -> None:
        self._linked: set[int] = set()
        self._siblings: Counter[tuple[int, str]] = Counter()
        self._links: Counter[int] = Counter()
        for node in nodes:
            for part, parent in _upwards(node):
                self._links[part.mem_id] += 1
                if part.mem_id not in self._linked:
                    self._linked.add(part.mem_id)
                    self._siblings[parent.mem_id, part.tag or ""] += 1

    def of(self, node: LexborNode) -> LexborNode:
        """Return the row of a link: a list item, a table row, or one of several siblings."""
        for part, parent in _upwards(node):
            if self._links[part.mem_id] > _MOST_LINKS_IN_ROW:
                break
            if part.tag in _ROWS or self._siblings[parent.mem_id, part.tag or ""] >= 3:
                return part
        return node


def _upwards(node: LexborNode) -> Iterator[tuple[LexborNode, LexborNode]]:
    at = node
    for _ in range(_MOST_ANCESTORS):
        parent = at.parent
        if parent is None or at.tag in {"body", "html"}:
            return
        yield at, parent
        at = parent


def around(link: Link, when: Calendar) -> Around:
    """Return the dates in a link's row and beside it."""
    own = {_line(text) for text in texts(link.node)} - {""}
    pieces = [_line(text) for text in texts(link.row)] if link.row != link.node else []
    other = [text for text in pieces if text and text not in own]
    longest = max(other, key=len, default="")
    return Around(
        inside=_inside(link, other, when) or _first(own - {link.title}, when),
        after=_beside(link.row.next, "next", when),
        before=_beside(link.row.prev, "prev", when),
        words=longest if len(longest) >= _SHORTEST_SUMMARY else "",
    )


def without_date(title: str, when: Calendar) -> tuple[str, datetime | None]:
    """Take a date off the end or the beginning of a title, where it stands by itself there."""
    for pattern in (_DATE_LAST, _DATE_FIRST):
        found = pattern.fullmatch(title)
        date = find(found["date"], when) if found else None
        if found and date and date.end - date.start >= len(found["date"].strip()) - 2:
            return found["title"].strip(), date.moment
    return title, None


_SHORTEST_SUMMARY = 20  # characters
_DATE_LAST = re.compile(
    r"(?P<title>.{4,}?)(?:\s+|(?=[\[［]))(?P<date>[\[［(（]?[^\[［()（）]{4,20}?[\]］)）]?)"
)
_DATE_FIRST = re.compile(
    r"(?P<date>[\[［(（]?[^\[［()（）]{4,20}?[\]］)）]?)(?:\s+|(?<=[\]］]))(?P<title>.{4,})"
)


def _inside(link: Link, other: list[str], when: Calendar) -> datetime | None:
    """Places that are made for dates first, then the rest of the row."""
    for place in link.row.css(_DATE_PLACES)[:6]:
        given = (place.attributes.get("datetime") or "") if place.tag == "time" else ""
        moment = date_in(given, when) or _short(words(place), when)
        if moment is not None:
            return moment
    joined = " ".join(other)
    found = _short(joined, when) or _first(other, when)
    if found is not None:
        return found
    ends = find(joined[:LONGEST], when, whole=True) or find(joined[-LONGEST:], when, whole=True)
    return ends.moment if ends else None


def _beside(node: LexborNode | None, way: str, when: Calendar) -> datetime | None:
    """The date in what stands beside a row, up to the next link."""
    pieces: list[str] = []
    for _ in range(_MOST_BESIDE):
        if node is None or node.tag == "a" or (node.child is not None and node.css_first("a")):
            break
        pieces.append(words(node) if node.tag != "-text" else _line(node.text_content or ""))
        node = getattr(node, way)
    return _first(pieces, when) or _short(" ".join(pieces), when)


_MOST_BESIDE = 6  # text, element, text, line break


def _short(text: str, when: Calendar) -> datetime | None:
    return date_in(text, when) if len(text) <= LONGEST else None


def _first(pieces: Iterable[str], when: Calendar) -> datetime | None:
    short = (piece for piece in pieces if len(piece) <= LONGEST // 2)
    return next((found for piece in short if (found := date_in(piece, when))), None)
