"""From any address to something that can be watched: the page itself, its feeds, usual places."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.candidate import Other
from domain.source import Kind, ReadingOptions
from jobs.house import House
from sources.errors import ParseError, SourceError
from sources.page import Discovery, Feed, FeedLink, Page

LINKS = 5
"""Feeds tried of those that a page names, and usual places tried where it names none."""

_NOTHING = (
    "This is a web page without a feed, and no list of publications was recognised on it. "
    "Give the address of its list page, or its list's CSS selector."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Something that can be watched, as it was just read."""

    url: str
    """Its address; the new one where it has moved for good."""
    answered: str
    """The address that answered in the end."""
    kind: Kind
    feed: Feed
    others: tuple[Other, ...] = ()


async def discover(
    house: House, url: str, *, kind: Kind | None = None, options: ReadingOptions
) -> Sighting:
    """Find out how an address can be watched; `kind` says it instead.

    Feeds go before a list page that names them: they break less often.

    Raises:
        SourceError: It cannot be had, or leads to nothing that can be watched.
    """
    page = await _page(house, url)
    if kind is not None:
        return _sighting(url, page, kind, await house.jail.parse(kind, page, options))
    found = await house.jail.discover(page, options)
    itself = _itself(url, page, found)
    if itself is not None and itself.kind != "list":
        return itself
    return (
        await _named(house, url, found, options, itself)
        or itself
        or await _usual(house, url, found, options)
    )


async def _named(
    house: House,
    url: str,
    found: Discovery,
    options: ReadingOptions,
    itself: Sighting | None,
) -> Sighting | None:
    seen = await _first(house, found.links, options)
    if seen is None:
        return None
    rest = [Other(url=one.url, title=one.title) for one in found.links if one.url != seen.url]
    if itself is not None:
        rest.append(Other(url=url, title=itself.feed.title))
    return replace(seen, others=tuple(rest[:LINKS]))


async def _usual(house: House, url: str, found: Discovery, options: ReadingOptions) -> Sighting:
    seen = await _first(house, (FeedLink(url=one) for one in found.well_known), options)
    if seen is None:
        raise ParseError(url, _NOTHING, code="nothing_to_watch")
    return seen


async def _first(
    house: House, links: Iterable[FeedLink], options: ReadingOptions
) -> Sighting | None:
    """Return the first of these addresses that is a feed."""
    for link in list(links)[:LINKS]:
        try:
            page = await _page(house, link.url)
            seen = _itself(link.url, page, await house.jail.discover(page, options))
        except SourceError:
            continue  # A page may name feeds that are long gone: the next one may live.
        if seen is not None and seen.kind != "list":
            return seen
    return None


async def _page(house: House, url: str) -> Page:
    page = await house.web.fetch(url)
    if page is None:
        raise ParseError(url, "It answered 304 to a first request.", code="empty")
    return page


def _itself(url: str, page: Page, found: Discovery) -> Sighting | None:
    if found.kind is None or found.feed is None:
        return None
    return _sighting(url, page, found.kind, found.feed)


def _sighting(url: str, page: Page, kind: Kind, feed: Feed) -> Sighting:
    return Sighting(url=page.moved_to or url, answered=page.url, kind=kind, feed=feed)
