"""What a sentence is about where nothing near a number names it."""

import re

from domain.facts.english.measured import said_of
from domain.facts.english.phrases import (
    shown,
)
from domain.facts.english.sentence_words import words_of
from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.sections import headings


def spoken_of(page: Page, sentence: Sentence, words: list[Word], at: int) -> str:
    """Where nothing near names it: what the sentence or the one before is about."""
    verb = next((n for n, word in enumerate(words) if word.tag in ("verb", "aux")), None)
    own = said_of(page, words, verb) if verb is not None else ""
    if own:
        return own
    rest = _rest(page, words, at)
    if verb is None and rest:
        return rest
    for earlier in reversed(page.sentences_before(sentence, _LOOK_BACK)):
        found = _topic(page, earlier)
        if found:
            return found
    above = headings(page, sentence)
    return rest or (above[0] if above else "")


def _rest(page: Page, words: list[Word], at: int) -> str:
    """What follows a number to the next mark: "1.17 billion | from the municipal budget"."""
    last = at + 1
    while last < len(words) and last - at < _LONGEST_REST and words[last].tag != "mark":
        last += 1
    telling = any(word.tag == "noun" for word in words[at + 1 : last])
    return shown(page.text, words, at + 1, last) if telling else ""


_LONGEST_REST = 9


def done_with_it(page: Page, words: list[Word], at: int) -> str:
    """ "RMB 88 million was redeemed by": a sum that is the subject is what was done with it."""
    here = at + 1
    if here >= len(words) or words[here].tag != "aux":
        return ""
    while here < len(words) and words[here].tag in ("aux", "adv", "not"):
        here += 1
    if here >= len(words) or words[here].tag != "verb":
        return ""
    last = here + 1
    while (
        last < len(words) and last - here < 8 and words[last].tag in ("prep", "to", "det", "noun")
    ):
        last += 1
    return page.text[words[here].start : words[last - 1].end]


_LOOK_BACK = 3
"""Sentences before one whose subject is a pronoun."""


def _topic(page: Page, sentence: Sentence) -> str:
    """What a sentence is about: the subject of its first verb."""
    words = words_of(page, sentence)
    verb = next((n for n, word in enumerate(words) if word.tag in ("verb", "aux")), None)
    if _ADDRESS.match(page.folded, sentence.start):
        return ""
    counted = [one.counter for one in page.quantities_in(sentence.start, sentence.end)]
    said = said_of(page, words, verb) if verb is not None else ""
    said = said or next((one for one in reversed(counted) if one), "")
    named = [] if said else _NAME.findall(page.text[sentence.start : sentence.end])
    return said or (named[-1] if named else "")


_ADDRESS = re.compile(r"(?:Dear|Distinguished|Ladies|Fellow|Friends|Colleagues)\b")
_NAME = re.compile(r"(?:[A-Z][\w'-]+\s){1,6}[A-Z][\w'-]+")
