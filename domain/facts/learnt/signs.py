"""The signs of a mention: what stands at it, around it and above it, as words that can be weighed.

A sign is a letter for its place, an equals sign and what was seen. Numbers are read as `#`: which
number it is must tell nothing.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.when import When
from domain.text.fold import fold

SCALES: Final = {"P": 0.4, "T": 0.4, "A": 0.4, "S": 0.6}
"""How much a sign counts while weights are fitted, by its letter: what stands far off counts less.

P: the sentence before. T: the title. A: the line above. S: the sentence. All others count whole.
"""

_NEAR, _FAR = 3, 8
"""English: words told apart by their distance, and words looked at."""
_CLOSE, _WIDE = 6, 14
"""Chinese: the same in characters."""
_MOST = 400
"""Characters of a sentence that are looked at on either side of a mention."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+(?:[.,]\d+)*|[^\sa-z0-9]")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?<!\d)20[1-4]\d(?!\d)")
_ENDINGS = ("ing", "ed", "es", "s")
_SHORTEST_STEM = 3


def signs_of_page(page: Page) -> list[str]:
    """Return what the title says."""
    return [f"T={one}" for one in _bag(page, fold(page.title)[:_MOST])]


def signs_of_sentence(page: Page, sentence: Sentence) -> list[str]:
    """Return what a sentence and its surroundings say of every mention in it."""
    block = page.block_of(sentence)
    text = page.folded[sentence.start : min(sentence.end, sentence.start + 2 * _MOST)]
    before = page.sentences_before(sentence, 1)
    said = [f"k={block.kind}", f"n={min(5, len(_DIGITS.findall(text)))}"]
    said += [f"S={one}" for one in _bag(page, text)]
    if before:
        said += [f"P={one}" for one in _bag(page, _cut(page, before[-1].start, before[-1].end))]
    elif sentence.block:
        above = page.blocks[sentence.block - 1]
        said += [f"A={one}" for one in _bag(page, _cut(page, above.start, above.end)[:120])]
    for heading in page.outline[sentence.block][:2]:
        over = page.blocks[heading]
        said += [f"H={one}" for one in _bag(page, _cut(page, over.start, over.end))]
    said += [f"H={one}" for one in _bag(page, page.folded[slice(*block.label)])]
    if page.published:
        years = (int(one) - page.published.year for one in _YEAR.findall(text))
        said += [f"y={'+' if one > 0 else '-' if one else '0'}" for one in years]
    return list(dict.fromkeys(said))


def signs_of_quantity(page: Page, sentence: Sentence, quantity: Quantity) -> list[str]:
    """Return what a number, its unit and the words next to it say."""
    comparator = quantity.comparator
    said = [
        f"u={quantity.unit}",
        f"c={quantity.kind} {comparator}",
        f"m={quantity.unit}{len(str(abs(int(quantity.value))))}",
        f"w={quantity.written}",
    ]
    if quantity.high is not None:
        said.append("h=range")
    if quantity.per:
        said += ["p=", f"p={' '.join(quantity.per[:12].lower().split())}"]
    said += [f"o={one}" for one in _bag(page, quantity.counter.lower())]
    said += _beside(page, sentence, quantity.number_start, quantity.end)
    said += _neighbours(page, sentence, quantity)
    return list(dict.fromkeys(said))


def signs_of_time(page: Page, sentence: Sentence, when: When) -> list[str]:
    """Return what a date, how far off it is, and the words next to it say."""
    words = " ".join(_DIGITS.sub("#", page.folded[when.start : when.end]).lower().split())
    said = [f"q={when.precision}", f"q={when.part}", f"x={words[:12]}", f"x={words[-6:]}"]
    if when.clock:
        said.append("q=clock")
    if page.published:
        said.append(f"d={_distance((when.first - page.published).days)}")
    said += _beside(page, sentence, when.start, when.end)
    return list(dict.fromkeys(said))


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


def _neighbours(page: Page, sentence: Sentence, quantity: Quantity) -> Iterator[str]:
    """What the numbers before and behind it are, and what stands between."""
    found = page.quantities_in(sentence.start, sentence.end)
    at = next((i for i, one in enumerate(found) if one.number_start == quantity.number_start), None)
    if at is None:
        return
    for step, name in ((-1, "b"), (1, "a")):
        other = found[at + step] if 0 <= at + step < len(found) else None
        yield f"{name}={other.unit if other else ''}"
        if other and other.unit == quantity.unit:
            yield f"{name}=same {other.comparator}"


def _beside(page: Page, sentence: Sentence, start: int, end: int) -> list[str]:
    left = page.folded[max(sentence.start, start - _MOST) : start]
    right = page.folded[end : max(end, min(sentence.end, end + _MOST))]
    if page.language == "en":
        return _beside_words(_words(left[-100:]), _words(right[:100]))
    return _beside_characters(_characters(left[-40:]), _characters(right[:40]))


def _beside_words(left: list[str], right: list[str]) -> list[str]:
    said: list[str] = []
    for side, words in (("l", left[::-1]), ("r", right)):
        said += [f"{side}{at}={word}" for at, word in enumerate(words[:_NEAR])]
        said += [f"{side}={word}" for word in words[:_FAR]]
        said += [f"{side}2={one}_{two}" for one, two in pairwise(words[:_FAR])]
    return said


def _beside_characters(left: str, right: str) -> list[str]:
    said: list[str] = []
    for size in (1, 2, 3):
        for at in range(min(_WIDE, len(left) - size + 1)):
            gram = left[len(left) - at - size : len(left) - at]
            said.append(f"l{'0' if at == 0 else 'n' if at < _CLOSE else 'm'}={gram}")
        for at in range(min(_WIDE, len(right) - size + 1)):
            gram = right[at : at + size]
            said.append(f"r{'0' if at == 0 else 'n' if at < _CLOSE else 'm'}={gram}")
    return said


def _cut(page: Page, start: int, end: int) -> str:
    return page.folded[start : min(end, start + _MOST)]


def _bag(page: Page, text: str) -> list[str]:
    """The stems of an English text, the pairs of characters of a Chinese one."""
    if page.language == "en":
        return _words(text)
    run = _characters(text)
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _words(text: str) -> list[str]:
    return ["#" if one[0].isdigit() else _stem(one) for one in _WORD.findall(text.lower())]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _characters(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))
