"""A feed of search results: read like any feed, its links led to the pages that were found.

What a search finds is a hint that something exists; the address of the search engine's own
counter in front of it would make one page look like many.
"""

from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from domain.article import Entry
from domain.source import ReadingOptions
from sources import feed
from sources.address import absolute, host_of
from sources.page import Feed

_NO_OPTIONS = ReadingOptions()

_PARAMETERS = {
    "/url": ("url", "q"),  # Google, its alerts too
    "/news/apiclick.aspx": ("url",),  # Bing News
    "/l/": ("uddg",),  # DuckDuckGo
    "/l.php": ("u",),  # Facebook
    "/link": ("url", "target"),  # Zhihu's and others' "you are leaving"
    "/redirect": ("url", "q"),
}
"""The path of a redirector, and the parameters in which it keeps where it leads."""
_ENGINES = (
    "google.com", "bing.com", "duckduckgo.com", "facebook.com", "zhihu.com", "youtube.com",
    "yahoo.com", "sogou.com", "so.com", "baidu.com", "google.com.hk", "google.com.tw",
)  # fmt: skip
_DEEPEST = 3  # redirectors of redirectors


def parse(
    body: bytes,
    content_type: str,
    url: str,
    *,
    now: datetime | None = None,
    options: ReadingOptions = _NO_OPTIONS,
) -> Feed:
    """Read a feed of search results, marked as being for discovery only.

    Raises:
        ParseError: It is not a feed, or nothing of it could be read.
    """
    found = feed.parse(body, content_type, url, now=now, options=options)
    entries = tuple(_unwrapped(entry) for entry in found.entries)
    return replace(found, entries=entries, discovery_only=True)


def is_search(url: str) -> bool:
    """Whether an address is one of a search engine's feeds."""
    parts = urlsplit(url)
    searches = ("/search", "/alerts/feeds", "/rss/", "/news/search")
    return _is_engine(url) and parts.path.lower().startswith(searches)


def unwrapped(url: str) -> str:
    """Return the address that a known redirector leads to; any other address as it is."""
    for _ in range(_DEEPEST):
        target = _target(url)
        if not target:
            break
        url = target
    return url


def _unwrapped(entry: Entry) -> Entry:
    return replace(entry, url=unwrapped(entry.url))


def _target(url: str) -> str:
    if not url or not _is_engine(url):
        return ""
    parts = urlsplit(url)
    if "/RU=" in parts.path:  # Yahoo keeps it in the path
        return absolute("", unquote(parts.path.partition("/RU=")[2].partition("/")[0]))
    parameters = parse_qs(parts.query, max_num_fields=None)
    names = _PARAMETERS.get(parts.path, ())
    found = (absolute("", value) for name in names for value in parameters.get(name, ()))
    return next(filter(None, found), "")


def _is_engine(url: str) -> bool:
    host = host_of(url)
    return any(host == engine or host.endswith("." + engine) for engine in _ENGINES)
