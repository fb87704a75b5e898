"""English tables set in plain text: rows of cells, or cells one below the other."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.facts.english.giving import LABEL
from domain.facts.english.table_benefits import benefit, is_of_benefits, of_header
from domain.facts.english.table_projects import (
    invested,
    is_ahead,
    is_invested,
    quantity_of,
    step_of,
)
from domain.facts.english.table_shapes import NUMBER, YEAR, Span, Table, cell_text, flat, stacked
from domain.facts.english.table_times import of_head, of_row, of_table
from domain.facts.english.table_units import COLUMN, VALUES, unit_of
from domain.facts.fact import Comparator, FactType, Moment, Status
from domain.facts.numerals import digits
from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import When

_AIM = re.compile(r"\b(?:targets?|goals?|plan(?:ned)?|aims?)\b", re.IGNORECASE)


_OF_PLAN = re.compile(r"\b(?:plan|programme|action|roadmap|targets?|goals?|tasks)\b", re.IGNORECASE)
""" "Three-year work plan: indicators": its columns are aims, that of the running year too."""


_GROWTH = re.compile(r"\b(?:growth|change|increase|y/y|yoy|rise)\b|%", re.IGNORECASE)


_SKIP = re.compile(r"\b(?:no|rank|ranking|tel|phone|code|page|article|date)\b\.?", re.IGNORECASE)


_TOTAL = re.compile(r"(?:total|sum|overall)\b", re.IGNORECASE)


def tables(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield what the tables of an English page state: benefits, or numbers by row and column."""
    if page.language != "en":
        return
    for table in [*flat(page), *stacked(page)]:
        heads = [cell_text(page, head) for head in table.header]
        benefits = sum(1 for head in heads[1:] if LABEL.search(head)) and is_of_benefits(
            page, table
        )
        for row in table.rows:
            yield from benefit(page, table, row) if benefits else _numbers(page, table, row, taken)


def _numbers(
    page: Page, table: Table, row: tuple[Span, ...], taken: frozenset[int]
) -> Iterator[Statement]:
    name = row[0]
    if _TOTAL.match(cell_text(page, name)):
        return
    carried: When | None = None
    measured = table.header[0]
    column = _column_of_units(page, table, row)
    for head, cell in zip(table.header[1:], row[1:], strict=True):
        carried = of_head(page, head) or carried
        found = NUMBER.fullmatch(cell_text(page, cell))
        aimed = _AIM.fullmatch(_plain(page, head))
        measured = _same_unit(page, table, head) or measured if aimed else head
        if cell == column or cell[0] in taken or _SKIP.search(cell_text(page, head)):
            continue
        if happens := step_of(page, name, head, cell):
            yield happens
            continue
        when = carried or of_row(page, name) or of_table(page, table)
        if found:
            stated = _statement(page, table, name, (head, measured), cell, found, when, column)
            yield _of_project(page, table, row, head, stated)
        elif cell != name and (own := quantity_of(page, cell)) and own.number_start not in taken:
            yield _with_unit(page, name, head, own, when)


def _of_project(
    page: Page, table: Table, row: tuple[Span, ...], head: Span, stated: Statement
) -> Statement:
    """What is put into the project of a row, where its column says so."""
    title = cell_text(page, head)
    if not is_invested(title, stated.unit or ""):
        return stated
    own = of_head(page, head) is not None
    status: Status = "planned" if is_ahead(page, row) or stated.type == "target" else "achieved"
    return replace(
        stated,
        type="investment",
        status=status,
        time=stated.time if own else None,
        attributes=invested(page, table, row, title),
    )


def _with_unit(page: Page, name: Span, head: Span, one: Quantity, when: When | None) -> Statement:
    """A cell that brings its own unit: "1,500 PFLOPS", "8,000 robots a year"."""
    title, row = cell_text(page, head), page.text[slice(*name)].strip()
    kind, status, time = _reality(page, title, when if of_head(page, head) else None)
    counted = one.counter or _plain(page, head)
    noun = f"{_plain(page, head)}: {one.counter}" if one.counter else _plain(page, head)
    return Statement(
        type=kind,
        subject=f"{row}: {noun}",
        spans=((name[0], one.end),),
        rule="en.table",
        value=one.value,
        high=one.high,
        unit=one.unit,
        counted=counted if one.unit == "count" else None,
        comparator=one.comparator,
        status=status,
        time=time,
        attributes={"indicator": _indicator(one.unit, f"{title} {one.counter}", row), "place": row},
        confidence="medium",
        uses=frozenset({one.number_start}),
    )


def _same_unit(page: Page, table: Table, head: Span) -> Span | None:
    """ "Output (100 million yuan) | Growth (%) | Goal (100 million yuan)": a goal of the output."""
    unit = unit_of(cell_text(page, head), "", False, "")
    before = table.header[1 : table.header.index(head)]
    fitting = [
        one
        for one in before
        if not _AIM.search(cell_text(page, one))
        and unit_of(cell_text(page, one), "", False, "") == unit
    ]
    return fitting[-1] if fitting else None


