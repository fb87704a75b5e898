"""feedparser, asked so that an entry it stumbles over costs itself and not its feed."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax import SAXParseException

from sources import quick
from sources.errors import ParseError
from sources.guard import xml
from sources.memory import Slice, Unread

Raw = dict[str, Any]
"""An entry as feedparser has it, without the aliases that feedparser's own class adds."""

_BROKEN = "The feed is so damaged that nothing could be read."
_NOT_A_FEED = "This is not a feed: neither RSS nor Atom is in it."


class _Stumbled(Exception):
    """feedparser let through what its own code ran into."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A feed as feedparser has it."""

    about: Raw
    entries: tuple[Raw | None, ...]
    """In their order; None for one that cannot be read."""
    version: str = ""
    damage: str = ""
    """Where its markup is damaged, in plain words; empty where it is not."""

    @property
    def lost(self) -> int:
        """How many entries cannot be read."""
        return self.entries.count(None)


def understand(feed: Unread, url: str) -> Understood:
    """Parse what is unread of a feed.

    Raises:
        ParseError: It is not a feed, or nothing of it could be read.
    """
    try:
        found = _quickly(feed) or _parse(feed.text)
    except _Stumbled as error:
        found = _without_the_culprits(feed, url, error)
    if not found.entries and not found.version:
        raise ParseError(url, _NOT_A_FEED, code="not_a_feed")
    return found


def _quickly(feed: Unread) -> Understood | None:
    """Leave to feedparser what is around the entries, and those that are not of the plain forms.

    None where that would not do, or would not be quicker.
    """
    if not feed.slices:
        return None
    about = _parse(feed.only(()))
    if about.entries or about.damage:
        return None
    plain = quick.entries(feed.text, len(feed.slices), about.version)
    if plain is None or plain.count(None) * 2 > len(plain):
        return None
    others = [one for one, raw in zip(feed.slices, plain, strict=True) if raw is None]
    read = _each(feed, others) if others else []
    if len(read) != len(others):
        return None
    rest = iter(read)
    return replace(about, entries=tuple(next(rest) if raw is None else raw for raw in plain))


def _without_the_culprits(feed: Unread, url: str, error: _Stumbled) -> Understood:
    try:
        about = _parse(feed.only(()))
    except _Stumbled:
        raise ParseError(url, _BROKEN, code="broken") from error
    found = Understood(about.about, tuple(_each(feed, feed.slices)), about.version)
    if found.lost == len(found.entries):
        raise ParseError(url, _BROKEN, code="broken") from error
    return found


def _each(feed: Unread, slices: Sequence[Slice]) -> list[Raw | None]:
    """Halve what feedparser stumbles over until only the culprits are left."""
    try:
        return list(_parse(feed.only(slices)).entries)
    except _Stumbled:
        if len(slices) <= 1:
            return [None] * len(slices)
    half = len(slices) // 2
    return [*_each(feed, slices[:half]), *_each(feed, slices[half:])]


def _parse(text: str) -> Understood:
    # Imported here: the bot's own process knows this function but never needs the parser.
    import feedparser

    feedparser.api.PREFERRED_XML_PARSERS = []  # the standard library's, whatever is installed
    try:
        found = feedparser.parse(
            io.BytesIO(xml(text)),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception as error:
        raise _Stumbled from error
    entries = tuple(dict(raw) for raw in found["entries"])
    return Understood(dict(found["feed"]), entries, found.get("version", ""), _damage(found))


def _damage(found: Mapping[str, Any]) -> str:
    error = found.get("bozo_exception")
    if not isinstance(error, SAXParseException) or "undefined entity" in str(error):
        return ""
    return f"The feed is damaged near line {error.getLineNumber() or 1}"
