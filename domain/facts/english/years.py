"""Dates without a year below a heading that names one are of that year."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.facts.when import When
from domain.text.blocks import Block

_YEAR_HEADING = re.compile(
    r"\s{0,3}(?:\d{1,2}[.)]\s)?(?:the year |in |results (?:for|of) )?(?P<year>(?:19|20)\d\d)\b"
    r"(?!\s?[-/]\s?(?:\d{2,4})|-\d)",
    re.IGNORECASE,
)
_NAMES_A_MONTH = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\b[QH][1-4]\b|\b(?:half|quarter)\b"
)
_LEAP_DAY = (2, 29)


def of_headings(folded: str, blocks: Sequence[Block], times: tuple[When, ...]) -> tuple[When, ...]:
    """Return the times, those of a chronicle's sections with the year of their heading."""
    sections = [
        (block.end, int(match["year"]))
        for block in blocks
        if block.kind in ("heading", "item")
        and block.end - block.start <= _LONGEST
        and (match := _YEAR_HEADING.match(folded, block.start, block.end))
    ]
    if len(sections) < _FEWEST:
        return times
    return tuple(_of(folded, sections, when) for when in times)


_LONGEST = 70
_FEWEST = 2
"""A chronicle has more than one year."""


def _of(folded: str, sections: list[tuple[int, int]], when: When) -> When:
    year = next((year for end, year in reversed(sections) if end <= when.start), None)
    text = folded[when.start : when.end]
    if year is None or when.explicit or not _NAMES_A_MONTH.search(text):
        return when
    if _LEAP_DAY in ((when.first.month, when.first.day), (when.last.month, when.last.day)):
        return when
    span = when.last.year - when.first.year
    return replace(
        when,
        first=when.first.replace(year=year - span),
        last=when.last.replace(year=year),
        explicit=True,
    )
