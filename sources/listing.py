"""HTML pages that list publications: the list found by itself, or by a CSS selector.

A list is what is repeated: links at the same place of the same structure, most of them with a
date. Navigation, footers and side columns are repeated, too, but have no dates, short words, or
names that give them away.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from selectolax.lexbor import LexborNode, SelectolaxError

from domain.article import Entry
from domain.source import ReadingOptions
from sources.characters import width
from sources.dates import Calendar, from_address
from sources.entries import LONGEST_TITLE, calendar_of, entry, kept, noted
from sources.errors import ParseError, one_line
from sources.furniture import place_of
from sources.links import Around, Link, around, is_title, links, without_date
from sources.page import Feed
from sources.webpage import WebPage, webpage

_NO_OPTIONS = ReadingOptions()
_LONGEST_SELECTOR = 500  # characters
_MOST_ANCESTORS = 12
_FEWEST_UNDATED = 3  # links without any date that may still be a list
_WIDTH_UNDATED = 16  # their titles' width on average; Han characters are two wide
_WIDEST = 60
_WEIGHTS = {"content": 1.0, "side": 0.2, "furniture": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a list."""

    title: str
    url: str
    date: datetime | None
    text: str


@dataclass(slots=True)
class Group:
    """Links at the same place of the same structure."""

    links: list[Link] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def dated(self) -> int:
        """How many of its items have a date."""
        return sum(item.date is not None for item in self.items)

    @property
    def width(self) -> float:
        """How wide its titles are on average."""
        return sum(width(item.title) for item in self.items) / (len(self.items) or 1)


def parse(
    body: bytes,
    content_type: str,
    url: str,
    *,
    now: datetime | None = None,
    options: ReadingOptions = _NO_OPTIONS,
) -> Feed:
    """Read a list page; `options.selector` names its links, else they are found.

    Raises:
        ParseError: It is no web page; there is no list (empty_list), the selector is none
            (bad_selector) or finds nothing (selector_empty).
    """
    when = calendar_of(url, options.timezone, now)
    page = webpage(body, content_type, url, options)
    if options.selector:
        items = _items(links(page, _selected(page, options.selector)), when)
        if not items:
            raise ParseError(url, _SELECTOR_EMPTY, code="selector_empty")
    else:
        items = found(page, when)
    if not items:
        raise ParseError(url, _EMPTY_LIST, code="empty_list")
    entries, notes = kept(_entry(item) for item in items)
    return Feed(
        title=title_of_page(page),
        entries=entries,
        note=noted(notes, doubtful=page.doubtful),
        doubtful=page.doubtful,
    )


_SELECTOR_EMPTY = (
    "The selector finds no links on this page: it may have been rebuilt. "
    "Give a new selector, or none."
)
_BAD_SELECTOR = 'The selector is not proper CSS; it should look like "ul.list li a".'
_EMPTY_LIST = (
    "No list of publications was found on this page; a script may fill it in. "
    "Give a CSS selector of its links, or the address of its JSON list."
)


def found(page: WebPage, when: Calendar) -> list[Item]:
    """Return the page's list of publications, or nothing where it has none."""
    groups = _merged(_groups(links(page, page.tree.css("a[href]")), when))
    best = max(groups, key=_rank, default=None)  # of equals the first
    return best.items if best is not None and _rank(best) > (False, 0.0) else []


def title_of_page(page: WebPage) -> str:
    """Return what the page calls itself."""
    node = page.tree.css_first("title")
    return one_line(node.text() if node is not None else "", LONGEST_TITLE)


def _selected(page: WebPage, selector: str) -> list[LexborNode]:
    """The links that a selector names: its nodes, those in them, or those they are in."""
    try:
        nodes = page.tree.css(selector[:_LONGEST_SELECTOR])
    except SelectolaxError as error:
        raise ParseError(page.url, _BAD_SELECTOR, code="bad_selector") from error
    chosen = (_link(node) for node in nodes)
    return list({node.mem_id: node for node in chosen if node is not None}.values())


