"""Tables set in plain text: a header line, rows of cells, units in the header."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.facts.numerals import digits, scale
from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.text.blocks import Block
from domain.text.fold import fold

_GAP = re.compile(r"[ ]{2,}|\t+|[ ]?\|[ ]?")
_NUMBER = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)(?P<unit>%|[^\d\s,.]{0,4})"
)
_UNIT = re.compile(r"\((?:单位[:])?(?P<unit>[^()]{1,10})\)|(?P<bare>数|%)\Z")
_MONEY = re.compile(
    r"(?P<scale>[十百千万亿]{0,2})元|(?P<million>RMB|CNY|yuan)\s?(?P<word>million|billion)?|(?P<word2>million|billion)\s(?:yuan|RMB)",
    re.IGNORECASE,
)
_GROWTH = re.compile(r"同比|增长|增速|growth|%", re.IGNORECASE)
_SKIP = re.compile(r"序号|编号|年份|no\.?\Z|rank|电话|邮编", re.IGNORECASE)
_AREA = {
    "平方米": Decimal(1),
    "万平方米": Decimal(10**4),
    "平方公里": Decimal(10**6),
    "亩": Decimal("666.67"),
}
_TOTAL = re.compile(r"合计|总计|小计|total", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row; offsets into the text."""

    start: int
    end: int


def tables(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the numbers of every table, each with the name of its row and the head of its column."""
    header: list[Cell] = []
    for block in page.blocks:
        if block.kind != "row":
            header = []
            continue
        cells = list(_cells(page.folded, block))
        if not header and not any(_NUMBER.fullmatch(_text(page, cell)) for cell in cells[1:]):
            header = [cell for wide in cells for cell in _narrow(page, wide)]
            continue
        if header:
            yield from _row(page, block, header, cells)


def _cells(folded: str, block: Block) -> Iterator[Cell]:
    at = block.start
    for gap in [*_GAP.finditer(folded, block.start, block.end), None]:
        end = gap.start() if gap else block.end
        if folded[at:end].strip(" |"):
            yield Cell(at, end)
        at = gap.end() if gap else end


def _narrow(page: Page, wide: Cell) -> Iterator[Cell]:
    """The heads of narrow Chinese columns stand one (wide) space apart."""
    if page.language != "zh":
        yield wide
        return
    for word in re.finditer(r"[^ \t]+", page.folded[wide.start : wide.end]):
        yield Cell(wide.start + word.start(), wide.start + word.end())


def _text(page: Page, cell: Cell) -> str:
    return page.folded[cell.start : cell.end].strip()


def _row(page: Page, block: Block, header: list[Cell], cells: list[Cell]) -> Iterator[Statement]:
    """Columns are counted from the right, since the first cell may be missing or merged."""
    name = next((cell for cell in cells if not _NUMBER.fullmatch(_text(page, cell))), None)
    if name is None or len(cells) > len(header) + 1 or _TOTAL.search(_text(page, name)):
        return
    unit = _unit_column(page, header, cells)
    for offset in range(1, min(len(cells), len(header))):
        column, cell = header[-offset], cells[-offset]
        found = _NUMBER.fullmatch(_text(page, cell))
        if found and cell != name and not _SKIP.search(_text(page, column)):
            statement = _statement(page, name, column, cell, found, unit)
            if statement:
                yield statement


def _statement(
    page: Page, name: Cell, column: Cell, cell: Cell, found: re.Match[str], common: str
) -> Statement | None:
    head = _text(page, column)
    unit = _UNIT.search(head)
    written = (
        found["unit"]
        or (unit["unit"] or "" if unit else "")
        or ("" if _GROWTH.search(head) else common)
    )
    kind, value = _value(digits(found["number"]), written, head)
    subject = page.text[name.start : name.end].strip(" |\u3000")
    noun = re.sub(r"\(.*|数量?\Z|数\Z", "", head)
    start, end = name.start, cell.end
    return Statement(
        type="metric",
        subject=f"{subject} {_plain(page, column)}",
        spans=((start, end),),
        rule=f"{page.language}.table",
        value=value,
        unit=kind,
        counted=page.text[column.start : column.start + len(noun)].strip() or written
        if kind == "count"
        else None,
        comparator="eq",
        status="achieved",
        attributes={"indicator": _indicator(page, kind, head, subject)},
        confidence="medium",
        uses=frozenset(range(cell.start, cell.end)),
    )


def _unit_column(page: Page, header: list[Cell], cells: list[Cell]) -> str:
    """A column headed "unit" says what the numbers of its row are."""
    for column, cell in zip(reversed(header), reversed(cells), strict=False):
        if _text(page, column).lower() in ("单位", "计量单位", "unit", "units"):
            return _text(page, cell)
    return ""


def _plain(page: Page, column: Cell) -> str:
    return re.sub(r"[(（].*", "", page.text[column.start : column.end]).strip(" |\u3000")


def _value(number: Decimal, unit: str, head: str) -> tuple[str, Decimal]:
    money = _MONEY.search(unit) or _MONEY.search(head if not unit else "")
    if money:
        word = (money["word"] or money["word2"] or "").lower()
        factor = (
            {"million": 10**6, "billion": 10**9}.get(word, 1)
            if word
            else scale(money["scale"] or "")
        )
        return "CNY", number * factor
    if unit == "%" or "%" in head or "率" in head:
        return "percent", number
    if unit in _AREA:
        return "m2", number * _AREA[unit]
    return "count", number * scale(re.sub(r"[^十百千万亿]", "", unit))


def _indicator(page: Page, kind: str, head: str, subject: str) -> str:
    if kind == "m2":
        return "area"
    if kind == "count":
        words = fold(f"{head} {subject}")
        meaning = rules("indicators", page.language).meaning(words, 0, len(words))
        return (
            meaning if meaning not in (None, "growth", "utilisation", "industry_scale") else "other"
        )  # type: ignore[return-value]  # None is in the tuple
    return "other"
