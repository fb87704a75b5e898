"""What surrounds the content of a page: navigation, footers, side columns, and their names."""

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborNode

_MOST_ANCESTORS = 60
_MOST_NODES = 50_000
_FEWEST_SENTENCES = 4  # of what is content although its name says otherwise
Place = Literal["content", "side", "furniture"]


def place_of(node: LexborNode) -> Place:
    """Say where on its page a node stands, by the names of what is around it."""
    if is_furniture(node):
        return "furniture"
    place: Place = "content"
    at = node.parent
    for _ in range(_MOST_ANCESTORS):
        if at is None or at.tag in {"body", "html"}:
            break
        if is_furniture(at):
            return "furniture"
        if at.tag in {"aside", "header"} or names_of(at) & _SIDES:
            place = "side"
        at = at.parent
    return place


def furniture(body: LexborNode) -> Iterator[LexborNode]:
    """Yield the outermost furniture of a page; what holds whole sentences is none.

    One walk through the page, without recursion: its depth is the page's choice.
    """
    node = body.child
    for _ in range(_MOST_NODES):
        if node is None:
            return
        around = node.is_element_node and (node.tag in {"aside", "header"} or is_furniture(node))
        if around and node.text(deep=True).count("。") < _FEWEST_SENTENCES:
            yield node
            node = _behind(node, body)
        else:
            node = node.child or _behind(node, body)


def _behind(node: LexborNode, body: LexborNode) -> LexborNode | None:
    at: LexborNode | None = node
    while at is not None and at.mem_id != body.mem_id:
        if at.next is not None:
            return at.next
        at = at.parent
    return None


def is_furniture(node: LexborNode) -> bool:
    """Whether a node is navigation, a footer or the like."""
    return node.tag in {"nav", "footer"} or bool(names_of(node) & _FURNITURE)


def names_of(node: LexborNode) -> frozenset[str]:
    """Return the words in a node's class and id, lower case: leftNav and left-nav are alike."""
    attributes = node.attributes
    given = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:300]
    return frozenset(_WORD.findall(_CAMEL.sub(r"\1 \2", given).lower()))


_CAMEL = re.compile(r"([a-z])([A-Z])")
_WORD = re.compile(r"[a-z]+")
_AROUND = (
    "nav navi navbar navigation menu menus submenu foot footer crumb crumbs breadcrumb breadcrumbs"
    " location copyright pagination pager friend friends friendlink flink yqlj links share"
    " toolbar login sitemap dh daohang topnav subnav leftnav"
)
_BESIDE = (
    "side sidebar aside hot hots rank ranking rec recommend recommended related relate xg tj"
    " ads ad banner slide slider swiper tags tag header"
)
_FURNITURE = frozenset(_AROUND.split())
_SIDES = frozenset(_BESIDE.split())
