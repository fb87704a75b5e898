"""Which time a cell of an English table is of."""

from domain.facts import reach
from domain.facts.english.table_shapes import YEAR, Span, Table, cell_text
from domain.facts.page import Page
from domain.facts.when import When, years
from domain.text.fold import fold

_SPANS = ("year", "half", "quarter", "month", "day", "plan")
_ABOVE = 3
_LONGEST_CAPTION = 140


def of_head(page: Page, head: Span) -> When | None:
    """The time that a head names: "Output 2025", "Q1 2026", "end of June"."""
    found = [when for when in page.times_in(*head) if when.precision in _SPANS]
    if found:
        return found[-1]
    named = YEAR.search(cell_text(page, head))
    return _year(head, int(named["year"])) if named else None


def of_row(page: Page, name: Span) -> When | None:
    """The time that the name of a row gives: "capacity in use (end of June)"."""
    found = [when for when in page.times_in(*name) if when.precision in _SPANS]
    return found[-1] if found else None


def of_table(page: Page, table: Table) -> When | None:
    """The time of the lines above a table, else of the page's title."""
    start = table.header[0][0]
    above = [block for block in page.blocks if block.end <= start][-_ABOVE:]
    for block in reversed(above):
        if block.end - block.start > _LONGEST_CAPTION:
            break
        found = [w for w in page.times_in(block.start, block.end) if w.precision in _SPANS]
        gone = [w for w in found if page.published is None or w.first <= page.published]
        if gone:
            return gone[0]
    return _of_title(page)


def _of_title(page: Page) -> When | None:
    titled = reach.account_of_title(page)
    if titled is not None:
        return titled
    named = YEAR.search(fold(page.title))
    return _year((0, 0), int(named["year"])) if named else None


def _year(span: Span, year: int) -> When:
    first, last = years(year, year)
    return When(start=span[0], end=span[1], first=first, last=last, precision="year")
