"""The noun behind an English number: "of training data", "a 2-billion-yuan fund"."""

import re

from domain.facts.english.phrases import (
    shown,
)
from domain.facts.english.tags import Word
from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.facts.rules import words as listed_words

WEAK = listed_words("en", "weak_nouns")
COMPARED = listed_words("en", "comparatives")


_BEHIND = ("of", "in", "into", "for", "on")


_OF_WHAT = {
    "percent": ("of",),
    "money": ("into", "in", "for", "on", "of"),
    "compute": ("of",),
    "bytes": ("of",),
    "area": ("of",),
    "times": (),
    "duration": (),
    "count": ("of",),
}


def noun_behind(page: Page, words: list[Word], at: int, quantity: Quantity) -> tuple[str, int]:
    """The noun behind the number: "of training data", "in revenue", "a 2-billion-yuan | fund"."""
    here = at + 1
    if here < len(words) and words[here].text == "(":
        ends = (n for n in range(here, min(len(words), here + 12)) if words[n].text == ")")
        here = next(ends, at) + 1
    if here >= len(words):
        return "", quantity.end
    if words[here].text in COMPARED:
        more = here + 1
        named = words[here].text in _DEGREES and more < len(words) and words[more].tag == "noun"
        named = named and quantity.kind == "percent" and words[more].text not in COMPARED
        return _nouns(page, words, more, quantity) if named else ("", quantity.end)
    if quantity.kind == "count" and words[here].text in ("were", "are"):
        complement = all(word.tag in ("noun", "det") for word in words[here + 1 : here + 3])
        return _nouns(page, words, here + 1, quantity) if complement else ("", quantity.end)
    if _is_attributive(page, words, at, here, quantity):
        return _nouns(page, words, here, quantity)
    if words[here].text == "worth" and here + 1 < len(words) and words[here + 1].text == "of":
        return _nouns(page, words, here + 2, quantity)
    if quantity.kind == "money" and words[here].text in ("is", "are", "was", "were"):
        led = here + 1 < len(words) and words[here + 1].text == "for"
        return _nouns(page, words, here + 2, quantity) if led else ("", quantity.end)
    if words[here].text == ":" and at <= 1:
        return _nouns(page, words, here + 1, quantity)
    if here < len(words) and words[here].text in _OF_WHAT[quantity.kind]:
        return _nouns(page, words, here + 1, quantity)
    return "", quantity.end


_DEGREES = frozenset(("less", "more", "fewer", "higher", "lower", "cheaper", "faster"))
""" "22 percent less | water"."""


def _is_attributive(page: Page, words: list[Word], at: int, here: int, quantity: Quantity) -> bool:
    """ "A 10-billion-yuan fund", "the 8.6 billion yuan project": an adjective before its noun."""
    if quantity.kind == "count" or words[here].tag != "noun":
        return False
    hyphened = re.search(r"\d-[a-z]", page.folded[quantity.number_start : quantity.end])
    led = at > 0 and words[at - 1].tag == "det"
    return bool(hyphened) or (led and quantity.kind != "percent") or quantity.kind == "percent"


def _nouns(page: Page, words: list[Word], first: int, quantity: Quantity) -> tuple[str, int]:
    last = first
    while (
        last < len(words)
        and last - first < 8
        and words[last].tag in ("noun", "det", "number", "part")
    ):
        if words[last].text == "'" or (words[last].tag == "number" and last > first):
            break
        last += 1
    if last >= len(words) or words[last].text != "of" or last == first:
        pass
    else:
        more = last + 1
        while more < len(words) and more - last < 6 and words[more].tag in ("noun", "det"):
            more += 1
        last = more
    text = shown(page.text, words, first, last)
    if not text or words[first].tag == "time" or names_nothing(words, first, last):
        return "", quantity.end
    return text, words[last - 1].end


def names_nothing(words: list[Word], first: int, last: int) -> bool:
    """Whether a phrase holds only words such as "it" and "the number"."""
    plain = [word.text for word in words[first:last] if word.tag not in ("det", "adv")]
    return not plain or all(word in WEAK for word in plain)
