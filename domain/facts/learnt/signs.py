"""The signs of a mention: what stands at it, around it and above it, as words that can be weighed.

A sign is a letter for its place and what was seen there. Numbers are read as `#`: which number it
is must tell nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import Final

from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.when import When
from domain.text.fold import fold

Signs = Mapping[str, Collection[str]]
"""What was seen, by the place where. What is seen twice in one place counts once."""

SCALES: Final = {"P": 0.4, "T": 0.4, "A": 0.4, "S": 0.6}
"""How much a sign counts while weights are fitted, by its letter: what stands far off counts less.

P: the sentence before. T: the title. A: the line above. S: the sentence. All others count whole.
"""

_NEAR, _FAR = 3, 8
"""English: words told apart by their distance, and words looked at."""
_CLOSE, _WIDE = 6, 14
"""Chinese: the same in characters."""
_LONGEST_GRAM = 3
_BESIDE = {"en": 100, "zh": 40}
"""Characters on either side of a mention that these are looked for in."""
_MOST = 400
"""Characters of another sentence, of a heading or title that are looked at."""
_MOST_ABOVE = 120

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+(?:[.,]\d+)*|[^\sa-z0-9]")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?<!\d)20[1-4]\d(?!\d)")
_ENDINGS = ("ing", "ed", "es", "s")
_SHORTEST_STEM = 3
_REMEMBERED = 8_192
"""Words whose stems are kept: those that are written again and again."""


def named(signs: Signs) -> list[str]:
    """Return every sign as one word: its place, an equals sign, what was seen."""
    return [f"{place}={one}" for place, seen in signs.items() for one in dict.fromkeys(seen)]


def signs_of_page(page: Page) -> Signs:
    """Return what the title says."""
    return {"T": _bag(page, fold(page.title)[:_MOST])}


def signs_of_sentence(page: Page, sentence: Sentence) -> Signs:
    """Return what a sentence and its surroundings say of every mention in it."""
    start, end, number = sentence
    text = page.folded[start : min(end, start + 2 * _MOST)]
    before = page.sentences_before(sentence, 1)
    said: dict[str, Collection[str]] = {
        "k": (page.blocks[number].kind,),
        "n": (str(min(5, len(_DIGITS.findall(text)))),),
        "S": _bag_of(page, start, end, 2 * _MOST),
        "H": _above(page, number),
    }
    if before:
        said["P"] = _bag_of(page, before[-1].start, before[-1].end)
    elif number:
        line = page.blocks[number - 1]
        said["A"] = _bag_of(page, line.start, line.end, _MOST_ABOVE)
    if page.published:
        years = (int(one) - page.published.year for one in _YEAR.findall(text))
        said["y"] = ["+" if one > 0 else "-" if one else "0" for one in years]
    return said


def _above(page: Page, number: int) -> list[str]:
    """What the headings of a block and its own label say."""
    start, end = page.blocks[number].label
    seen = list(_bag_of(page, start, end, end - start))
    for heading in page.outline[number][:2]:
        seen += _bag_of(page, page.blocks[heading].start, page.blocks[heading].end)
    return seen


def signs_of_quantity(page: Page, sentence: Sentence, quantity: Quantity) -> Signs:
    """Return what a number, its unit and the words next to it say."""
    per = quantity.per
    return {
        "u": (quantity.unit,),
        "c": (f"{quantity.kind} {quantity.comparator}",),
        "m": (f"{quantity.unit}{len(str(abs(int(quantity.value))))}",),
        "w": (str(quantity.written),),
        "h": ("range",) if quantity.high is not None else (),
        "p": ("", " ".join(per[:12].lower().split())) if per else (),
        "o": _bag(page, quantity.counter.lower()) if quantity.counter else (),
        **_beside(page, sentence, quantity.number_start, quantity.end),
        **_neighbours(page, sentence, quantity),
    }


def signs_of_time(page: Page, sentence: Sentence, when: When) -> Signs:
    """Return what a date, how far off it is, and the words next to it say."""
    words = " ".join(_DIGITS.sub("#", page.folded[when.start : when.end]).lower().split())
    said: dict[str, Collection[str]] = {
        "q": (when.precision, when.part, *(("clock",) if when.clock else ())),
        "x": (words[:12], words[-6:]),
        **_beside(page, sentence, when.start, when.end),
    }
    if page.published:
        said["d"] = (_distance((when.first - page.published).days),)
    return said


_STEPS = (
    (-400, "long ago"),
    (-40, "months ago"),
    (-7, "weeks ago"),
    (-1, "days ago"),
    (0, "today"),
    (7, "days"),
    (60, "weeks"),
    (400, "months"),
)


def _distance(days: int) -> str:
    return next((name for most, name in _STEPS if days <= most), "years")


def _neighbours(page: Page, sentence: Sentence, quantity: Quantity) -> Signs:
    """What the numbers before and behind it in the sentence are."""
    starts = page.starts.quantities
    at = bisect_left(starts, quantity.number_start)
    if at == len(starts) or starts[at] != quantity.number_start:
        return {}
    before = at > 0 and starts[at - 1] >= sentence.start
    behind = at + 1 < len(starts) and starts[at + 1] < sentence.end
    return {
        "b": _neighbour(quantity, page.quantities[at - 1] if before else None),
        "a": _neighbour(quantity, page.quantities[at + 1] if behind else None),
    }


def _neighbour(quantity: Quantity, other: Quantity | None) -> tuple[str, ...]:
    if other is None:
        return ("",)
    same = other.unit == quantity.unit
    return (other.unit, f"same {other.comparator}") if same else (other.unit,)


def _beside(page: Page, sentence: Sentence, start: int, end: int) -> Signs:
    most = _BESIDE[page.language]
    left = page.folded[max(sentence.start, start - most) : start]
    right = page.folded[end : max(end, min(sentence.end, end + most))]
    if page.language == "en":
        return _beside_words(_words(left)[::-1], _words(right))
    return _beside_characters(_characters(left), _characters(right))


def _beside_words(left: list[str], right: list[str]) -> Signs:
    said: dict[str, list[str]] = {}
    for side, words in (("l", left[:_FAR]), ("r", right[:_FAR])):
        said[side] = words
        for at, word in enumerate(words[:_NEAR]):
            said[f"{side}{at}"] = [word]
        said.setdefault(f"{side}2", []).extend([f"{one}_{two}" for one, two in pairwise(words)])
    return said


def _beside_characters(left: str, right: str) -> Signs:
    """Grams of one to three characters: those at the mention, the close ones, the others."""
    behind = _grams(right[: _WIDE + _LONGEST_GRAM - 1])
    before = [run[::-1] for run in _grams(left[-(_WIDE + _LONGEST_GRAM - 1) :])]
    said: dict[str, list[str]] = {}
    for side, grams in (("l", before), ("r", behind)):
        for distance, first, last in (("0", 0, 1), ("n", 1, _CLOSE), ("m", _CLOSE, _WIDE)):
            ones, twos, threes = grams
            said[side + distance] = ones[first:last] + twos[first:last] + threes[first:last]
    return said


def _grams(run: str) -> tuple[list[str], list[str], list[str]]:
    """The characters of a run, its pairs and its triples, by where they begin."""
    pairs = list(map(add, run, run[1:]))
    return list(run), pairs, list(map(add, pairs, run[2:]))


def _bag_of(page: Page, start: int, end: int, most: int = _MOST) -> Collection[str]:
    """The bag of a stretch of the text: one sentence is looked at from several others."""
    end = min(end, start + most)
    key = ("bag", start, end)
    if key not in page.told:
        page.told[key] = _bag(page, page.folded[start:end])
    found: Collection[str] = page.told[key]
    return found


def _bag(page: Page, text: str) -> Collection[str]:
    """The stems of an English text, the pairs of characters of a Chinese one."""
    if page.language == "en":
        return _words(text)
    run = _characters(text)
    return list(map(add, run, run[1:]))


def _words(text: str) -> list[str]:
    return list(map(_stem, _WORD.findall(text.lower())))


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    if word[0].isdigit():
        return "#"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _characters(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))
