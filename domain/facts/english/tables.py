"""English tables set in plain text: rows of cells, or cells one below the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.facts.amounts import Amount
from domain.facts.english.offers import BENEFIT, LABEL, LIMIT, Around, period_of, role_of
from domain.facts.fact import Comparator, FactType, Moment, Status
from domain.facts.numerals import digits
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.table_cells import cells as cells_of
from domain.facts.when import When, years
from domain.text.fold import fold

Span = tuple[int, int]
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<before>[>≥<≤~]{0,2}|about |over |more than )\s?"
    r"(?P<number>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)\s?(?P<percent>%)?"
)
_EMPTY = ("-", "--", "/", "n/a", "n.a.", "na", "")
_UNIT = re.compile(r"[(\[,]\s?(?P<unit>[^()\[\]]{1,30})[)\]]?\s*\Z")
_MONEY = re.compile(
    r"(?P<many>\d{1,3} )?(?:(?P<code>RMB|CNY|yuan|US\$|USD|\$|¥) ?)?"
    r"(?P<scale>million|billion|trillion|mn|bn|m\b)?\s?(?P<unit>yuan|RMB|CNY|USD|dollars)?",
    re.IGNORECASE,
)
_SCALES = {"million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")
_AIM = re.compile(r"\b(?:targets?|goals?|plan(?:ned)?|aims?)\b", re.IGNORECASE)
_GROWTH = re.compile(r"\b(?:growth|change|increase|y/y|yoy|rise)\b|%", re.IGNORECASE)
_SKIP = re.compile(r"\b(?:no|rank|ranking|tel|phone|code|page|article|date)\b\.?", re.IGNORECASE)
_TOTAL = re.compile(r"(?:total|sum|overall)\b", re.IGNORECASE)
_WHO = re.compile(r"\b(?:who|eligib\w*|applicants?|recipients?|for whom|beneficiar\w+)\b", re.I)
_LONGEST_CELL = 60
_FEWEST_CELLS = 8
_WIDEST = 8


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it, as spans of the text."""

    header: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]


