"""Quantities in Chinese text: numeral, scale, unit, and the words around them that compare."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.facts.comparators_zh import behind, compared
from domain.facts.fact import Comparator
from domain.facts.numerals import digits, han, scale
from domain.facts.numerals_zh import DIGITS, HAN, SCALE
from domain.facts.quantity import Quantity, QuantityKind
from domain.facts.shares_zh import shares
from domain.facts.units_zh import UNITS, currency_before, factor, unit_of

_QUANTITY = re.compile(
    rf"""(?P<number>{DIGITS}|{HAN})
        (?:[ ]?(?P<vague>[余多来]))?[ ]?(?P<scale>{SCALE})
        (?:(?<=亿)(?P<rest>\d{{1,4}}(?:\.\d{{1,4}})?)(?P<restscale>千?万))?
        (?P<more>[余多来])?
        (?:[ ]?(?P<lowunit>元|美元|港元|%|家|个|项|平方米|亩|P|成)?[ ]?(?:至|到|-|~)[ ]?
           (?P<high>{DIGITS}|{HAN})[ ]?(?P<highscale>{SCALE})
           (?(lowunit)(?=[ ]?(?P=lowunit))))?
        [ ]?(?:{UNITS})?
        (?P<after>[ ]?(?:\(含\))?(?:及|或)?(?:以上|以下|以内|左右|上下|不等|之内|开外|不到"""
    r"""|(?:为|作为?)?(?:上限|封顶|限(?!于|额|制|价))|(?:为|作为?)(?:下限|底线)))?
    """,
    re.VERBOSE,
)

_PER = re.compile(
    r"[ ]?(?:/|每)[ ]?(?P<per>[家个项名人户年月平方米亩台套天日PTB次篇件]{1,4}(?:[·/][月年日])?)"
)

_NAME_BEFORE = re.compile(r"(?:第|[A-Za-z#.]|[A-Za-z0-9]\+|\d[.:])\Z")

_CODE_BEFORE = re.compile(r"[A-Z]{2}\Z")

_NAME_AFTER = re.compile(
    r"级|[Gg](?![Bb])|号|\+|:\d|届|期(?!间)|批|条|大(?!关)|类|字|路|楼|层|环|线|版|代|[A-Za-z]{2}"
)

_NUMBERED = re.compile(r"0\d")
"""01, 02: the number of a heading."""

_MONEY_HEAD = re.compile(
    r"(?:投资|产值|营收|收入|(?<!参数)(?<!用户)规模|融资|基金|资金|金额|估值|产出|增加值|总量|市值|贷款"
    r"|出资|投入)[^,。;:!?\n]{0,8}\Z"
)

_WAN = re.compile(r"[万亿]\Z")

_GIVEN_HEAD = re.compile(
    r"(?:奖励?|补贴?|补助|资助|给予?|奖补|[领拿]到|投资|出资|融资|[赠另再]送|返还?|抵扣|累计|合计)"
    r"[ :]?(?:最高|不超过|各|约|了|金额|共|合计)?\Z"
    r"|最高(?:可获|可享|可得|奖励)?\Z"
)

_CLOSED_BEHIND = re.compile(r"[ ]?(?:[,。;、)!]|的|以|\Z|\n|奖|补|资助|支持|扶持)")

_NOT_NUMERAL = frozenset("零一万亿千百十")

_VAGUE_DAYS = re.compile(r"\d[ ]?(?:年|月)[ ]?\Z|[年月]\Z")

_SHARES = re.compile(
    rf"(?:[、和及或与至到]|以及)(?:约|近|超过?|最高|不超过)?(?:(?:{DIGITS})[ "
    rf"]?{SCALE}[、和及或与至到]){{0,5}}(?:约|近|超过?|最高|不超过)?(?:{DIGITS})[ "
    rf"]?{SCALE}[ ]?(?P<unit>元|美元|港元)"
)


def quantities(folded: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    """Return the quantities of a folded Chinese text, outside the spans to skip (dates, titles)."""
    found = [*shares(folded)]
    for one in _found(folded, skip):
        found += [*_slashed(folded, one), one]
    found.sort(key=lambda quantity: (quantity.number_start, quantity.end))
    found = _in_taiwan_dollars(folded, _in_declared(folded, found))
    return tuple(_shared(folded, found))


_DECLARED = re.compile(
    r"元?\s?\((?:[^()\n]{0,12}?(?:以|均为|皆为))?(?P<currency>港元|港币|美元|新?台币|人民币)[^()\n]{0,6}下同\)"
)
_CODES = {"港元": "HKD", "港币": "HKD", "美元": "USD", "台币": "TWD", "人民币": "CNY"}


_FIGURE = re.compile(r"[\d.]+")


def _in_declared(folded: str, found: list[Quantity]) -> list[Quantity]:
    """33.6元(港元,下同): from its line on, sums without a currency of their own are of that one."""
    said = _DECLARED.search(folded) if "下同" in folded else None
    unit = _CODES[said["currency"].removeprefix("新")] if said else "CNY"
    if said is None or unit == "CNY":
        return found
    first = folded.rfind("\n", 0, said.start()) + 1
    return [
        replace(one, unit=unit)
        if one.unit == "CNY" and one.number_start >= first and _is_bare(folded, one)
        else one
        for one in found
    ]


_CHANGED_TO = re.compile(r"[^,。;:\n\d]{0,8}[至到为-]")


def _in_taiwan_dollars(folded: str, found: list[Quantity]) -> list[Quantity]:
    """新台币120亿元上修至150亿元: what a sum changes to is in the same currency."""
    if "台币" not in folded:
        return found
    kept: list[Quantity] = []
    last: Quantity | None = None
    for one in found:
        gap = folded[last.end : one.number_start] if last else "\n"
        goes_on = last is not None and last.unit == "TWD" and _CHANGED_TO.fullmatch(gap)
        bare = one.unit == "CNY" and _is_bare(folded, one) and "人民币" not in gap
        kept.append(replace(one, unit="TWD") if goes_on and bare else one)
        last = kept[-1] if one.kind == "money" else last
    return kept


def _is_bare(folded: str, one: Quantity) -> bool:
    return "人民币" not in folded[max(0, one.start - 4) : one.end + 4]


_SLASHES = re.compile(r"(?<![\d./])(?:\d{1,6}(?:\.\d{1,4})?/){1,6}\Z")


def _slashed(folded: str, last: Quantity) -> Iterator[Quantity]:
    """16.8/21.5/26.9亿元: the unit behind the last of a list is that of each."""
    if folded[last.number_start - 1 : last.number_start] != "/":
        return
    before = _SLASHES.search(folded, max(0, last.number_start - 40), last.number_start)
    if before is None or last.high is not None or last.kind not in ("money", "percent", "compute"):
        return
    own = _FIGURE.match(folded[last.number_start : last.end])
    if own is None or not digits(own.group()):
        return
    times = last.value / digits(own.group())
    for number in _FIGURE.finditer(before.group()):
        start = before.start() + number.start()
        yield replace(
            last,
            start=start,
            number_start=start,
            end=start + len(number.group()),
            per="",
            value=digits(number.group()) * times,
        )


_EACH = re.compile(r"(?:分别|均|各|都|依次)\Z")
_JOINED = ("、", "和", "与", "及", "以及", "、和")


def _shared(folded: str, found: list[Quantity]) -> Iterator[Quantity]:
    """分别约为57个和12个: the comparator before a list is that of each of its numbers."""
    last: Quantity | None = None
    for one in found:
        joined = last and one.unit == last.unit and folded[last.end : one.start] in _JOINED
        if last and joined and one.comparator == "eq":
            last = replace(one, comparator=last.comparator)
            yield last
            continue
        compares = one.comparator in ("gt", "ge", "lt", "le", "approx")
        each = compares and _EACH.search(folded, max(0, one.start - 2), one.start)
        last = one if each else None
        yield one


def _found(folded: str, skip: tuple[tuple[int, int], ...]) -> Iterator[Quantity]:
    closed = _Closed(skip)
    for match in _QUANTITY.finditer(folded):
        if closed.holds(match.start()):
            continue
        quantity = _quantity(folded, match)
        if quantity:
            yield quantity


class _Closed:
    """Spans in order, asked for positions in order: one pass over both."""

    def __init__(self, spans: tuple[tuple[int, int], ...]) -> None:
        self._spans = spans
        self._at = 0

    def holds(self, position: int) -> bool:
        while self._at < len(self._spans) and self._spans[self._at][1] <= position:
            self._at += 1
        return self._at < len(self._spans) and self._spans[self._at][0] <= position


def _quantity(folded: str, match: re.Match[str]) -> Quantity | None:
    start, number = match.start(), match["number"]
    if (number[0] == "0" and _NUMBERED.match(number)) or _is_name(folded, start):
        return None
    kind, unit = unit_of(match)
    named = currency_before(folded, start) if unit in ("", "CNY") else None
    if kind == "count" and match["count"] == "个" and folded[match.end() : match.end() + 1] == "亿":
        return _hundred_millions(folded, match)
    if kind is None:
        kind, unit = _bare(folded, match, named)
    written = not number[0].isdigit()
    if kind is None or (written and not _is_numeral(number, match, kind)):
        return None
    value, high = _values(match, kind)
    either = "不等" in (match["after"] or "") or folded.startswith("之间", match.end())
    if (
        high is not None
        and not either
        and match["lowunit"]
        and _FROM.search(folded, max(0, start - 12), start)
    ):
        value, high = high, None  # 从不足500P到1.98万P
    if kind == "duration" and (value > _LONGEST or _VAGUE_DAYS.search(folded[start - 3 : start])):
        return None
    comparator, begin = _comparator(folded, start, match)
    end = match.end()
    per = _PER.match(folded, end) if kind in ("money", "percent", "area") else None
    return Quantity(
        start=min(begin, named[1]) if named else begin,
        number_start=start,
        end=per.end() if per else end,
        kind=kind,
        value=value,
        high=high,
        unit=named[0] if named else unit,
        comparator="range" if high is not None else comparator,
        counter=(match["count"] or "") if kind == "count" else "",
        per=per["per"] if per else "",
        written=written,
    )


def _hundred_millions(folded: str, match: re.Match[str]) -> Quantity:
    """基金规模10个亿: spoken sums; 元 may follow."""
    value, high = _values(match, "money")
    comparator, begin = _comparator(folded, match.start(), match)
    end = match.end() + 1
    return Quantity(
        start=begin,
        number_start=match.start(),
        end=end + (folded[end : end + 1] == "元"),
        kind="money",
        value=value * 10**8,
        high=None if high is None else high * 10**8,
        unit="CNY",
        comparator="range" if high is not None else comparator,
        written=not match["number"][0].isdigit(),
    )


_FROM = re.compile(r"[由从](?!事|业)[^,。;:\d]{0,8}\Z")
_LONGEST = 60
"""Of a duration: 2025年 is a year and lasts no 2025 years."""


def _is_name(folded: str, start: int) -> bool:
    """第3, A4, 1+6: the number is part of a name."""
    before = folded[max(0, start - 3) : start]
    return bool(_NAME_BEFORE.search(before)) and not _CODE_BEFORE.search(before)


def _values(match: re.Match[str], kind: QuantityKind) -> tuple[Decimal, Decimal | None]:
    """The number and, of a range, its upper end; 3至5亿元 is of 300 million on."""
    times = factor(match, kind)
    value, high = _value(match["number"], match) * times, _high(match, times)
    if high is not None and match["highscale"] and not match["scale"] and not match["lowunit"]:
        value *= scale(match["highscale"])
    return value, high if high is not None and high > value else None


_JOINS = re.compile(r"(?:跻身|迈入|进入|迈向|冲刺|挺进)\Z")
"""核心产业规模跻身五千亿级: a size, where 千亿级产业 is a name."""


def _bare(
    folded: str, match: re.Match[str], named: tuple[str, int] | None
) -> tuple[QuantityKind | None, str]:
    """A number without a unit is money where its list ends in money, or behind a noun of it."""
    if named and match["scale"]:
        return "money", named[0]
    shared = _SHARES.match(folded, match.end()) if match["scale"] else None
    if shared:
        return "money", {"元": "CNY", "美元": "USD", "港元": "HKD"}[shared["unit"]]
    if _WAN.search(match["scale"] or match["number"]) and _GIVEN_HEAD.search(
        folded, max(0, match.start() - 14), match.start()
    ):
        return ("money", "CNY") if _CLOSED_BEHIND.match(folded, match.end()) else (None, "")
    head = folded[max(0, match.start() - 16) : match.start()]
    named_so = _NAME_AFTER.match(folded, match.end()) and not _JOINS.search(head)
    if "亿" not in (match["scale"] or match["number"]) or named_so:
        return None, ""
    return ("money", "CNY") if _MONEY_HEAD.search(head) else (None, "")


def _is_numeral(number: str, match: re.Match[str], kind: QuantityKind) -> bool:
    if kind == "money":
        return len(number) > 1 or bool(match["scale"])
    if kind in ("percent", "compute", "area"):
        return True
    if number in _NOT_NUMERAL or (match["duration"] in ("年", "日", "天") and len(number) > 3):
        return False
    return kind != "count" or match["count"] not in (
        "对",
        "组",
        "块",
        "片",
        "门",
        "头",
        "支",
        "件",
        "单",
        "条",
        "份",
        "次",
    )


def _value(number: str, match: re.Match[str]) -> Decimal:
    value = han(number) if not number[0].isdigit() else digits(number)
    value *= scale(match["scale"] or "")
    if match["half"]:
        value += Decimal("0.5") if match["half"] == "半" else han(match["half"]) / Decimal(10)
    if match["rest"]:
        value += digits(match["rest"]) * scale(match["restscale"])
    return value


def _high(match: re.Match[str], factor: Decimal | int) -> Decimal | None:
    number = match["high"]
    if not number:
        return None
    value = digits(number) if number[0].isdigit() else han(number)
    return value * scale(match["highscale"] or match["scale"] or "") * factor


_STEP = re.compile(r"(?:元|家|亩|人)?(?:的)?(?:新)?(?:台阶|关口)")
_STEPS_UP = re.compile(r"[迈站跨登跃冲走][上过]|跨越")


def _comparator(folded: str, start: int, match: re.Match[str]) -> tuple[Comparator, int]:
    name, where = compared(folded, start)
    if name == "gt" and _STEP.match(folded, match.end()) and _STEPS_UP.search(folded, where, start):
        name = "eq"  # 迈上180亿元台阶
    after = behind((match["after"] or "").strip())
    if after:
        return after, where
    more = match["tenthmore"] or match["timesmore"] or match["vague"] or match["more"] or ""
    if more.endswith(("余", "多", "强")):
        return ("gt" if name in ("eq", "approx") else name), where
    if name == "eq" and more in ("来", "弱"):
        name = "approx" if more == "来" else "lt"
    return name, where
