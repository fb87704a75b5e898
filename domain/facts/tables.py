"""Tables set in plain text: a header line, rows of cells, units and years in the header."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.facts.fact import Comparator, FactType, Moment, Status
from domain.facts.numerals import digits, scale
from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import When, years
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
_UNIT = re.compile(r"[(](?:单位[:]?)?(?P<unit>(?:\d{1,3} (?=[a-z]))?[^()\d]{1,14})[)]")
_IS_UNIT = re.compile(
    r"[十百千万亿]{0,2}(?:元|美元|港元|人民币|人次|[家个项名位户座台套件款所只支处张人亩条次笔])?(?<=.)|%|百分点"
    r"|万?平方米|平方公里|万?[PE](?:FLOPS|flops)?|[PTEG]B"
    r"|(?:\d{1,3} )?[A-Za-z%][A-Za-z .%/-]{0,30}",
)
"""（预计）, （累计） behind a head or a name are no units."""
_MONEY = re.compile(
    (
        r"(?P<scale>[十百千万亿]{0,2})(?P<foreign>美|港|欧|日)?元|\b(?P<word>million|billion|trillion)?\s?(?:yuan|RMB"
        r"|CNY)\b(?:\s(?P<word2>million|billion|trillion|bn))?"
    ),
    re.IGNORECASE,
)
_COMPARATORS: dict[str, Comparator] = {
    ">": "gt",
    "≥": "ge",
    "<": "lt",
    "≤": "le",
    "约": "approx",
    "超": "gt",
    "近": "approx",
    "不少于": "ge",
    "不低于": "ge",
    "超过": "gt",
    "about ": "approx",
    "over ": "gt",
    ">=": "ge",
    ">= ": "ge",
    "以上": "ge",
    "左右": "approx",
    "以内": "le",
    "+": "gt",
}
_SKIP = re.compile(r"序号|编号|\Ano\.?\Z|排名|rank|电话|邮编|属性|备注", re.IGNORECASE)
_AREA = {
    "平方米": Decimal(1),
    "万平方米": Decimal(10**4),
    "平方公里": Decimal(10**6),
    "亩": Decimal("666.67"),
}
_COMPUTE = re.compile(
    r"(?P<scale>万)?(?P<unit>[PE])(?:FLOPS|flops)?\b|(?P<word>peta|exa)flops", re.IGNORECASE
)
_TOTAL = re.compile(r"\A(?:合计|总计|小计|total)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?P<year>201[5-9]|20[23]\d)(?!\d)\s?年?")
_AIM = re.compile(r"目标|计划|规划|预期值|target|goal|plan", re.IGNORECASE)
_GROWTH = re.compile(r"同比|增长|增速|growth|%|change", re.IGNORECASE)
_INVESTED = re.compile(r"总?投资(?!方|人|机构)|融资|募资|\binvestment\b", re.IGNORECASE)
_ROUND = re.compile(r"(?:天使|种子|战略|[A-F]\+?|Pre-?[A-C]\+?)轮")
_RAISED = re.compile(r"融资|募资")
_UNIT_COLUMN = ("单位", "计量单位", "unit", "units")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row; offsets into the text."""

    start: int
    end: int


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
    yield from _vertical(page)
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
    numbers = [
        at
        for at, cell in enumerate(run)
        if _is_number(page, cell) or _text(page, cell) in ("-", "--", "/")
    ]
    if len(run) < _FEWEST_CELLS or not numbers or len(numbers) * 3 < len(run):
        return
    width = _columns(page, run, numbers[0])
    if width < _NARROWEST:
        return
    offset = numbers[0] - _leading(page, run, numbers[0]) - width
    header = run[max(0, offset) : max(0, offset) + width]
    for at in range(max(0, offset) + width, len(run) - width + 1, width):
        cells = run[at : at + width]
        if _is_number(page, cells[0]):
            return
        yield from _row(page, header, cells)


def _leading(page: Page, run: list[Cell], first: int) -> int:
    """How many cells of a row come before its first number: its name, and its unit."""
    return 2 if first > 1 and _text(page, run[first - 1]) in _UNITS else 1


def _columns(page: Page, run: list[Cell], first: int) -> int:
    """The cells of a row: from its name to the last number in a row of numbers."""
    at = first
    while at < len(run) and (_is_number(page, run[at]) or _text(page, run[at]) in ("-", "--", "/")):
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


