"""The few words of a text that show why it was found."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from domain.search.phrase import Phrase
from domain.text.terms import spelled, visible

_MOST_PLACES = 200
"""Of each phrase: the best of these stand for all."""
_BEFORE = 24
"""Columns of a sentence's beginning that are shown before the first word that was found."""
_ENDS = "。！？!?；;"
_ENDS_OF_WORDS = (". ", "? ", "! ", "; ")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of an excerpt, in order."""

    text: str
    found: bool
    """These are words that were looked for."""


def excerpt(text: str, phrases: Sequence[Phrase], room: int) -> tuple[Piece, ...]:
    """Return so many columns of the text where most of the phrases stand together.

    Its beginning where it holds none of them. What is left out is marked by an ellipsis.
    """
    shown = " ".join(visible(text).split())
    plain = spelled(shown)
    places = [list(islice(one.places(plain), _MOST_PLACES)) for one in phrases]
    start = _start(shown, places, room)
    end = _end(shown, start, room)
    pieces = _cut(shown, start, end, sorted(place for some in places for place in some))
    before = [] if _begins(shown, start) else [Piece("…", False)]
    behind = [Piece("…", False)] if end < len(shown) else []
    return (*before, *pieces, *behind)


def marked(text: str, phrases: Sequence[Phrase]) -> tuple[Piece, ...]:
    """Return the whole text in one line, with what was found in it."""
    return excerpt(text, phrases, room=2 * len(text) + 2)


def _start(shown: str, places: Sequence[Sequence[tuple[int, int]]], room: int) -> int:
    firsts = sorted(start for some in places for start, _ in some)
    if not firsts:
        return 0

    def together(at: int) -> int:
        reach = at + (room - _BEFORE) // _width(shown[at])
        return sum(any(at <= start and end <= reach for start, end in some) for some in places)

    best = max(firsts, key=lambda at: (together(at), -at))
    return _beginning(shown, best)


def _beginning(shown: str, at: int) -> int:
    """Go back to where a sentence begins, or a word where that is too far."""
    used, start = 0, at
    while used < _BEFORE and not _begins(shown, start):
        start -= 1
        used += _width(shown[start])
    while start < at and shown[start - 1].isascii() and shown[start - 1].isalnum():
        start += 1
    return start + (shown[start] == " ")


def _begins(shown: str, at: int) -> bool:
    before = shown[max(0, at - 2) : at]
    return not before or before.rstrip(" ")[-1:] in _ENDS or before in _ENDS_OF_WORDS


def _end(shown: str, start: int, room: int) -> int:
    used, end = 0, start
    while end < len(shown) and used + _width(shown[end]) <= room:
        used += _width(shown[end])
        end += 1
    if end < len(shown) and shown[end].isascii() and shown[end].isalnum():
        space = shown.rfind(" ", start, end)
        return space if space > start + (end - start) // 2 else end
    return end


def _cut(shown: str, start: int, end: int, places: Iterable[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], start
    for first, last in places:
        begins, ends = max(first, at), min(last, end)
        if begins < ends:
            pieces += [Piece(shown[at:begins], False)] if at < begins else []
            pieces.append(Piece(shown[begins:ends], True))
            at = ends
    if at < end:
        pieces.append(Piece(shown[at:end], False))
    return pieces


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
