"""Tables set in plain text: a header line, rows of cells, units and years in the header."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.facts import backers_zh
from domain.facts.fact import Moment
from domain.facts.page import Page
from domain.facts.statement import Statement
from domain.facts.table_numbers import YEAR, Cell, number_in, words_of, year_of
from domain.facts.table_stacked import stacked_tables
from domain.facts.when import When
from domain.text.blocks import Block
from domain.text.fold import fold

_GAP = re.compile(r"[ ]{2,}|\t+|[ ]?\|[ ]?|[ ]/[ ]")
_SPACE = re.compile(r"[ ](?=[≥>≤<约超]?\d)")
_NUMBER = re.compile(
    r"(?P<before>[>≥<≤约超近+]{0,2}|不少于|不低于|超过|about |over |>= ?)\s?"
    r"(?P<number>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)"
    r"[ ]?(?P<unit>%|[^\d\s,.]{0,5}?|[ ]?(?:million|billion|trillion)(?: yuan| "
    r"RMB)?)(?P<after>以上|左右|以内|\+)?"
)
_SKIP = re.compile(r"序号|编号|\Ano\.?\Z|排名|rank|电话|邮编|属性|备注", re.IGNORECASE)
_TOTAL = re.compile(r"\A(?:合计|总计|小计|total)", re.IGNORECASE)
_UNIT_COLUMN = ("单位", "计量单位", "unit", "units")
_LISTS_GRANTEES = re.compile(r"公示|名单|公布.{0,20}结果|拟(?:支持|资助|补助|兑现|奖励|立项|认定)")
_GRANTEE = re.compile(r"(?:公司|大学|研究院|研究所|医院|学院|集团)(?=[ (|\t]|\s)")


def tables(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the numbers of every table, each with the name of its row and head of its column."""
    if page.language != "zh":
        return
    for statement in _numbers(page):
        if not statement.uses & taken:
            yield statement


def _numbers(page: Page) -> Iterator[Statement]:
    yield from _upright(page)
    header: list[Cell] = []
    listed = page.language == "zh" and bool(_LISTS_GRANTEES.search(fold(page.title)))
    for block in page.blocks:
        if block.kind != "row":
            header = []
            continue
        if listed and _GRANTEE.search(page.folded, block.start, block.end):
            continue
        cells = list(_cells(page.folded, block))
        if not header and not any(_is_number(page, cell) for cell in cells[1:]):
            header = [cell for wide in cells for cell in _narrow(page, wide)]
            continue
        if header:
            yield from _row(page, header, cells)


def _upright(page: Page) -> Iterator[Statement]:
    """Tables of a line for each cell: of nothing but numbers, else with a column of numbers."""
    seen: set[int] = set()
    for told in _vertical(page):
        seen |= told.uses
        yield told
    for header, rows in stacked_tables(page) if page.language == "zh" else ():
        heads = [Cell(*head) for head in header]
        for row in rows:
            for told in _row(page, heads, [Cell(*cell) for cell in row]):
                if not told.uses & seen:
                    yield told


_SHORT = 24
_FEWEST_CELLS = 6
_NARROWEST = 2


def _vertical(page: Page) -> Iterator[Statement]:
    """A table whose cells came one below the other: header, then rows of as many lines."""
    run: list[Cell] = []
    for block in [*page.blocks, None]:
        if block and block.kind in ("heading", "row") and block.end - block.start <= _SHORT:
            run.append(Cell(block.start, block.end))
            continue
        yield from _stacked(page, run)
        run = []


def _stacked(page: Page, run: list[Cell]) -> Iterator[Statement]:
    numbers = [at for at, cell in enumerate(run) if _is_value(page, cell)]
    if len(run) < _FEWEST_CELLS or not numbers or len(numbers) * 3 < len(run):
        return
    width = _columns(page, run, numbers[0])
    if width < _NARROWEST:
        return
    offset = numbers[0] - _leading(page, run, numbers[0]) - width
    header = run[max(0, offset) : max(0, offset) + width]
    if any(_begins_with_count(page, cell) for cell in header):
        return
    for at in range(max(0, offset) + width, len(run) - width + 1, width):
        cells = run[at : at + width]
        if _is_number(page, cells[0]):
            return
        yield from _row(page, header, cells)


def _begins_with_count(page: Page, cell: Cell) -> bool:
    """1390余家企业 over 11.8万名从业者 are lines of a poster, and heads of no columns."""
    text = words_of(page, cell)
    return text[:1].isdigit() and not YEAR.match(text)


def _leading(page: Page, run: list[Cell], first: int) -> int:
    """How many cells of a row come before its first number: its name, and its unit."""
    return 2 if first > 1 and words_of(page, run[first - 1]) in _UNITS else 1


def _is_value(page: Page, cell: Cell) -> bool:
    """A number, or what stands in its place."""
    return _is_number(page, cell) or words_of(page, cell) in ("-", "--", "/")


