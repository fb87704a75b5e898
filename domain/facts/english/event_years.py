"""The year of an event's day that is written without one: gone by, or to come."""

import re
from dataclasses import replace

from domain.facts.page import Page, Sentence
from domain.facts.when import When
from domain.text.lexicon import Hit

_PLANNED = re.compile(
    r"\b(?:will|to|to be|plans?|planned|expected|scheduled|pencill?ed|set to|would|due|intends?"
    r"|slated)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?:[a-z]+ed|set up|took|began|broke|came|went|held|won|gave|met|laid|struck|cut|put|got)\b",
    re.IGNORECASE,
)
_BE = re.compile(r"\b(?:be|is|are|being|may|can|could|shall|must)\b[^,;]*\Z", re.IGNORECASE)
_LEAP_DAY = (2, 29)
_NEAR = 60


def in_its_year(page: Page, sentence: Sentence, when: When, hit: Hit) -> When:
    """Return the day in the year that the verb asks for, where the text writes none.

    "Set up in March", told in January, is of the last March; "is due to vote in June" of the next.
    """
    if page.published is None or when.explicit or when.precision not in ("day", "month"):
        return when
    lead = page.folded[max(sentence.start, hit.start - _NEAR) : hit.start]
    between = page.folded[hit.start : when.start]
    planned = _PLANNED.search(lead) or _PLANNED.search(between)
    if when.first > page.published:
        told = _PAST.match(page.folded, hit.start) and not planned and not _BE.search(lead)
        return moved(when, -1) if told else when
    ahead = planned and (page.published - when.last).days > _LONG_AGO
    return moved(when, 1) if ahead else when


_LONG_AGO = 150
"""A plan so old is none; its day is that of the next year."""


def of_calendar(page: Page, when: When) -> When:
    """Return the day of a line without a verb: to come, where other days of the page are."""
    if page.published is None or when.explicit or when.precision not in ("day", "month"):
        return when
    gone = (page.published - when.last).days > _LONG_AGO
    coming = any(one.first > page.published and one.precision == "day" for one in page.times)
    return moved(when, 1) if gone and coming else when


def moved(when: When, by: int) -> When:
    """Return the same days so many years later."""
    if _LEAP_DAY in ((when.first.month, when.first.day), (when.last.month, when.last.day)):
        return when
    return replace(
        when,
        first=when.first.replace(year=when.first.year + by),
        last=when.last.replace(year=when.last.year + by),
    )