def _column_of_units(page: Page, table: Table, row: tuple[Span, ...]) -> Span | None:
    """The cell of a row that says its unit, in a column headed "Unit"."""
    cells = zip(table.header[1:], row[1:], strict=True)
    return next((cell for head, cell in cells if COLUMN.fullmatch(cell_text(page, head))), None)


def _statement(
    page: Page,
    table: Table,
    name: Span,
    heads: tuple[Span, Span],
    cell: Span,
    found: re.Match[str],
    when: When | None,
    column: Span | None,
) -> Statement:
    """One number; the second head is what a bare "Goal 2027" is a goal of."""
    head, measured = heads
    title = cell_text(page, head)
    of_row = cell_text(page, column) if column else _of_caption(page, table, title)
    unit, factor = unit_of(title, cell_text(page, name), bool(found["percent"]), of_row)
    value = digits(found["number"]) * factor
    kind, status, time = _reality(page, title, when)
    noun = (
        _plain(page, head)
        if head == measured
        else f"{_plain(page, measured)} ({_plain(page, head)})"
    )
    row = _OF_WHICH.sub("", page.text[slice(*name)].strip())
    only_year = not noun or bool(YEAR.fullmatch(noun) or VALUES.fullmatch(noun))
    return Statement(
        type=kind,
        subject=row if only_year else f"{row}: {noun}",
        spans=((name[0], cell[1]),),
        rule="en.table",
        value=-value if found["sign"] == "-" else value,
        unit=unit,
        counted=(row if only_year else noun) if unit == "count" else None,
        comparator=_COMPARATORS.get(found["before"].strip(), "eq"),
        status=status,
        time=time,
        attributes={
            "indicator": _indicator(unit, f"{title} {cell_text(page, measured)}", row),
            "place": row,
        },
        confidence="medium",
        uses=frozenset(range(cell[0], cell[1])) | of_header(table) | _of_units(column),
    )


_CAPTION = re.compile(r"\b[Uu]nits?: ?(?P<unit>[^()\n;]{2,30})")


def _of_caption(page: Page, table: Table, title: str) -> str:
    """ "Table 2 (unit: 100 million yuan)": the unit of every column that counts nothing."""
    start = table.header[0][0]
    above = [block for block in page.blocks if block.end <= start][-3:]
    found = next(
        (m for one in reversed(above) if (m := _CAPTION.search(page.folded, one.start, one.end))),
        None,
    )
    counts = any(one in _COUNTS for one in _meanings(title))
    return found["unit"].strip() if found and not counts else ""


_COUNTS = ("enterprises", "employees", "projects", "models", "scenarios", "patents", "institutions")


def _meanings(words: str) -> list[str]:
    return [hit.rule.meaning for hit in rules("indicators", "en").hits(words, 0, len(words))]


def _of_units(column: Span | None) -> frozenset[int]:
    """A unit such as "100 million yuan" is no number of its own."""
    return frozenset(range(*column)) if column else frozenset()


_OF_WHICH = re.compile(r"\A(?:of which|including|thereof):?\s", re.IGNORECASE)


_COMPARATORS: dict[str, Comparator] = {
    ">": "gt",
    "≥": "ge",
    "<": "lt",
    "≤": "le",
    "~": "approx",
    "about": "approx",
    "over": "gt",
    "more than": "gt",
}


def _plain(page: Page, head: Span) -> str:
    words = re.sub(r"[(\[].*|,.*", "", page.text[slice(*head)])
    return re.sub(r"\s{2,}", " ", YEAR.sub("", words)).strip(" ,:-")


def _reality(page: Page, title: str, when: When | None) -> tuple[FactType, Status, Moment | None]:
    day = page.published
    aimed = bool(_AIM.search(title))
    ahead = when is not None and day is not None and when.first > day
    running = when is not None and day is not None and when.first <= day < when.last
    ahead = ahead or (running and bool(_OF_PLAN.search(page.title)))
    time = _moment(page, when, aimed or ahead)
    return ("target", "target", time) if aimed or ahead else ("metric", "achieved", time)


def _moment(page: Page, when: When | None, ahead: bool) -> Moment | None:
    if when is None:
        return None
    return when.moment("horizon" if ahead else "as_of", page.title if when.titled else page.text)


def _indicator(unit: str, head: str, row: str) -> str:
    if unit in ("m2", "PFLOPS"):
        return "area" if unit == "m2" else "compute_capacity"
    if unit == "percent":
        if _GROWTH.search(head):
            return "growth"
        return "utilisation" if "tili" in f"{head} {row}" else "other"
    words = f"{head} {row}"
    found = [hit.rule.meaning for hit in rules("indicators", "en").hits(words, 0, len(words))]
    if unit == "count":
        return next((one for one in found if one not in _NEVER_COUNTED), "other")
    return "industry_scale" if "industry_scale" in found else "other"


_NEVER_COUNTED = ("growth", "utilisation", "industry_scale", "area", "compute_capacity")
