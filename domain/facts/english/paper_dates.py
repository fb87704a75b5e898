"""When an English document takes effect and expires, as its own sentences say."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from domain.facts.fact import Moment
from domain.facts.numerals import english
from domain.facts.page import Page, Sentence
from domain.facts.when import When, plus_months
from domain.text.sought import Sought

_EFFECT = re.compile(
    r"\b(?:takes? effect|took effect|taking effect|c(?:o|a)mes? into (?:force|effect|operation)"
    r"|effective|enter(?:s|ed)? into (?:force|effect)|in force|in effect|be implemented"
    r"|(?:are|is) implemented|appl(?:y|ies|ied)(?: \w+)?|bec(?:a|o)mes? (?:law|effective)"
    r"|(?:goes|go|went|put) into (?:force|effect|operation)|starts? to apply|runs?|valid)\b"
    r"[^.;]{0,20}\Z",
    re.IGNORECASE,
)
_EXPIRES = re.compile(
    r"\b(?:expires?|expired|expiring|lapses?|lapsed|(?:valid|in (?:force|effect|place|operation)"
    r"|remains? \w+|runs?|appl(?:y|ies)|effective|lasts?) (?:until|through|till|to|up to)"
    r"|cease[sd]? to (?:apply|be valid))\b[^.;]{0,14}\Z",
    re.IGNORECASE,
)
_LASTS = re.compile(r"(?:,? (?:and|to|until|through|till|,)|\s?-)\s?\Z")
_TERM = re.compile(
    r"\b(?:valid for|in (?:force|effect) for|trial (?:basis|period)(?: \w+)? (?:for|of)"
    r"|(?:remains?|is|are|stays?) (?:valid|in (?:force|effect)) for"
    r"|(?:validity|validity period|period of validity|valid period|term|term of validity)\s"
    r"(?:of|is|will be|would be|shall be|lasts))\s(?:a (?:period|term) of\s)?"
    r"(?P<count>\d{1,2}|[a-z]{3,6})(?:\s|-)(?P<unit>years?|months?)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"(?:They|It|Both|This|These|Those|The (?:\w+ ){0,3}?(?i:document|polic(?:y|ies)|rules?"
    r"|measures?|regulations?|plan|notice|opinions|guidelines?|provisions|scheme|programme|draft"
    r"|law|circular|package|version))\b"
)


def of_its_own(page: Page, sentence: Sentence, start: int) -> list[Moment]:
    """Return what a sentence says, from `start` on, of the document it speaks of."""
    found: list[Moment] = []
    first: When | None = None
    for when in page.times_in(start, sentence.end):
        left = page.folded[start : when.start + _LEAD]
        gap = page.folded[first.end : when.start + _LEAD] if first else ""
        if _EXPIRES.search(left) or (first and _runs_to(gap, when)):
            found.append(_last_day(when, page))
        elif first is None and when.precision in ("day", "month") and _EFFECT.search(left):
            first = when
            found.append(when.moment("effective", page.text))
    roles = {one.role for one in found}
    term = _TERM.search(page.folded, start, sentence.end) if first else None
    if first and term and "expiry" not in roles:
        found += _after_term(first, term, page)
    return found


_LEAD = 8
"""A time begins with its preposition, which belongs to the words that lead to it."""


def _runs_to(gap: str, when: When) -> bool:
    """ "From 1 October | to | 30 September 2028"."""
    return when.part in ("before", "horizon") and len(gap) < _NEAR and "." not in gap


_NEAR = 30


def _last_day(when: When, page: Page) -> Moment:
    """ "Until the end of 2027" is its last day."""
    moment = replace(when, first=when.last).moment("expiry", page.text)
    return replace(moment, precision="day")


def _after_term(first: When, term: re.Match[str], page: Page) -> Iterator[Moment]:
    word = term["count"].lower()
    count = int(word) if word.isdigit() else int(english(word))
    if not count:
        return
    months = count * (12 if term["unit"].lower().startswith("y") else 1)
    last = (plus_months(first.first, months) - timedelta(days=1)).isoformat()
    text = page.text[term.start() : term.end()]
    yield Moment(role="expiry", start=last, end=last, precision="day", text=text)


def behind(page: Page, sentence: Sentence, end: int) -> list[Moment]:
    """Return the dates of a document that a sentence names, which ends at `end`.

    They stand behind it, or in a sentence that goes on about it: "They have been in force since".
    """
    found = [one for one in of_its_own(page, sentence, end) if one.text]
    at = bisect_right(page.starts.sentences, sentence.start)
    for following in page.sentences[at : at + 1]:
        if not found and _AGAIN.match(page.folded, following.start):
            found = of_its_own(page, following, following.start)
    return found


def of_page(page: Page, spans: Sequence[tuple[int, int]]) -> list[Moment]:
    """Return the dates of the document that the page is: of no other one that it names."""
    found: dict[str, Moment] = {}
    for sentence in page.sentences:
        if not page.times_in(sentence.start, sentence.end):
            continue
        others = [
            title
            for title in page.titles
            if sentence.start <= title.start < sentence.end
            and not any(a < title.end and title.start < b for a, b in spans)
        ]
        if others:
            continue
        speaks = _SPEAKS.search(page.folded, sentence.start, sentence.end)
        for moment in of_its_own(page, sentence, sentence.start) if speaks else ():
            found.setdefault(moment.role, moment)
    return list(found.values())


_SPEAKS = Sought(
    r"\b(?:they|it|this|these|document|polic(?:y|ies)|rules?|measures?|regulations?|plan|notice"
    r"|opinions|guidelines?|provisions|scheme|programme|draft|law|circular|package|effective"
    r"|takes? effect|in force|into force)\b",
    re.IGNORECASE,
)