def _columns(page: Page, run: list[Cell], first: int) -> int:
    """The cells of a row: from its name to the last number in a row of numbers."""
    at = first
    while at < len(run) and (
        _is_number(page, run[at]) or words_of(page, run[at]) in ("-", "--", "/")
    ):
        at += 1
    return at - first + _leading(page, run, first)


_UNITS = frozenset(
    (
        "亿元",
        "万元",
        "家",
        "个",
        "项",
        "P",
        "%",
        "款",
        "人",
        "万人",
        "件",
        "平方公里",
        "台",
        "EFLOPS",
        "PFLOPS",
        "名",
        "户",
        "万P",
        "所",
    )
)


def _cells(folded: str, block: Block) -> Iterator[Cell]:
    at = block.start
    found = list(_GAP.finditer(folded, block.body, block.end))
    for gap in [*(found or _SPACE.finditer(folded, block.start, block.end)), None]:
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


def _is_number(page: Page, cell: Cell) -> bool:
    text = words_of(page, cell)
    year = YEAR.match(text)
    dated = year is not None and (year.end() == len(text) or "年" in text or "目标" in text)
    return bool(_NUMBER.fullmatch(text)) and not dated


def _row(page: Page, header: list[Cell], cells: list[Cell]) -> Iterator[Statement]:
    """Columns are counted from the right, since the first cell may be missing or merged."""
    named = [
        cell
        for cell in cells[:3]
        if not (_is_number(page, cell) or _numeral(page, cell) or _dated(page, cell))
    ]
    if not named or len(cells) > len(header) + 1 or _TOTAL.search(words_of(page, named[0])):
        return
    name = named[0]
    common = _unit_column(page, header, cells)
    for offset in range(1, min(len(cells), len(header))):
        column, cell = header[-offset], cells[-offset]
        found = _NUMBER.fullmatch(words_of(page, cell))
        lasts = found and (found["unit"] or "").strip() in _LASTING
        if found and not lasts and cell != name and not _SKIP.search(words_of(page, column)):
            told = number_in(page, name, column, cell, found, common)
            if not (told.unit == "count" and _OF_MONEY.search(words_of(page, column))):
                yield _of_row(page, header, cells, told, len(header) - offset)


def _dated(page: Page, cell: Cell) -> When | None:
    """The time that a cell is, where it holds nothing else: 2018-11 | A轮 | 6000万元."""
    found = page.times_in(cell.start, cell.end)
    whole = found and len(words_of(page, cell)) <= found[0].end - found[0].start + 1
    return found[0] if whole else None


_BACKERS = re.compile(r"(?:投资|出资|领投|跟投|认购)(?:方|人|机构|主体|单位|企业)?\Z")


def _of_row(
    page: Page, header: list[Cell], cells: list[Cell], told: Statement, at: int
) -> Statement:
    """The same number with the time and the investors that other cells of its row name."""
    if told.time is None:
        told = replace(told, time=_row_time(page, header[:at], cells))
    if told.type != "investment":
        return told
    days = [own for cell in cells if (own := _dated(page, cell))]
    if page.published and any(when.last > page.published for when in days):
        told = replace(told, status="planned")
    for column, cell in zip(reversed(header), reversed(cells), strict=False):
        if _BACKERS.search(words_of(page, column)) and not _is_number(page, cell):
            names = backers_zh.names_in(page.text[cell.start : cell.end].strip(" |"))
            return replace(told, attributes={**told.attributes, "investors": names})
    return told


def _row_time(page: Page, before: list[Cell], cells: list[Cell]) -> Moment | None:
    """Of a cell of its own, of the column before (2025年 | 增速), of the page's report."""
    when = next((own for cell in cells if (own := _dated(page, cell))), None)
    if when and page.published and when.last <= page.published:
        return when.moment("as_of", page.text)
    beside = next((found for one in reversed(before) if (found := year_of(page, one))), None)
    if beside and page.published and beside.end <= page.published.isoformat():
        return beside
    titled = page.report and page.published and page.report.last <= page.published
    return page.report.moment("as_of", page.title) if page.report and titled else None


_OF_MONEY = re.compile(r"额|奖|补|资助|标准(?!数)|资金|经费|投资|融资")
"""A column headed so holds sums: without a unit nobody knows how much."""


_LASTING = ("年", "个月", "天", "日", "工作日", "小时", "分钟")
"""A term is no figure: 补贴年限 3年."""


def _numeral(page: Page, cell: Cell) -> bool:
    return bool(re.fullmatch(r"\d{1,3}[.、]?|[一二三四五六七八九十]{1,3}", words_of(page, cell)))


def _unit_column(page: Page, header: list[Cell], cells: list[Cell]) -> str:
    """A column headed "unit" says what the numbers of its row are."""
    for column, cell in zip(reversed(header), reversed(cells), strict=False):
        if words_of(page, column).lower() in _UNIT_COLUMN:
            return words_of(page, cell)
    return ""
