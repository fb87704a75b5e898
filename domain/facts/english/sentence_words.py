"""The tagged words of a sentence, asked for once."""

from collections.abc import Callable
from typing import TypeVar

from domain.facts.english.grammar import parse
from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity


def words_of(page: Page, sentence: Sentence) -> list[Word]:
    """Return the words of a sentence, tagged once."""
    key = (sentence.start, sentence.end)
    if key not in page.parsed:
        page.parsed[key] = parse(page, sentence.start, sentence.end)
    return page.parsed[key]


_Found = TypeVar("_Found")


def once(page: Page, name: str, start: int, end: int, find: Callable[[], _Found]) -> _Found:
    """Return what `find` finds in [start, end), and find it once: a sentence has many numbers."""
    key = (name, start, end)
    if key not in page.told:
        page.told[key] = find()
    found: _Found = page.told[key]
    return found


def place_of(words: list[Word], quantity: Quantity) -> int | None:
    """Return which word a quantity is."""
    for at, word in enumerate(words):
        if word.start <= quantity.number_start < word.end:
            return at
    return None
