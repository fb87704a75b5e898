"""What an address leads to: a feed, a list that can be read as one, or pages to look at next."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from domain.source import Kind, ReadingOptions
from sources import PARSERS
from sources.errors import ParseError, one_line
from sources.page import Discovery, Feed, FeedLink
from sources.search import is_search
from sources.webpage import WebPage, webpage

MOST_LINKS = 20
_MOST_ANCHORS = 5000
_LONGEST_TITLE = 200
_NO_OPTIONS = ReadingOptions()
_TYPES = frozenset(
    (
        *("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        *("application/feed+json", "application/x-rss+xml", "text/rss+xml"),
    )
)
_VAGUE_TYPES = frozenset({"application/xml", "text/xml", "application/json"})
_LOOKS_LIKE_FEED = re.compile(
    r"(?:^|[/._-])(?:rss|atom|feed|feeds|rdf)(?:2?\.xml|\.rss|\.atom|\.json|\.aspx|\.php|\.jsp)?/?$"
    r"|/(?:rss|feeds?)/[^/]{1,80}\.xml$|\.(?:rss|atom|rdf)$|[?&](?:feed|format|type)=(?:rss2?|atom|feed)\b",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|评论|/comments/", re.IGNORECASE)
_WELL_KNOWN = (
    "feed", "rss.xml", "feed.xml", "atom.xml", "rss", "index.xml", "feed.json", "feeds/all.xml",
)  # fmt: skip


def discover(
    body: bytes,
    content_type: str,
    url: str,
    *,
    now: datetime | None = None,
    options: ReadingOptions = _NO_OPTIONS,
) -> Discovery:
    """Say what a page is and what it points to.

    Raises:
        ParseError: It is nothing that could be looked into: empty, a file, damaged.
    """
    refusals: list[ParseError] = []
    for kind in _candidates(url):
        try:
            feed = PARSERS[kind](body, content_type, url, now=now, options=options)
        except ParseError as error:
            refusals.append(error)
            continue
        return _found(kind, feed, body, content_type, url, options)
    return _no_list(refusals, body, content_type, url, options)


def _candidates(url: str) -> tuple[Kind, ...]:
    feed: Kind = "search" if is_search(url) else "feed"
    return (feed, "json_feed", "json", "list")


def _found(
    kind: Kind, feed: Feed, body: bytes, content_type: str, url: str, options: ReadingOptions
) -> Discovery:
    if kind != "list":
        return Discovery(kind=kind, feed=feed)
    page = webpage(body, content_type, url, options)
    return Discovery(kind=kind, feed=feed, links=_links(page), well_known=_well_known(url))


def _no_list(
    refusals: list[ParseError], body: bytes, content_type: str, url: str, options: ReadingOptions
) -> Discovery:
    """A page without a list may still name a feed; what is no page has failed for its own reason.

    Raises:
        ParseError: It is no page.
    """
    try:
        page = webpage(body, content_type, url, options)
    except ParseError as error:
        # XML that is a feed, and JSON, have been tried as what they are: that says most.
        told = next((one for one in refusals if one.code in _TELLING), error)
        raise told from None
    return Discovery(kind=None, links=_links(page), well_known=_well_known(url))


_TELLING = frozenset({"broken", "tag_too_long", "no_field", "empty_list", "bad_timezone"})


def _links(page: WebPage) -> tuple[FeedLink, ...]:
    """Feeds that the head names, in its order; then those that anchors look like; no comments."""
    found: dict[str, FeedLink] = {}
    for link in (*_named(page), *_linked(page)):
        if link.url != page.url:
            found.setdefault(link.url, link)
    ordered = sorted(found.values(), key=lambda one: bool(_COMMENTS.search(one.url + one.title)))
    return tuple(ordered[:MOST_LINKS])


def _named(page: WebPage) -> Iterator[FeedLink]:
    for node in page.tree.css("link[href]")[:_MOST_ANCHORS]:
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        alternate = "alternate" in (node.attributes.get("rel") or "").lower().split()
        vague = kind in _VAGUE_TYPES and _LOOKS_LIKE_FEED.search(_href(node)) is not None
        if alternate and (kind in _TYPES or vague):
            yield from _link(page, node, node.attributes.get("title") or "")


def _linked(page: WebPage) -> Iterator[FeedLink]:
    for node in page.tree.css("a[href]")[:_MOST_ANCHORS]:
        if _LOOKS_LIKE_FEED.search(_href(node)):
            yield from _link(page, node, node.attributes.get("title") or node.text())


def _href(node: LexborNode) -> str:
    return (node.attributes.get("href") or "").strip()[:2048]


def _link(page: WebPage, node: LexborNode, title: str) -> Iterator[FeedLink]:
    url = page.link(_href(node))
    if url:
        yield FeedLink(url=url, title=one_line(title, _LONGEST_TITLE))


def _well_known(url: str) -> tuple[str, ...]:
    """Below the page and beside it first, then at the root of its site."""
    bare = url.partition("?")[0]
    places = [urljoin(bare, "."), urljoin(bare, "/")]
    if not bare.endswith("/") and "." not in urlsplit(bare).path.rpartition("/")[2]:
        places.insert(0, f"{bare}/")
    return tuple(dict.fromkeys(urljoin(place, name) for place in places for name in _WELL_KNOWN))
