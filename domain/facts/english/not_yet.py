"""What is measured of a thing that is not there yet."""

import re

from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules


def is_not_yet(
    page: Page, sentence: Sentence, quantity: Quantity, words: list[Word], at: int
) -> bool:
    """Return whether a number is of a thing only designed, or of ground not built on yet."""
    unbuilt = quantity.kind == "area" and _is_unbuilt(page, sentence)
    return unbuilt or _is_on_paper(words, at)


def _is_unbuilt(page: Page, sentence: Sentence) -> bool:
    """ "spread over 420 mu, the park is to open in 2027"."""
    areas = [q for q in page.quantities_in(sentence.start, sentence.end) if q.kind == "area"]
    if page.published is None or len(areas) > 1:
        return False
    for hit in rules("events", "en").hits(page.folded, sentence.start, sentence.end):
        if hit.rule.meaning not in _BUILDING:
            continue
        behind = page.times_in(hit.end, min(sentence.end, hit.end + _SOON_BEHIND))
        lead = page.folded[max(sentence.start, hit.start - _SOON_BEHIND) : hit.end]
        if behind and behind[0].first > page.published and _TO_BE.search(lead):
            return True
    return False


_BUILDING = ("completed", "in_operation")
_SOON_BEHIND = 40
_TO_BE = re.compile(r"\b(?:to|will|should|would|due|scheduled|slated|expected)\b")
_ON_PAPER = frozenset(("planned", "designed", "proposed", "projected"))


def _is_on_paper(words: list[Word], at: int) -> bool:
    """ "a designed capacity of", "a planned 3 billion"."""
    for word in reversed(words[max(0, at - 5) : at]):
        if word.tag in ("noun", "part") and word.text in _ON_PAPER:
            return True
        if word.tag not in ("noun", "det") and word.text != "of":
            return False
    return False
