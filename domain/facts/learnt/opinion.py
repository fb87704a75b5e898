"""What a mention is by its signs: how likely each class is."""

import math
from collections.abc import Mapping

from domain.facts.learnt.signs import (
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


def _of(page: Page, sentence: Sentence, subject: Subject, signs: list[str]) -> Opinion:
    known = weights(subject, page.language)
    parts = (known.base, known.sum(signs), _around(page, sentence, subject, known))
    scores = [sum(one) for one in zip(*parts, strict=True)]
    return dict(zip(known.classes, _likely(scores), strict=True))


def _around(page: Page, sentence: Sentence, subject: Subject, known: Weights) -> list[float]:
    """What the sentence and the title say, which is asked for by every mention in it."""
    key = (f"learnt {subject}", sentence.start, sentence.end)
    if key not in page.told:
        whole = (f"learnt {subject}", -1, -1)
        if whole not in page.told:
            page.told[whole] = known.sum(signs_of_page(page))
        own = known.sum(signs_of_sentence(page, sentence))
        page.told[key] = [a + b for a, b in zip(page.told[whole], own, strict=True)]
    found: list[float] = page.told[key]
    return found


def _likely(scores: list[float]) -> list[float]:
    highest = max(scores)
    norm = highest + math.log(sum(math.exp(one - highest) for one in scores))
    return [one - norm for one in scores]