def tables(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield what the tables of an English page state: benefits, or numbers by row and column."""
    if page.language != "en":
        return
    for table in [*_flat(page), *_stacked(page)]:
        heads = [_text(page, head) for head in table.header]
        benefits = sum(1 for head in heads[1:] if LABEL.search(head)) and _is_of_benefits(
            page, table
        )
        for row in table.rows:
            yield from _benefit(page, table, row) if benefits else _numbers(page, table, row, taken)


def _text(page: Page, cell: Span) -> str:
    return page.folded[slice(*cell)].strip()


# --- finding tables ---------------------------------------------------------------------------


def _flat(page: Page) -> Iterator[Table]:
    """Rows of cells, divided by bars, tabs or slashes."""
    run: list[tuple[Span, ...]] = []
    for block in [*page.blocks, None]:
        if block is not None and block.kind == "row":
            found = tuple(cells_of(page.folded, block))
            if len(found) > 1:
                run.append(found)
            continue
        if len(run) > 1 and not any(_is_number(page, cell) for cell in run[0]):
            yield Table(run[0], tuple(row for row in run[1:] if len(row) == len(run[0])))
        run = []


def _stacked(page: Page) -> Iterator[Table]:
    """Cells that came one below the other: a header, then rows of as many lines."""
    run: list[Span] = []
    for block in [*page.blocks, None]:
        if block is not None and _is_cell(page, block.start, block.end, block.kind):
            run.append((block.start, block.end))
            continue
        if len(run) >= _FEWEST_CELLS:
            table = _shaped(page, run)
            if table:
                yield table
        run = []


def _is_cell(page: Page, start: int, end: int, kind: str) -> bool:
    line = page.folded[start:end].strip()
    ended = line.endswith((".", ";", ":", "?", "!")) and not line.endswith("p.a.")
    return kind in ("heading", "row", "item") and len(line) <= _LONGEST_CELL and not ended


def _shaped(page: Page, run: Sequence[Span]) -> Table | None:
    """The width and the first row at which every column holds one sort of cell."""
    for skip in range(4):
        for width in range(_WIDEST, 1, -1):
            table = _cut(page, run[skip:], width)
            if table:
                return table
    return None


def _cut(page: Page, run: Sequence[Span], width: int) -> Table | None:
    count = len(run) // width - 1
    if count < 2 or len(run) % width > 1 or any(_is_number(page, cell) for cell in run[:width]):
        return None
    rows = [tuple(run[width * n : width * (n + 1)]) for n in range(1, count + 1)]
    sorts = [{_sort(page, row[column]) for row in rows} - {"empty"} for column in range(width)]
    uniform = all(len(sort) <= 1 for sort in sorts)
    counted = sum(1 for sort in sorts if sort & {"number", "amount"})
    if not uniform or not counted or sorts[0] != {"text"}:
        return None
    return Table(tuple(run[:width]), tuple(rows))


def _sort(page: Page, cell: Span) -> str:
    text = _text(page, cell).lower()
    if text in _EMPTY:
        return "empty"
    if _is_number(page, cell):
        return "number"
    return "text"


def _is_number(page: Page, cell: Span) -> bool:
    text = _text(page, cell)
    return bool(_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text)


# --- numbers by row and column ----------------------------------------------------------------


def _numbers(
    page: Page, table: Table, row: tuple[Span, ...], taken: frozenset[int]
) -> Iterator[Statement]:
    name = row[0]
    if _TOTAL.match(_text(page, name)):
        return
    year: str | None = None
    measured = table.header[0]
    for head, cell in zip(table.header[1:], row[1:], strict=True):
        named = _YEAR.search(_text(page, head))
        year = named["year"] if named else year
        found = _NUMBER.fullmatch(_text(page, cell))
        measured = measured if _AIM.fullmatch(_plain(page, head)) else head
        if found and cell[0] not in taken and not _SKIP.search(_text(page, head)):
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
    title = _text(page, head)
    unit, factor = _unit_of(title, _text(page, name), found)
    value = digits(found["number"]) * factor
    kind, status, time = _reality(page, title, head, year)
    noun = (
        _plain(page, head)
        if head == measured
        else f"{_plain(page, measured)} ({_plain(page, head)})"
    )
    row = page.text[slice(*name)].strip()
    only_year = not noun or _YEAR.fullmatch(noun)
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
            "indicator": _indicator(unit, f"{title} {_text(page, measured)}", row),
            "place": row,
        },
        confidence="medium",
        uses=frozenset(range(cell[0], cell[1])) | _of_header(table),
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


def _of_header(table: Table) -> frozenset[int]:
    """No number of a header is one: "(100 million yuan)" is the unit of its column."""
    return frozenset(at for head in table.header for at in range(*head))


def _plain(page: Page, head: Span) -> str:
    words = re.sub(r"[(\[].*|,.*", "", page.text[slice(*head)])
    return re.sub(r"\s{2,}", " ", _YEAR.sub("", words)).strip(" ,:-")


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
    ahead = (
        time is not None and page.published is not None and time.end > page.published.isoformat()
    )
    if _AIM.search(title) or (ahead and year and int(year) > page.published.year):  # type: ignore[union-attr]
        return "target", "target", time
    return "metric", "achieved", time


def _time(page: Page, head: Span, year: str | None) -> Moment | None:
    if year is None:
        titled = _YEAR.search(fold(page.title))
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


# --- benefits by row --------------------------------------------------------------------------


def _is_of_benefits(page: Page, table: Table) -> bool:
    words = " ".join(_text(page, cell) for row in table.rows for cell in row)
    words = f"{words} {' '.join(_text(page, head) for head in table.header)} {fold(page.title)}"
    return bool(BENEFIT.search(words))


def _benefit(page: Page, table: Table, row: tuple[Span, ...]) -> Iterator[Statement]:
    """One row, one benefit: its rate, its limit, who can have it."""
    sentence = page.sentence_at(row[0][0])
    if sentence is None:
        return
    amounts: list[Amount] = []
    who = None
    for head, cell in zip(table.header[1:], row[1:], strict=True):
        label = _text(page, head)
        if _WHO.search(label):
            who = page.text[slice(*cell)].strip()
        amounts += [
            amount
            for quantity in page.quantities_in(*cell)
            if (amount := _amount(page, sentence, quantity, label, cell)) is not None
        ]
    if not amounts:
        return
    attributes: dict[str, object] = {"amounts": [one.as_json() for one in amounts]}
    found = {"eligible": who, "instrument": _instrument(page, row), "rate_base": _base(page, row)}
    attributes |= {name: value for name, value in found.items() if value}
    yield Statement(
        type="measure",
        subject=page.text[slice(*row[0])].strip(),
        spans=((row[0][0], row[-1][1]),),
        rule="en.measure.table",
        status="in_force",
        attributes=attributes,
        confidence="medium",
        uses=frozenset(range(row[0][0], row[-1][1])) | _of_header(table),
    )


def _amount(
    page: Page, sentence: Sentence, quantity: Quantity, label: str, cell: Span
) -> Amount | None:
    here = Around(
        label=label,
        topic="",
        before=page.folded[cell[0] : quantity.number_start],
        after=page.folded[quantity.end : cell[1]],
        lead="",
        verb=None,
        conditional=False,
        past=False,
    )
    role = role_of(here, quantity, True, None)
    if role == "fixed" and LIMIT.search(label):
        role = "cap"
    if role is None:
        return None
    period = period_of(here, role)
    return Amount(role=role, quantity=quantity, period=period, start=cell[0], sentence=sentence)


def _instrument(page: Page, row: tuple[Span, ...]) -> str | None:
    words = " ".join(_text(page, cell) for cell in row)
    return rules("instruments", "en").meaning(words, 0, len(words))


_BASE = re.compile(r"%\s(?:of|off)\s(?:the\s)?(?P<base>[^|\n]{3,50})")


def _base(page: Page, row: tuple[Span, ...]) -> str | None:
    found = _BASE.search(page.folded, row[0][0], row[-1][1])
    return page.text[slice(*found.span("base"))].strip(" |") if found else None
