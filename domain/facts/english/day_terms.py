"""So many days from publication: "within 30 days of this notice", "for one month from today"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from domain.facts.fact import Moment
from domain.facts.numerals import english
from domain.facts.page import Page, Sentence
from domain.facts.when import When, plus_months
from domain.text.sought import Sought

_PAPER = (
    r"(?:publication|issue|issuance|notice|announcement|release|publishing|promulgation|publicity"
    r"|draft|list|document|call)"
)
_WITHIN = Sought(
    r"\b(?:within|for|in|have|has|lasts|is|are|of|period:|(?:no|not) later than|the)\s"
    r"(?:a (?:period|term) of\s)?(?P<count>\d{1,3}|[a-z]{3,9})(?:-|\s)"
    r"(?P<unit>(?:(?:full|consecutive)\s)?(?:working |calendar |business )?"
    r"(?:days?|weeks?|months?))"
    r",?\s(?:(?:of|from|after|following|since|starting|beginning|counting)\s){1,2}"
    rf"(?:(?:the\s)?(?:date|day)\s(?:of|when|on which)\s)?(?:(?:its|this|the|these)\s)?"
    rf"(?:{_PAPER}|today|now)\b",
    re.IGNORECASE,
)
_LONGEST = 400
_SATURDAY = 5


def within(page: Page, sentence: Sentence) -> Iterator[Moment]:
    """Yield the terms of a sentence that begin with the day of publication; none without one."""
    if page.published is None:
        return
    for match in _WITHIN.finditer(page.folded, sentence.start, sentence.end):
        count = match["count"].lower()
        days = int(count) if count.isdigit() else int(english(count))
        if not 0 < days < _LONGEST:
            continue
        yield Moment(
            role="deadline",
            start=page.published.isoformat(),
            end=_last(page.published, days, match["unit"].lower()).isoformat(),
            precision="day",
            text=page.text[match.start() : match.end()],
        )


_LATER = Sought(
    r"\b(?P<count>an?|\d{1,2}|[a-z]{3,9}) (?P<unit>(?:working |calendar )?(?:days?|weeks?|months?))"
    r" (?:later(?! than)|after that|thereafter)\b",
    re.IGNORECASE,
)
_FOLLOWS = 16


def later(page: Page, sentence: Sentence, last: When) -> Iterator[Moment]:
    """Yield the days of a sentence that are counted from an earlier one; not those written out."""
    for match in _LATER.finditer(page.folded, max(sentence.start, last.end), sentence.end):
        count = match["count"].lower()
        days = 1 if count in ("a", "an") else int(count) if count.isdigit() else int(english(count))
        if not 0 < days < _LONGEST or page.times_in(match.end(), match.end() + _FOLLOWS):
            continue
        yield Moment(
            role="deadline",
            start=_last(last.last, days, match["unit"].lower()).isoformat(),
            end=_last(last.last, days, match["unit"].lower()).isoformat(),
            precision="day",
            text=page.text[match.start() : match.end()],
        )


def _last(first: date, count: int, unit: str) -> date:
    """So many on; working days leave out Saturdays and Sundays, holidays are not known."""
    if "month" in unit:
        return plus_months(first, count)
    if "week" in unit:
        return first + timedelta(weeks=count)
    if "working" not in unit and "business" not in unit:
        return first + timedelta(days=count)
    last = first
    while count:
        last += timedelta(days=1)
        count -= last.weekday() < _SATURDAY
    return last
