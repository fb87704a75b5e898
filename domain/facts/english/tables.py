"""English tables set in plain text: rows of cells, or cells one below the other."""

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.facts.english.giving import LABEL
from domain.facts.english.table_benefits import benefit, is_of_benefits, of_header
from domain.facts.english.table_shapes import NUMBER, YEAR, Span, Table, cell_text, flat, stacked
from domain.facts.fact import Comparator, FactType, Moment, Status
from domain.facts.numerals import digits
from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import When, years
from domain.text.fold import fold

_UNIT = re.compile(r"[(\[,]\s?(?P<unit>[^()\[\]]{1,30})[)\]]?\s*\Z")


_MONEY = re.compile(
    r"(?P<many>\d{1,3} )?(?:(?P<code>RMB|CNY|yuan|US\$|USD|\$|¥) ?)?"
    r"(?P<scale>million|billion|trillion|mn|bn|m\b)?\s?(?P<unit>yuan|RMB|CNY|USD|dollars)?",
    re.IGNORECASE,
)


_SCALES = {"million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}


_AIM = re.compile(r"\b(?:targets?|goals?|plan(?:ned)?|aims?)\b", re.IGNORECASE)


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
    year: str | None = None
    measured = table.header[0]
    for head, cell in zip(table.header[1:], row[1:], strict=True):
        named = YEAR.search(cell_text(page, head))
        year = named["year"] if named else year
        found = NUMBER.fullmatch(cell_text(page, cell))
        measured = measured if _AIM.fullmatch(_plain(page, head)) else head
        if found and cell[0] not in taken and not _SKIP.search(cell_text(page, head)):
            yield _statement(page, table, name, (head, measured), cell, found, year)


def _statement(
    page: Page,
    table: Table,
    name: Span,
    heads: tuple[Span, Span],
    cell: Span,
    found: re.Match[str],
    year: str | None,
) -> Statement:
    """One number; the second head is what a bare "Goal 2027" is a goal of."""
    head, measured = heads
    title = cell_text(page, head)
    unit, factor = _unit_of(title, cell_text(page, name), found)
    value = digits(found["number"]) * factor
    kind, status, time = _reality(page, title, head, year)
    noun = (
        _plain(page, head)
        if head == measured
        else f"{_plain(page, measured)} ({_plain(page, head)})"
    )
    row = page.text[slice(*name)].strip()
    only_year = not noun or YEAR.fullmatch(noun)
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
        uses=frozenset(range(cell[0], cell[1])) | of_header(table),
    )


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


def _unit_of(head: str, row: str, found: re.Match[str]) -> tuple[str, Decimal]:
    """The unit and its factor, as the cell, the head or the row says."""
    if found["percent"] or re.search(r"%|\bper ?cent\b|\brate\b|\bshare\b|\bpct\b", head, re.I):
        return "percent", Decimal(1)
    for words in (head, row):
        written = _UNIT.search(words)
        money = _MONEY.fullmatch(written["unit"].strip()) if written else None
        if money and (money["code"] or money["unit"]):
            return _sum(money)
        unit = written["unit"].strip().lower() if written else ""
        if unit in _UNITS:
            return _UNITS[unit]
    bare = re.search(r"\b(?P<unit>[PE]FLOPS)\b", head)
    return _UNITS[bare["unit"].lower()] if bare else ("count", Decimal(1))


_UNITS: dict[str, tuple[str, Decimal]] = {
    "pflops": ("PFLOPS", Decimal(1)),
    "p": ("PFLOPS", Decimal(1)),
    "eflops": ("PFLOPS", Decimal(1000)),
    "sq km": ("m2", Decimal(10**6)),
    "km2": ("m2", Decimal(10**6)),
    "sq m": ("m2", Decimal(1)),
    "m2": ("m2", Decimal(1)),
}


def _sum(money: re.Match[str]) -> tuple[str, Decimal]:
    named = (money["code"] or money["unit"] or "").upper()
    code = "USD" if named in ("US$", "USD", "$", "DOLLARS") else "CNY"
    factor = Decimal(10) ** _SCALES.get((money["scale"] or "").lower(), 0)
    return code, factor * Decimal(int(money["many"]) if money["many"] else 1)


def _reality(
    page: Page, title: str, head: Span, year: str | None
) -> tuple[FactType, Status, Moment | None]:
    time = _time(page, head, year)
    day = page.published
    ahead = time is not None and day is not None and time.end > day.isoformat()
    later = day is not None and bool(year) and int(year or 0) > day.year
    if _AIM.search(title) or (ahead and later):
        return "target", "target", time
    return "metric", "achieved", time


def _time(page: Page, head: Span, year: str | None) -> Moment | None:
    if year is None:
        titled = YEAR.search(fold(page.title))
        year = titled["year"] if titled else None
    if year is None:
        return None
    first, last = years(int(year), int(year))
    ahead = page.published is not None and last > page.published
    when = When(start=head[0], end=head[1], first=first, last=last, precision="year")
    return when.moment("horizon" if ahead else "as_of", page.text)


def _indicator(unit: str, head: str, row: str) -> str:
    if unit in ("m2", "PFLOPS"):
        return "area" if unit == "m2" else "compute_capacity"
    if unit == "percent":
        return "growth" if _GROWTH.search(head) else "utilisation" if "tili" in head else "other"
    words = f"{head} {row}"
    found = [hit.rule.meaning for hit in rules("indicators", "en").hits(words, 0, len(words))]
    if unit == "count":
        return next((one for one in found if one not in _NEVER_COUNTED), "other")
    return "industry_scale" if "industry_scale" in found else "other"


_NEVER_COUNTED = ("growth", "utilisation", "industry_scale", "area", "compute_capacity")