def _text(page: Page, cell: Cell) -> str:
    return page.folded[cell.start : cell.end].strip(" |")


def _is_number(page: Page, cell: Cell) -> bool:
    text = _text(page, cell)
    year = _YEAR.match(text)
    dated = year is not None and (year.end() == len(text) or "年" in text or "目标" in text)
    return bool(_NUMBER.fullmatch(text)) and not dated


def _row(page: Page, header: list[Cell], cells: list[Cell]) -> Iterator[Statement]:
    """Columns are counted from the right, since the first cell may be missing or merged."""
    named = [cell for cell in cells[:2] if not _is_number(page, cell) and not _numeral(page, cell)]
    if not named or len(cells) > len(header) + 1 or _TOTAL.search(_text(page, named[0])):
        return
    name = named[0]
    common = _unit_column(page, header, cells)
    for offset in range(1, min(len(cells), len(header))):
        column, cell = header[-offset], cells[-offset]
        found = _NUMBER.fullmatch(_text(page, cell))
        lasts = found and (found["unit"] or "").strip() in _LASTING
        if found and not lasts and cell != name and not _SKIP.search(_text(page, column)):
            told = _statement(page, name, column, cell, found, common)
            if not (told.unit == "count" and _OF_MONEY.search(_text(page, column))):
                yield told


_OF_MONEY = re.compile(r"额|奖|补|资助|标准(?!数)|资金|经费|投资|融资")
"""A column headed so holds sums: without a unit nobody knows how much."""


_LASTING = ("年", "个月", "天", "日", "工作日", "小时", "分钟")
"""A term is no figure: 补贴年限 3年."""


def _numeral(page: Page, cell: Cell) -> bool:
    return bool(re.fullmatch(r"\d{1,3}[.、]?|[一二三四五六七八九十]{1,3}", _text(page, cell)))


def _unit_column(page: Page, header: list[Cell], cells: list[Cell]) -> str:
    """A column headed "unit" says what the numbers of its row are."""
    for column, cell in zip(reversed(header), reversed(cells), strict=False):
        if _text(page, column).lower() in _UNIT_COLUMN:
            return _text(page, cell)
    return ""


def _statement(
    page: Page, name: Cell, column: Cell, cell: Cell, found: re.Match[str], common: str
) -> Statement:
    head, row = _text(page, column), _text(page, name)
    written = _written(found, head, row, common)
    unit, value = _value(digits(found["number"]), written, f"{head} {row}")
    when = _when(page, column)
    kind, status = _kind(page, head, when)
    invested = unit not in ("count", "percent") and bool(_INVESTED.search(f"{head} {row}"))
    invested = invested or (
        unit.isupper() and bool(_ROUND.search(page.folded, name.start, cell.end))
    )
    kind = "investment" if invested and unit.isupper() and kind == "metric" else kind
    subject = (
        _plain(page, name)
        if when or _is_value(head)
        else f"{_plain(page, name)} {_plain(page, column)}"
    )
    start = min(name.start, cell.start)
    return Statement(
        type=kind,
        subject=subject.strip(),
        spans=((start, cell.end),),
        rule=f"{page.language}.table",
        value=value,
        unit=unit,
        counted=_counted(page, name, column, written) if unit == "count" else None,
        comparator=_comparator(found),
        status=status,
        time=when,
        attributes={
            "role": "raised"
            if _RAISED.search(head + row) or not _INVESTED.search(head + row)
            else "total"
        }
        if kind == "investment"
        else {"indicator": _indicator(page, unit, head, row)},
        confidence="medium",
        uses=frozenset(range(cell.start, cell.end)),
    )


def _written(found: re.Match[str], head: str, row: str, common: str) -> str:
    own = (found["unit"] or "").strip()
    if own:
        return own
    for words in (head, row):
        for unit in _UNIT.finditer(words):
            if _IS_UNIT.fullmatch(unit["unit"].strip()):
                return unit["unit"].strip()
    return "" if _GROWTH.search(head) else common


def _is_value(head: str) -> bool:
    return head in (
        "数值",
        "数量",
        "指标值",
        "完成值",
        "value",
        "Value",
        "Figure",
        "Number",
        "目标值",
        "Target",
    )


