"""Whose estimate an English number is: an analyst's, a broker's, of somebody with a name."""

import re

from domain.facts.english.phrases import subject_of, verb_before
from domain.facts.english.sentence_words import once
from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.rules import words as listed
from domain.text.sought import Sought

_GUESSING = listed("en", "guessing_verbs")


_ANALYST = Sought(
    r"\b(?:analysts?|Securities|in a (?:\w+ )?note|brokers?|brokerages?|consultanc(?:y|ies)"
    r"|consulting|consultants?|think[- ]tanks?|market researchers|rating agenc(?:y|ies)"
    r"|research (?:firm|house|note)|report by"
    r"|forecasts?|BMI|Fitch|IDC|Gartner|CCID|economists?|we (?:see|expect|forecast|estimate|model)"
    r"|our (?:numbers|estimate|forecast|model|view)|in our|estimates?)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\b(?:Securities|[Rr]esearch note|[Ss]ector note|Rating\b|Analyst:|[Pp]rice target"
    r"|[Tt]arget price|Overweight|Outperform|bear case|base case)"
)


def is_analyst(page: Page, sentence: Sentence) -> bool:
    """Whether an analyst speaks in a sentence; told once for its numbers."""
    span = (sentence.start, sentence.end)
    return once(page, "analyst", *span, lambda: _estimates(page, sentence))


def _estimates(page: Page, sentence: Sentence) -> bool:
    """Whether somebody who only estimates speaks: in the sentence, or in a broker's note."""
    if _ANALYST.search(page.folded, sentence.start, sentence.end):
        return True
    if not _WE.search(page.folded, sentence.start, sentence.end):
        return False
    return once(page, "note", 0, _HEAD, lambda: bool(_NOTE.search(page.folded[:_HEAD])))


_WE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_HEAD = 1500
"""Characters in which a broker's note says that it is one."""


_OFFICIAL = re.compile(
    r"\b(?:city|cities|province|provincial|municipal\w*|governments?|authorit\w*|officials?|bureau|commission|ministry|miit"
    r"|zone|district|committee|administration|plan|council|mayor|county|state|office|department"
    r"|it|they|we|he|she)\b",
    re.IGNORECASE,
)


def is_somebodys(page: Page, words: list[Word], at: int) -> bool:
    """ "Morgan Stanley expects": a guess of somebody with a name and no office."""
    verb = next(
        (n for n in range(at - 1, -1, -1) if _guesses(words[n])),
        None,
    )
    found = subject_of(words, verb) if verb is not None else None
    if found is None:
        return False
    who = page.text[words[found[0]].start : words[found[1] - 1].end]
    places = page.names_in(words[found[0]].start, words[found[1] - 1].end)
    return len(_NAMED.findall(who)) > 1 and not places and not _OFFICIAL.search(who)


def _guesses(word: Word) -> bool:
    known = word.verb
    return known is not None and word.tag == "verb" and known.lemma in (*_GUESSING, "see")


_NAMED = re.compile(r"\b[A-Z][\w&.-]*")


def puts(words: list[Word], at: int) -> bool:
    """ "Puts the figure at 145 billion"."""
    verb = verb_before(words, at)
    known = words[verb].verb if verb is not None else None
    return known is not None and known.lemma == "put" and words[at - 1].text in ("at", "about")
