"""Days that English text leaves to what stands around them.

A calendar names its month once, above the days; an agenda its day once, above the hours; a report
says "on the 19th" or "this morning". Which day that is, the lines above tell, or the day of
publication.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from domain.facts.english.dates import MONTHS
from domain.facts.when import Part, When, day
from domain.text.blocks import Block

_MONTH_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTH_LINE = re.compile(rf"[^\w\n]*{_MONTH_NAME}[^\w\n]*(?P<year>20\d\d)?\W*", re.IGNORECASE)
_DAY_LINE = re.compile(
    r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s)?"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?:\s?[-/]\s?(?P<last>3[01]|[12]\d|0?[1-9]))?(?:st|nd|rd|th)?"
    r"(?:,\s(?P<clock>\d{1,2}:\d\d))?(?:\s{2,}|\s?[:|]\s|\s-\s)(?=\S)",
    re.IGNORECASE,
)
_HOUR_LINE = re.compile(r"(?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d)(?:\s?-\s?\d{1,2}:\d\d)?\s(?=\S)")
_SHORT_LINE, _LONG_LINE = 60, 240
"""Characters of a line that names a day for those below it, and of one that ends a calendar."""
_FEWEST = 2
"""Lines that make a calendar, or an agenda."""
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_SAME_DAY = re.compile(
    r"\b(?:this (?:morning|afternoon|evening)|earlier today|tonight|(?P<before>last night))\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:\b(?P<pre>on|by|until|till|before|from|to) |: )the "
    r"(?P<day>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b"
    r"(?=\s*(?:[,.;:)\n]|\Z)|\s(?:the|an?|its?|they|we|he|she|that|and|at|for|with|when|but)\b"
    r"|\s(?-i:[A-Z][\w-]+(?:'s)? [a-z]))",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"(?<![\w.,])(?:(?P<first>\d{1,2})\s?-\s?)?(?P<day>3[01]|[12]\d|0?[1-9])\s"
    r"(?P<month>january|february|march|april|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
_REACH = 900
"""Characters before "the 19th" in which its month may be named."""
_PARTS: dict[str, Part] = {
    "by": "before",
    "until": "before",
    "till": "before",
    "before": "before",
    "to": "before",
    "from": "since",
}


def with_context(
    folded: str, blocks: Sequence[Block], times: tuple[When, ...], published: date | None
) -> tuple[When, ...]:
    """Return the times, with the days that what stands around them tells."""
    if published is None:
        return times
    lines = [*_calendar(folded, blocks, published), *_agenda(folded, blocks, times)]
    kept = _apart(times, lines)
    said = [
        *_small_letters(folded, published),
        *_same_day(folded, published),
        *_ordinals(folded, kept, published),
    ]
    return _apart((*kept, *lines), said, first=True)


def _apart(
    times: Sequence[When], others: Sequence[When], *, first: bool = False
) -> tuple[When, ...]:
    """Return what of some times does not overlap others; with `first` all of them, and the others
    that do not."""
    held, new = (list(times), others) if first else (list(others), times)
    held.sort(key=attrgetter("start"))
    fresh = [one for one in new if not _overlaps(one, held)]
    return tuple(sorted([*held, *fresh], key=attrgetter("start"))) if first else tuple(fresh)


def _overlaps(one: When, held: Sequence[When]) -> bool:
    at = bisect_right(held, one.start, key=attrgetter("start"))
    before = at > 0 and held[at - 1].end > one.start
    return before or (at < len(held) and held[at].start < one.end)


class _Month(NamedTuple):
    """A month of one year."""

    year: int
    number: int


def _calendar(folded: str, blocks: Sequence[Block], published: date) -> list[When]:
    """Return the days that lines begin with, below a line that is nothing but a month."""
    month: _Month | None = None
    found: list[When] = []
    for block in blocks:
        short = block.end - block.start <= _SHORT_LINE
        named = _MONTH_LINE.fullmatch(folded, block.start, block.end) if short else None
        if named:
            month = _month_of(named, published)
            continue
        match = _DAY_LINE.match(folded, block.start, block.end)
        if match:
            found += _day_of_line(match, month, published)
        elif block.end - block.start > _LONG_LINE:
            month = None
    return found if len(found) >= _FEWEST else []


def _month_of(named: re.Match[str], published: date) -> _Month:
    number = MONTHS[named["month"][:3].lower()]
    year = int(named["year"]) if named["year"] else _nearest_year(number, published)
    return _Month(year, number)


def _nearest_year(month: int, published: date) -> int:
    """The year in which a month is nearest to the one of publication."""
    apart = (month - published.month + 6) % 12 - 6
    return (published.year * 12 + published.month - 1 + apart) // 12


def _day_of_line(match: re.Match[str], month: _Month | None, published: date) -> Iterator[When]:
    weekday = (match["weekday"] or "").lower()
    number = int(match["day"])
    if month is None:
        month = _by_weekday(weekday, number, published)
    days = day(*month, number) if month else None
    if days is None or month is None:
        return
    if weekday and days[0].weekday() != _WEEKDAYS.index(weekday):
        return
    last = day(*month, int(match["last"])) if match["last"] else days
    if last is None or last[0] < days[0]:
        return
    end = match.end("clock") if match["clock"] else match.end("last" if match["last"] else "day")
    yield When(
        start=match.start(),
        end=end,
        first=days[0],
        last=last[0],
        precision="day",
        clock=match["clock"],
        explicit=False,
    )


def _by_weekday(weekday: str, number: int, published: date) -> _Month | None:
    """ "Fri 21": of the three months around the publication the one in which the 21st is Friday."""
    if not weekday:
        return None
    for shift in (0, 1, -1):
        total = published.year * 12 + published.month - 1 + shift
        days = day(total // 12, total % 12 + 1, number)
        if days and days[0].weekday() == _WEEKDAYS.index(weekday):
            return _Month(total // 12, total % 12 + 1)
    return None


def _agenda(folded: str, blocks: Sequence[Block], times: Sequence[When]) -> list[When]:
    """Return the hours that lines begin with, on the day that a short line above them names."""
    found: list[When] = []
    today: When | None = None
    starts = [one.start for one in times]
    for block in blocks:
        match = _HOUR_LINE.match(folded, block.start, block.end)
        if match and today:
            hour, _, minute = match["clock"].partition(":")
            start, end = match.span("clock")
            clock = f"{int(hour):02d}:{minute}"
            found.append(replace(today, start=start, end=end, clock=clock, part="point"))
        elif not match:
            today = _named_day(block, times, starts)
    return found if len(found) >= _FEWEST else []


def _named_day(block: Block, times: Sequence[When], starts: Sequence[int]) -> When | None:
    if block.end - block.start > _SHORT_LINE:
        return None
    here = times[bisect_right(starts, block.start - 1) : bisect_right(starts, block.end - 1)]
    single = [one for one in here if one.precision == "day" and one.first == one.last]
    return single[0] if len(single) == 1 else None


def _same_day(folded: str, published: date) -> Iterator[When]:
    """ "This morning": of the day of publication."""
    for match in _SAME_DAY.finditer(folded):
        the_day = published - timedelta(days=1) if match["before"] else published
        yield _point(match.start(), match.end(), the_day)


def _small_letters(folded: str, published: date) -> Iterator[When]:
    """ "12 sept": months as those write them who write no capitals."""
    for match in _SMALL.finditer(folded):
        number = MONTHS[match["month"][:3]]
        year = _nearest_year(number, published)
        last = day(year, number, int(match["day"]))
        first = day(year, number, int(match["first"])) if match["first"] else last
        if first and last and first[0] <= last[0]:
            yield replace(_point(match.start(), match.end(), last[0]), first=first[0])


def _ordinals(folded: str, times: Sequence[When], published: date) -> Iterator[When]:
    """ "On the 19th": of the month that was named last, else of the one of publication."""
    starts = [one.start for one in times]
    for match in _ORDINAL.finditer(folded):
        at = bisect_right(starts, match.start()) - 1
        near = times[at] if at >= 0 and match.start() - starts[at] <= _REACH else None
        pre = (match["pre"] or "").lower()
        days = _day_meant(int(match["day"]), near, published, is_due=_PARTS.get(pre) == "before")
        if days:
            start = match.start("pre") if pre else match.start() + 2
            part = _PARTS.get(pre, "point")
            yield replace(_point(start, match.end(), days), part=part)


def _day_meant(number: int, near: When | None, published: date, *, is_due: bool) -> date | None:
    if near is not None and near.precision in ("day", "month"):
        here = day(near.last.year, near.last.month, number)
        return here[0] if here else None
    here = day(published.year, published.month, number)
    if here and is_due == (here[0] >= published):
        return here[0]
    total = published.year * 12 + published.month - 1 + (1 if is_due else -1)
    other = day(total // 12, total % 12 + 1, number)
    return other[0] if other else None


def _point(start: int, end: int, the_day: date) -> When:
    return When(start=start, end=end, first=the_day, last=the_day, precision="day", explicit=False)
