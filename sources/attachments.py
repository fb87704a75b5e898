"""The files that an article's page offers: their names and absolute addresses."""

import re
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from domain.article import Attachment
from sources.errors import one_line
from sources.furniture import place_of
from sources.links import words
from sources.webpage import WebPage

MOST = 50
_MOST_LINKS = 5000
_LONGEST_NAME = 200
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|ceb|rtf|csv|zip|rar|7z)(?=$|[?#&\s)）】\]])",
    re.IGNORECASE,
)


def attachments(page: WebPage) -> tuple[Attachment, ...]:
    """Return each file once, in the order of the page; navigation offers none."""
    found: dict[str, Attachment] = {}
    for node in page.tree.css("a[href]")[:_MOST_LINKS]:
        url = page.link(node.attributes.get("href") or "")
        if not url or url in found or not _is_file(url, node) or place_of(node) == "furniture":
            continue
        found[url] = Attachment(name=_name(url, node), url=url)
        if len(found) >= MOST:
            break
    return tuple(found.values())


def _is_file(url: str, node: LexborNode) -> bool:
    parts = urlsplit(url)
    if _FILE.search(parts.path) or _FILE.search(unquote(parts.query[:500])):
        return True
    return _FILE.search(words(node)[-_LONGEST_NAME:]) is not None


def _name(url: str, node: LexborNode) -> str:
    given = words(node) or (node.attributes.get("title") or "")
    file = unquote(urlsplit(url).path.rpartition("/")[2])
    return one_line(given or file, _LONGEST_NAME) or "?"
