"""HTML in the simple form that most feeds send: read by its tags, without building its tree.

Paragraphs, lists, headings, emphasis, links and pictures, properly nested; what a reader sees of
them are the words and where lines end. Of anything else nothing is said here: a tree is built then.
"""

import re
from html import unescape

from sources.wrapped import unwrapped

_ATTRIBUTE = r"\s++[A-Za-z_:][\w:.\-]*+(?:\s*+=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>=`]++))?+"
_TAG = re.compile(rf"<(/?+)([A-Za-z][A-Za-z0-9]*+)(?:{_ATTRIBUTE})*+\s*+/?+>", re.ASCII)
_LINE_TAGS = (
    "address article aside blockquote div dl dt dd figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header li main nav ol p section ul"
)
_INLINE_TAGS = (
    "a abbr b big cite code del em font i ins kbd mark q s samp small span strike strong sub sup"
    " time tt u var"
)
_LINES, _INLINE = frozenset(_LINE_TAGS.split()), frozenset(_INLINE_TAGS.split())
_VOID = {"br": "\n", "hr": "\n", "img": "", "wbr": ""}
_ITEMS, _LISTS = frozenset({"li", "dt", "dd"}), frozenset({"ul", "ol", "dl"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DEEPEST = 60
_NUMBER = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}))")


def lines_of(html: str) -> str | None:
    """Return the words with their line breaks; None where it takes a tree to tell."""
    if "\r" in html or _has_odd_numbers(html):
        return None
    pieces: list[str] = []
    above: list[str] = []
    at = 0
    for found in _TAG.finditer(html):
        between = html[at : found.start()]
        if "<" in between:
            return None
        if between:
            pieces.append(_words(between))
        line = _line(found[2].lower(), above, closes=bool(found[1]))
        if line is None:
            return None
        pieces.append(line)
        at = found.end()
    rest = html[at:]
    return None if "<" in rest else "".join([*pieces, _words(rest)])


def _words(text: str) -> str:
    text = unescape(text) if "&" in text else text
    return unwrapped(text) if "\n" in text else text


def _line(name: str, above: list[str], *, closes: bool) -> str | None:
    """Return what a tag means for the line, and keep what it stands in; None if that is not clear.

    Nothing is opened here that ends what is open already, as `<li>` ends the one before it.
    """
    if name in _VOID:
        return None if closes else _VOID[name]
    if name not in _LINES and name not in _INLINE:
        return None
    if closes:
        if not above or above.pop() != name:
            return None
    elif len(above) > _DEEPEST or _ends_another(name, above):
        return None
    else:
        above.append(name)
    return "\n" if name in _LINES else ""


def _ends_another(name: str, above: list[str]) -> bool:
    if name in _ITEMS:
        inner = next((one for one in reversed(above) if one in _ITEMS or one in _LISTS), "")
        return inner in _ITEMS
    if name in _HEADINGS:
        return any(one in _HEADINGS for one in above)
    return name == "a" and "a" in above


def _has_odd_numbers(html: str) -> bool:
    """Whether it refers to characters of which Python and browsers think otherwise."""
    if "&#" not in html:
        return False
    numbers = (int(hexa, 16) if hexa else int(deci) for hexa, deci in _NUMBER.findall(html))
    return any(
        one in (13, 127) or 0xFDD0 <= one <= 0xFDEF or one & 0xFFFE == 0xFFFE for one in numbers
    )
