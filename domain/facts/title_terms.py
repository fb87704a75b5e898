"""The term that a title gives the goals of its page: 三年行动计划(2025-2027年), 2026年重点任务."""

import re

from domain.facts.page import Page
from domain.facts.when import When, years
from domain.text.fold import fold

_PERIOD = re.compile(r"(?P<first>20\d\d)\s?年?\s?[-—–－~至]{1,2}\s?(?P<last>20\d\d)")


_YEARLY_PLAN = re.compile(
    r"(?P<last>20\d\d)\s?年度?(?![^年]{0,4}20\d\d)[^。]{0,16}(?:任务|要点|工作计划|工作安排|实施计划|民生实事|目标|清单)"
)
"""2026年重点任务清单: its goals are due within the year."""


_ONE_YEAR = re.compile(r"(?<!\d)(?P<last>20\d\d)(?!\d)")
_EARLY = 4


def _of_this_year(page: Page, title: str) -> re.Match[str] | None:
    """数说2026, in January 2026: the one year of the title is the one that begins."""
    found = list(_ONE_YEAR.finditer(title))
    if len(found) != 1 or page.language == "en" or page.published is None:
        return None
    begins = int(found[0]["last"]) == page.published.year and page.published.month <= _EARLY
    return found[0] if begins else None


def of_title(page: Page) -> When | None:
    """三年行动计划（2025—2027年）: its goals are due by the end of its term."""
    title = fold(page.title)
    found = _PERIOD.search(title) or _YEARLY_PLAN.search(title) or _of_this_year(page, title)
    if not found or page.published is None:
        return None
    first, last = years(int(found["last"]), int(found["last"]))
    if last < page.published:
        return None
    return When(
        start=found.start(),
        end=found.end(),
        first=first,
        last=last,
        precision="year",
        part="horizon",
        titled=True,
    )