def _comparator(found: re.Match[str]) -> Comparator:
    return _COMPARATORS.get(found["after"] or found["before"] or "", "eq")


def _when(page: Page, column: Cell) -> Moment | None:
    """The year of the column, else the one that the line above the table names."""
    found = _YEAR.search(_text(page, column))
    if not found:
        return _of_caption(page, column)
    first, last = years(int(found["year"]), int(found["year"]))
    future = page.published is not None and last > page.published
    when = When(start=column.start, end=column.end, first=first, last=last, precision="year")
    return when.moment("horizon" if future else "as_of", page.text)


def _of_caption(page: Page, column: Cell) -> Moment | None:
    at = bisect_right(page.blocks, column.start, key=lambda block: block.start) - 1
    above = next(
        (block for block in reversed(page.blocks[max(0, at - 2) : at]) if block.kind != "row"), None
    )
    if above is None or page.language == "en":
        return None
    found = [when for when in page.times_in(above.start, above.end) if when.explicit]
    if len(found) != 1 or page.published is None or found[0].last > page.published:
        return None
    return found[0].moment("as_of", page.text)


def _kind(page: Page, head: str, when: Moment | None) -> tuple[FactType, Status]:
    """A column of a year to come, or one headed as a target, holds targets."""
    if _AIM.search(head) and not re.search(r"实际|完成|actual", head):
        return "target", "target"
    if (
        when
        and when.role == "horizon"
        and page.published
        and when.start[:4] > str(page.published.year)
    ):
        return "target", "target"
    if (
        when
        and when.role == "horizon"
        and page.published
        and page.published.month < 12
        and _AIM.search(page.title)
    ):
        return "target", "target"
    return "metric", "achieved"


def _plain(page: Page, cell: Cell) -> str:
    return re.sub(r"[(（].*", "", page.text[cell.start : cell.end]).strip(" |\u3000")


def _counted(page: Page, name: Cell, column: Cell, unit: str) -> str:
    """What is counted is the row where columns are years, else the column."""
    head = _text(page, column)
    if _YEAR.search(head) or _is_value(head):
        return _plain(page, name)
    noun = re.sub(r"(?:数量|总数|数)\Z", "", _plain(page, column))
    return noun or unit or _plain(page, name)


def _value(number: Decimal, unit: str, words: str) -> tuple[str, Decimal]:
    money = _MONEY.search(unit)
    if money:
        word = (money["word"] or money["word2"] or "").lower()
        factor = {"million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}.get(word, 1)
        many = re.match(r"\d{1,3}(?= )", unit)  # "100 million yuan", for 亿元
        code = _FOREIGN.get(money["foreign"] or "", "CNY")
        return code, number * factor * scale(money["scale"] or "") * int(many[0] if many else 1)
    if unit in ("百分点", "个百分点"):
        return "percentage_point", number
    if (
        "%" in unit
        or "percent" in unit
        or (not unit and re.search(r"%|率|占比|比重|\brate\b|\bshare\b", words))
    ):
        return "percent", number
    if unit in _AREA:
        return "m2", number * _AREA[unit]
    compute = _COMPUTE.match(unit)
    if compute:
        big = (compute["unit"] or "").upper() == "E" or (compute["word"] or "").lower() == "exa"
        return "PFLOPS", number * (1000 if big else 1) * (10**4 if compute["scale"] else 1)
    return "count", number * scale(re.sub(r"[^十百千万亿]", "", unit))


_FOREIGN = {"美": "USD", "港": "HKD", "欧": "EUR", "日": "JPY"}
_NEVER_COUNTED = ("growth", "utilisation", "industry_scale", "area", "compute_capacity")


def _indicator(page: Page, unit: str, head: str, row: str) -> str:
    if unit in ("m2", "PFLOPS"):
        return "area" if unit == "m2" else "compute_capacity"
    words = fold(f"{head} {row}" if unit == "count" and not _YEAR.search(head) else f"{row} {head}")
    lexicon = rules("indicators", page.language)
    found = [hit.rule.meaning for hit in lexicon.hits(words, 0, len(words))]
    if unit == "count":
        return next((one for one in found if one not in _NEVER_COUNTED), "other")
    wanted = ("industry_scale",) if unit == "CNY" else ("growth", "utilisation")
    return next((one for one in found if one in wanted), "other")
