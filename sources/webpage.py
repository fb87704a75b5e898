"""The guard before HTML parsers: a web page's bytes in, a bounded tree out.

Like the guard for feeds it settles the encoding, drops what no parser should see, and refuses
what is no web page. The tree is selectolax's; depth and size cost it little, giant tags do not
reach it.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from domain.source import ReadingOptions
from sources.address import absolute
from sources.characters import legal
from sources.charset import decode
from sources.errors import ParseError

LARGEST = 3 * 1024 * 1024
"""Bytes of a page; the longest policy documents have a tenth of it."""
LONGEST_TAG = 4096
"""Characters; attributes cost their square, and inlined images are the honest ones of these."""

_GIANT_TAG = re.compile(rf"<[A-Za-z/][^<>]{{{LONGEST_TAG},}}+>?")
_HIDDEN_GIANT = re.compile(
    rf"<[A-Za-z](?>[^<>\"']++|\"[^\"<]{{0,{LONGEST_TAG}}}+\"|'[^'<]{{0,{LONGEST_TAG}}}+'){{128,}}+>?"
)
"""Many quoted values, among which a ">" may hide the end of the tag."""
_SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP file or an Office document",
    b"\xd0\xcf\x11\xe0": "an Office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"\x1f\x8b": "a compressed file",
}
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_PROLOG = re.compile(r"\s*+(?:<\?[^>]{0,2000}>\s*+|<!--(?>[^-]++|-(?!->))*+-->\s*+)*+")


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page that may be looked into."""

    tree: LexborHTMLParser
    html: str
    """What the tree was made from."""
    url: str
    base: str
    """What relative links are relative to."""
    doubtful: bool

    def link(self, href: str) -> str:
        """Return a link of the page as an absolute web address, or ""."""
        return absolute(self.base, href)


def webpage(body: bytes, content_type: str, url: str, options: ReadingOptions) -> WebPage:
    """Make a web page safe to look into.

    Raises:
        ParseError: It is no web page (empty, not_a_page, json, feed), or too_large.
    """
    if len(body) > LARGEST:
        raise ParseError(url, _TOO_LARGE, code="too_large")
    for start, name in _SIGNATURES.items():
        if body.startswith(start):
            reason = f"This is {name}, not a web page. Give the address of a page."
            raise ParseError(url, reason, code="not_a_page")
    decoded = decode(body, content_type, options.charset)
    html = _HIDDEN_GIANT.sub("", _GIANT_TAG.sub("", legal(decoded.text)))
    _check(html, url)
    tree = LexborHTMLParser(html)
    return WebPage(tree, html, url, _base(tree, url), decoded.doubtful)


_TOO_LARGE = f"The web page is larger than {LARGEST // 1024 // 1024} MiB."


def _check(html: str, url: str) -> None:
    start = html[:1000].lstrip("\ufeff \t\r\n")
    if not start and not html.strip("\ufeff \t\r\n"):
        raise ParseError(url, "The page is empty.", code="empty")
    if start.startswith(("{", "[{", '["')):
        raise ParseError(url, "This is JSON, not a web page.", code="json")
    prolog = _PROLOG.match(html.lstrip("\ufeff"))
    if prolog is not None and _FEED.match(html.lstrip("\ufeff"), prolog.end()):
        raise ParseError(url, "This is a feed, not a web page.", code="feed")


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    href = (node.attributes.get("href") if node is not None else None) or ""
    base = absolute(url, href)
    # A page may speak for its own house only: elsewhere a base is a trick or a mistake.
    return base if base and _site(base) == _site(url) else url


def _site(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return ".".join(host.split(".")[-2:])