def _link(node: LexborNode) -> LexborNode | None:
    at: LexborNode | None = node
    for _ in range(4):
        if at is None or at.tag == "a":
            return at
        at = at.parent
    return node.css_first("a[href]")


def _groups(found_links: Iterable[Link], when: Calendar) -> list[Group]:
    """The links that stand together, each with its title and date."""
    groups: dict[int, Group] = {}
    for link in found_links:
        parent = link.row.parent
        groups.setdefault(parent.mem_id if parent is not None else 0, Group()).links.append(link)
    for group in groups.values():
        group.items = _items(group.links, when)
    return list(groups.values())


def _merged(groups: Iterable[Group]) -> list[Group]:
    """Put together what is built alike: some lists begin anew after every fifth line.

    Old layouts build everything alike; there dates tell the list from the navigation.
    """
    merged: dict[tuple[object, ...], Group] = {}
    for group in groups:
        is_dated = group.dated * 2 >= len(group.items)
        whole = merged.setdefault((is_dated, *_structure(group.links[0])), Group())
        whole.links += group.links
        known = {item.url for item in whole.items}
        whole.items += [item for item in group.items if item.url not in known]
    return list(merged.values())


def _structure(link: Link) -> tuple[str, ...]:
    """Where a link stands: the tags and classes around its row; numbers in them do not count."""
    steps = [link.row.tag or ""]
    at = link.row.parent
    while at is not None and len(steps) <= _MOST_ANCESTORS:
        kind = " ".join(sorted((at.attributes.get("class") or "")[:200].split()))
        steps.append(f"{at.tag}.{_DIGITS.sub('', kind)}")
        at = at.parent
    return tuple(steps)


_DIGITS = re.compile(r"[0-9]+")


def _items(found_links: Iterable[Link], when: Calendar) -> list[Item]:
    """One item for each address, its date from where this list puts its dates."""
    seen = [(link, around(link, when)) for link in _leading(list(found_links))]
    side = _side(dates for _, dates in seen)
    items: dict[str, Item] = {}
    for link, dates in seen:
        item = _item(link, dates, side, when)
        known = items.get(item.url)
        if known is None or _worth(item) > _worth(known):
            items[item.url] = item
    return list(items.values())


def _worth(item: Item) -> tuple[bool, int]:
    return item.date is not None, width(item.title)


def _leading(found_links: list[Link]) -> list[Link]:
    """Of several links in one row those that can be its title: no category, no button."""
    widest: dict[int, int] = {}
    for link in found_links:
        row = link.row.mem_id
        widest[row] = max(widest.get(row, 0), width(link.title))
    return [link for link in found_links if width(link.title) >= widest[link.row.mem_id] * 0.6]


def _side(found_dates: Iterable[Around]) -> str:
    """Between the lines of a list stand dates: whether after their lines or before them."""
    dates = list(found_dates)
    after = sum(one.after is not None for one in dates)
    before = sum(one.before is not None for one in dates)
    return "before" if before > after else "after"


def _item(link: Link, dates: Around, side: str, when: Calendar) -> Item:
    title, own = without_date(link.title, when)
    date = dates.inside or own or getattr(dates, side) or from_address(link.url, when)
    return Item(title=title, url=link.url, date=date, text=dates.words)


def _rank(group: Group) -> tuple[bool, float]:
    """How much this looks like the page's list: dated lists first, then the most words."""
    items = [item for item in group.items if is_title(item.title)]
    if not items:
        return False, 0.0
    share = group.dated / len(items)
    weight = _WEIGHTS[place_of(group.links[0].row)]
    undated = group.dated < 2 and (len(items) < _FEWEST_UNDATED or group.width < _WIDTH_UNDATED)
    if weight == 0 or (undated and not group.dated):
        return False, 0.0
    words = sum(min(width(item.title), _WIDEST) for item in items)
    return group.dated >= 2 and share >= 0.5 and weight == 1, words * (1 + 4 * share) * weight


def _entry(item: Item) -> Entry | None:
    return entry(title=item.title, url=item.url, text=item.text, published=item.date)
