"""What a mention is by its signs: how likely each class is."""

import math
from collections.abc import Mapping

from domain.facts.learnt.signs import (
    Signs,
    signs_of_page,
    signs_of_quantity,
    signs_of_sentence,
    signs_of_time,
)
from domain.facts.learnt.weights import Subject, Weights, weights
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.when import When

Opinion = Mapping[str, float]
"""For each class the logarithm of how likely it is; the classes are those of `docs/facts.md`."""


def of_quantity(page: Page, quantity: Quantity, subject: Subject = "numbers") -> Opinion | None:
    """Return what a number may be, or None where it stands in no sentence."""
    sentence = page.sentence_at(quantity.number_start)
    if sentence is None:
        return None
    signs = signs_of_quantity(page, sentence, quantity)
    return _of(page, sentence, subject, signs)


def of_day(page: Page, when: When, subject: Subject = "days") -> Opinion | None:
    """Return what may happen on a day, or None where it stands in no sentence."""
    sentence = page.sentence_at(when.start)
    if sentence is None:
        return None
    return _of(page, sentence, subject, signs_of_time(page, sentence, when))


def _of(page: Page, sentence: Sentence, subject: Subject, signs: Signs) -> Opinion:
    known = weights(subject, page.language)
    row = known.base + known.sum(signs) + _around(page, sentence, subject, known)
    return dict(zip(known.classes, _likely(known.scores(row)), strict=True))


def _around(page: Page, sentence: Sentence, subject: Subject, known: Weights) -> int:
    """What the sentence and the title say, which is asked for by every mention in it."""
    key = (f"learnt {subject}", sentence.start, sentence.end)
    if key not in page.told:
        page.told[key] = _titled(page, subject, known) + known.sum(_seen(page, sentence))
    found: int = page.told[key]
    return found


def _titled(page: Page, subject: Subject, known: Weights) -> int:
    key = (f"learnt {subject}", -1, -1)
    if key not in page.told:
        page.told[key] = known.sum(signs_of_page(page))
    found: int = page.told[key]
    return found


def _seen(page: Page, sentence: Sentence) -> Signs:
    """The signs of a sentence, which are weighed for each subject."""
    key = ("learnt signs", sentence.start, sentence.end)
    if key not in page.told:
        page.told[key] = signs_of_sentence(page, sentence)
    found: Signs = page.told[key]
    return found


def _likely(scores: list[float]) -> list[float]:
    highest = max(scores)
    norm = highest + math.log(sum(math.exp(one - highest) for one in scores))
    return [one - norm for one in scores]
