"""Words that news has in both languages, met in one pass: what two articles speak of alike."""

import math
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from domain.text.fold import fold


class Word(NamedTuple):
    """A word as it stands in a text, by the key of its meaning."""

    start: int
    key: str


def words(folded: str) -> Iterator[Word]:
    """Yield what a folded text speaks of: `c:` keys, and `e:` keys of the gazetteer's things."""
    matcher, patterns, keys = _matcher()
    lowered = folded.lower()
    for pattern, start, _ in matcher.find_matches_as_indexes(lowered):
        before = lowered[start - 1 : start]
        if patterns[pattern].isascii() and before.isascii() and before.isalnum():
            continue
        for key in keys[pattern]:
            yield Word(start, key)


def telling(key: str) -> float:
    """Return how much it says that two articles share a word: 0 to 1.6, less the commoner it is."""
    return _weights()[key]


# A hundredth part says 1.6, a tenth 0.8, half of all 0.24 (chosen with the other weights of
# domain/signature.py on the odd stories of the development file).
_SCALE = 0.35


@cache
def _weights() -> dict[str, float]:
    return {
        f"c:{name}": _SCALE * math.log(100 / entry[2])
        for group in ("happens", "things", "actors")
        for name, entry in _table()[group].items()
    }


@cache
def _table() -> dict[str, dict[str, tuple[str, str, float]]]:
    return tomllib.loads(files("domain").joinpath("vocabulary.toml").read_text("utf-8"))


@cache
def _matcher() -> tuple[AhoCorasick, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    found: dict[str, list[str]] = {}
    for group, entries in _table().items():
        prefix = "e" if group == "places" else "c"
        for name, (chinese, english, *_) in entries.items():
            for written in (*chinese.split("|"), *english.split("|")):
                found.setdefault(fold(written).lower(), []).append(f"{prefix}:{name}")
    matcher = AhoCorasick(tuple(found), matchkind=MatchKind.LeftmostLongest)
    return matcher, tuple(found), tuple(map(tuple, found.values()))
