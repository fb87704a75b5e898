"""Where in a text which patterns can match at all: every stem of theirs, looked up in one pass."""

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

_ODD = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})
"""Letters that a search without regard to capitals takes for others, and `lower` does not."""


class _Spots(NamedTuple):
    """Where stems of one family begin, in order, and which pattern each belongs to."""

    at: list[int]
    pattern: list[int]


_NO_SPOTS = _Spots([], [])


class Sieve:
    """The stems of many families of patterns."""

    def __init__(self) -> None:
        self._owners: dict[str, list[tuple[int, int]]] = {}
        self._families = 0
        self._built: tuple[AhoCorasick, list[list[tuple[int, int]]]] | None = None
        self._spots = lru_cache(maxsize=_TEXTS)(self._found)

    def join(self, family: list[frozenset[str]]) -> int:
        """Take the stems of some patterns in; return the number of the family."""
        for number, held in enumerate(family):
            for stem in held:
                self._owners.setdefault(stem, []).append((self._families, number))
        self._families += 1
        self._built = None
        self._spots.cache_clear()
        return self._families - 1

    def possible(self, family: int, text: str, start: int, end: int) -> list[int]:
        """Return which patterns of a family can match within [start, end), in their order."""
        at, patterns = self._spots(text).get(family, _NO_SPOTS)
        first = bisect_left(at, start)
        last = bisect_left(at, end, first)
        if last - first < 2:
            return patterns[first:last]
        return sorted(set(patterns[first:last]))

    def has(self, family: int, text: str, start: int, end: int) -> bool:
        """Tell whether any pattern of a family can match within [start, end)."""
        spots = self._spots(text).get(family)
        if spots is None:
            return False
        first = bisect_left(spots.at, start)
        return first < len(spots.at) and spots.at[first] < end

    def _build(self) -> tuple[AhoCorasick, list[list[tuple[int, int]]]]:
        matcher = AhoCorasick(tuple(self._owners), matchkind=MatchKind.Standard)
        self._built = (matcher, list(self._owners.values()))
        return self._built

    def _found(self, text: str) -> dict[int, _Spots]:
        found: dict[int, _Spots] = {}
        matcher, owners = self._built or self._build()
        for stem, start, _ in matcher.find_matches_as_indexes(_lowered(text), True):
            for family, pattern in owners[stem]:
                spots = found.get(family)
                if spots is None:
                    spots = found[family] = _Spots([], [])
                spots.at.append(start)
                spots.pattern.append(pattern)
        return {family: _sorted(spots) for family, spots in found.items()}


_TEXTS = 8
"""Texts whose spots are kept: the article at hand and its title."""


def _sorted(spots: _Spots) -> _Spots:
    """Matches come by their ends."""
    order = sorted(range(len(spots.at)), key=spots.at.__getitem__)
    return _Spots([spots.at[n] for n in order], [spots.pattern[n] for n in order])


def _lowered(text: str) -> str:
    plain = text if text.isascii() else text.translate(_ODD) if _has_odd(text) else text
    lowered = plain.lower()
    if len(lowered) == len(text):
        return lowered
    # A few capital letters grow when lowered, and the offsets with them.
    return "".join(character.lower()[:1] or character for character in plain)


def _has_odd(text: str) -> bool:
    return "ſ" in text or "ı" in text or "İ" in text


SIEVE = Sieve()
"""The one that all lexicons share."""
