"""Tables of projects: what is invested, by whom, and the cells that bring their own units."""

import re
from collections.abc import Iterator

from domain.facts.english.table_shapes import Span, Table, cell_text, flat, stacked
from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import When

_INVESTED = re.compile(
    r"\b(?:invest(?:ment|ed)|total cost|project cost|cost of (?:the )?project|contract value|raised"
    r"|deal (?:size|value)|capital expenditure|capex|fund size|round size)\b",
    re.IGNORECASE,
)
_INVESTORS = re.compile(
    r"\b(?:investors?|developers?|builders?|owners?|sponsors?|backers?|lead|financed by|funded by"
    r"|investing (?:company|party|enterprise))\b",
    re.IGNORECASE,
)
_ALLOWED = ("compute", "area", "count", "percent", "bytes")
_LEAD = 14
"""Characters of a cell before its number: "approx.", "more than"."""
_LONGEST = 44


def is_invested(head: str, unit: str) -> bool:
    """Whether a column of money holds what is put into its projects."""
    return unit.isupper() and len(unit) == len("CNY") and bool(_INVESTED.search(head))


def invested(page: Page, table: Table, row: tuple[Span, ...], head: str) -> dict[str, object]:
    """Return the part that the sum of a row plays, and who the row says puts it in."""
    role = rules("investments", "en").meaning(head, 0, len(head)) or "total"
    role = "total" if role == "completed" and "total" in head.lower() else role
    role = "total" if re.fullmatch(r"\W*investments?\W*(?:\(.*\))?", head, re.IGNORECASE) else role
    who = [
        page.text[slice(*cell)].strip()
        for top, cell in zip(table.header, row, strict=True)
        if _INVESTORS.search(cell_text(page, top)) and not _INVESTED.search(cell_text(page, top))
    ]
    return {"role": role, "investors": who} if who else {"role": role}


def is_ahead(page: Page, row: tuple[Span, ...]) -> bool:
    """Whether all times of a row are to come: nothing of its project is there yet."""
    times: list[When] = [when for cell in row for when in page.times_in(*cell)]
    day = page.published
    return day is not None and bool(times) and all(when.first > day for when in times)


def quantity_of(page: Page, cell: Span) -> Quantity | None:
    """ "1,500 PFLOPS", "8,000 robots a year": the only quantity of a short cell."""
    found = page.quantities_in(*cell)
    if len(found) != 1 or cell[1] - cell[0] > _LONGEST or page.times_in(*cell):
        return None
    one = found[0]
    plain = one.kind in _ALLOWED and not one.per and one.number_start - cell[0] <= _LEAD
    return one if plain else None


def row_named(page: Page, position: int) -> str:
    """Return the name of the table row that a place of the text stands in, else nothing."""
    key = ("row names", 0, 0)
    if key not in page.told:
        page.told[key] = tuple(_named(page))
    spans: tuple[tuple[Span, str], ...] = page.told[key]
    return next((name for (start, end), name in spans if start <= position < end), "")


def _named(page: Page) -> Iterator[tuple[Span, str]]:
    """Every cell behind the first one of its row, with the name of the row."""
    for table in (*flat(page), *stacked(page)):
        for row in table.rows:
            first = row[0]
            if page.times_in(*first) or page.quantities_in(*first) or len(row) < _NARROWEST:
                continue
            name = page.text[slice(*first)].strip()
            yield from ((cell, name) for cell in row[1:])


_NARROWEST = 2


_START = re.compile(r"(?:planned |expected )?(?:start|commencement|begin(?:ning)?)(?: date)?", re.I)


def step_of(page: Page, name: Span, head: Span, cell: Span) -> Statement | None:
    """Return what the head of a column says happens on the day of a cell: "Completion"."""
    times = page.times_in(*cell)
    whole = len(times) == 1 and times[0].end - times[0].start >= len(cell_text(page, cell)) - 1
    if not whole or times[0].precision == "plan":
        return None
    title = cell_text(page, head)
    meaning = "construction_started" if _START.fullmatch(title) else _meaning(title)
    if meaning is None:
        return None
    gone = page.published is not None and times[0].last <= page.published
    return Statement(
        type="event",
        subject=f"{page.text[slice(*name)].strip()}: {page.text[slice(*head)].strip()}",
        spans=((name[0], cell[1]),),
        rule="en.table.event",
        status="achieved" if gone else "planned",
        time=times[0].moment("event", page.text),
        attributes={"kind": meaning},
        confidence="medium",
        uses=frozenset({times[0].start}),
    )


def _meaning(title: str) -> str | None:
    found = rules("occasions", "en").meaning(title, 0, len(title))
    return found or rules("events", "en").meaning(title, 0, len(title))
