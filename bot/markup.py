"""Telegram HTML that always parses, whatever the words in it."""

import re
from html import escape as _escape
from html import unescape
from typing import NamedTuple

from bot.safe_text import defuse, web_address

UNITS = 4000
"""What we fill of Telegram's 4096 UTF-16 units: whatever the server counts, it fits."""
ENTITIES = 90
"""Of the 100 beyond which Telegram drops them silently."""
MARKUP = 8000
"""Bytes of markup; Telegram refuses a message at about 9,500 ("entities too long")."""

LONGEST_TARGET = 1500
"""Bytes of a link's address; a few longer ones burst a message's markup."""

_TAG = re.compile(r"<[^>]*>")


class Html(str):
    """A piece of Telegram HTML, each of its tags closed."""

    __slots__ = ()


NOTHING = Html()


class Size(NamedTuple):
    """How much of Telegram's limits a piece of HTML takes."""

    units: int
    """UTF-16 units of the text once its entities are parsed."""
    entities: int
    markup: int
    """Bytes of the tags."""

    def within(self, room: "Size") -> bool:
        """Tell whether it fits into so much room."""
        return all(mine <= limit for mine, limit in zip(self, room, strict=True))

    @property
    def fits(self) -> bool:
        """Whether one message can hold it."""
        return self.within(MESSAGE)

    def __add__(self, other: object) -> "Size":
        """Add two sizes up."""
        if not isinstance(other, Size):
            return NotImplemented
        return Size(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def __sub__(self, other: "Size") -> "Size":
        """Return the room that is left."""
        return Size(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))

    def least(self, other: "Size") -> "Size":
        """Return the smaller of two rooms, in each respect."""
        return Size(*map(min, self, other))


MESSAGE = Size(UNITS, ENTITIES, MARKUP)
CAPTION = Size(1000, ENTITIES, MARKUP)
"""Of the 1024 units that Telegram takes below a picture."""


def escape(text: str) -> Html:
    """Turn any text from outside into HTML: cleaned, defused, escaped."""
    return Html(_escape(defuse(text), quote=False))


def own(text: str) -> Html:
    """Escape words of our own, in which a command is meant to be one."""
    return Html(_escape(text, quote=False))


def bold(text: str | Html) -> Html:
    """Make it bold."""
    return _wrap("b", text)


def italic(text: str | Html) -> Html:
    """Make it italic."""
    return _wrap("i", text)


def code(text: str | Html) -> Html:
    """Make it something to copy with a tap."""
    return _wrap("code", text)


def link(text: str | Html, url: str) -> Html:
    """Link to a web address; what is no usable http(s) address stays plain text."""
    shown, target = _html(text), _escape(web_address(url), quote=True)
    if not target or not shown.strip() or len(target.encode()) > LONGEST_TARGET:
        return shown
    return Html(f'<a href="{target}">{shown}</a>')


def moment(text: str, unix: int) -> Html:
    """Write a moment as it is said; a tap shows it on the reader's own clock.

    A client that knows no such thing shows the text.
    """
    return Html(f'<tg-time unix="{unix}">{escape(text)}</tg-time>')


def folded(text: str | Html) -> Html:
    """Put it into a quote that a tap unfolds."""
    return Html(f"<blockquote expandable>{_html(text)}</blockquote>")


def join(glue: str, *parts: str | Html) -> Html:
    """Join the parts that are not empty."""
    return Html(_html(Html(glue)).join(_html(part) for part in parts if part))


def lines(*parts: str | Html) -> Html:
    """Put each part that is not empty on its own line."""
    return join("\n", *parts)


def size(html: str) -> Size:
    """Measure as Telegram does: the text after its entities are parsed, in UTF-16 units."""
    tags = _TAG.findall(html)
    opened = sum(not tag.startswith("</") for tag in tags)
    markup = sum(len(tag.encode()) for tag in tags)
    return Size(len(text_of(html).encode("utf-16-le")) // 2, opened, markup)


def text_of(html: str) -> str:
    """Return what a reader sees, without any markup."""
    return unescape(_TAG.sub("", html))


def _wrap(tag: str, text: str | Html) -> Html:
    shown = _html(text)
    return Html(f"<{tag}>{shown}</{tag}>") if shown.strip() else shown


def _html(text: str | Html) -> Html:
    return text if isinstance(text, Html) else escape(text)
