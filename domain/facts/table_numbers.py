"""A number in a cell: its unit, its time and what it counts, from the heads of row and column."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from domain.facts.fact import Comparator, FactType, Moment, Status
from domain.facts.numerals import digits, scale
from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import When, years
from domain.text.fold import fold

YEAR = re.compile(r"(?<!\d)(?P<year>201[5-9]|20[23]\d)(?!\d)\s?年?")
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
_AREA = {
    "平方米": Decimal(1),
    "万平方米": Decimal(10**4),
    "平方公里": Decimal(10**6),
    "亩": Decimal("666.67"),
}
_COMPUTE = re.compile(
    r"(?P<scale>万)?(?P<unit>[PE])(?:FLOPS|flops)?\b|(?P<word>peta|exa)flops", re.IGNORECASE
)
_AIM = re.compile(r"目标|计划|规划|预期值|target|goal|plan", re.IGNORECASE)
_INVESTED = re.compile(r"总?投资(?!方|人|机构)|融资|募资|\binvestment\b", re.IGNORECASE)
_ROUND = re.compile(r"(?:天使|种子|战略|[A-F]\+?|Pre-?[A-C]\+?)轮")
_RAISED = re.compile(r"融资|募资")
_GROWTH = re.compile(r"同比|增长|增速|growth|%|change", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row; offsets into the text."""

    start: int
    end: int


def words_of(page: Page, cell: Cell) -> str:
    """Return the folded words of a cell."""
    return page.folded[cell.start : cell.end].strip(" |")


def number_in(
    page: Page, name: Cell, column: Cell, cell: Cell, found: re.Match[str], common: str
) -> Statement:
    """Return the number of a cell as a statement; `common` is the unit of its row."""
    head, row = words_of(page, column), words_of(page, name)
    written = _written(found, head, row, common)
    unit, value = _value(digits(found["number"]), written, f"{head} {row}")
    when = _when(page, column)
    kind, status = _kind(page, head, when)
    invested = unit not in ("count", "percent") and bool(_INVESTED.search(f"{head} {row}"))
    invested = invested or (
        unit.isupper() and bool(_ROUND.search(page.folded, name.start, cell.end))
    )
    if invested and unit.isupper():
        kind, status = "investment", "planned" if status == "target" else status
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
        attributes={"role": _role(head, row)}
        if kind == "investment"
        else {"indicator": _indicator(page, unit, head, row)},
        confidence="medium",
        uses=frozenset(range(cell.start, cell.end)),
    )


_PAID_IN = re.compile(r"完成|到位|实际|累计|已投")


def _role(head: str, row: str) -> str:
    if _RAISED.search(head + row) or not _INVESTED.search(head + row):
        return "raised"
    return "completed" if _PAID_IN.search(head) else "total"


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
    return year_of(page, column) or _of_caption(page, column)


def year_of(page: Page, column: Cell) -> Moment | None:
    """Return the year that the head of a column names."""
    found = YEAR.search(words_of(page, column))
    if not found:
        return None
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


_RECKONED = re.compile(r"预计|预测|预估|估计|\b(?:forecast|estimated?)\b", re.IGNORECASE)


def _kind(page: Page, head: str, when: Moment | None) -> tuple[FactType, Status]:
    """A column of a year to come, or one headed as a target, holds targets."""
    if _RECKONED.search(head):
        return "metric", "forecast"
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
    head = words_of(page, column)
    if YEAR.search(head) or _is_value(head):
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
    words = fold(f"{head} {row}" if unit == "count" and not YEAR.search(head) else f"{row} {head}")
    lexicon = rules("indicators", page.language)
    found = [hit.rule.meaning for hit in lexicon.hits(words, 0, len(words))]
    if unit == "count":
        return next((one for one in found if one not in _NEVER_COUNTED), "other")
    wanted = ("industry_scale",) if unit == "CNY" else ("growth", "utilisation")
    return next((one for one in found if one in wanted), "other")
