"""Months and quarters without a year, below a heading that names the year they are of."""

import re
from dataclasses import replace
from datetime import date

from domain.facts.when import When, day, months, years
from domain.text.blocks import Block

_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)\s?年(?!.{0,8}20\d\d)")
_PLANS = re.compile(r"打算|计划|安排|目标|任务|展望|思路|工作|预计|部署|重点")
_YEARLY = re.compile(r"(?:\A|\D)(?:全年|[上下]半年|第?[一二三四]季度|\d{1,2}\s?月|年底|年末|年内)")


def in_their_sections(
    times: tuple[When, ...],
    folded: str,
    blocks: tuple[Block, ...],
    outline: tuple[tuple[int, ...], ...],
    published: date | None,
) -> tuple[When, ...]:
    """Return the times, those below "2023年打算" moved into 2023."""
    if published is None or not any(outline):
        return times
    found: list[When] = []
    at = 0
    for when in times:
        while at + 1 < len(blocks) and blocks[at].end <= when.start:
            at += 1
        year = None if when.explicit else _year_above(folded, blocks, outline, at)
        found.append(_moved(when, year, folded) if year else when)
    return tuple(found)


def _year_above(
    folded: str, blocks: tuple[Block, ...], outline: tuple[tuple[int, ...], ...], at: int
) -> int | None:
    """The year of the nearest heading that names one and speaks of plans."""
    for number in outline[at] if at < len(outline) else ():
        heading = folded[blocks[number].start : blocks[number].end]
        named = _YEAR.search(heading)
        if named:
            return int(named["year"]) if _PLANS.search(heading) else None
    return None


_NAMED_YEAR = re.compile(r"[今明去前后翌次]年|上年")


def _moved(when: When, year: int, folded: str) -> When:
    words = folded[when.start : when.end]
    if (
        _NAMED_YEAR.search(words)
        or when.first.year == year
        or when.first.year != when.last.year
        or not _YEARLY.search(words)
    ):
        return when
    if when.precision == "day":
        days = day(year, when.first.month, when.first.day)
    elif when.precision == "year":
        days = years(year, year)
    else:
        days = months(year, when.first.month, when.last.month)
    return replace(when, first=days[0], last=days[1]) if days else when
