"""The amounts of a benefit and the part each plays: pool, cap, fixed, per unit, rate, threshold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from domain.facts import roles_en
from domain.facts.fact import Comparator
from domain.facts.numerals import plain
from domain.facts.page import Page, Sentence
from domain.facts.phrases_zh import window
from domain.facts.quantity import Quantity
from domain.text.matching import last_match

AmountRole = Literal["pool", "cap", "fixed", "per_unit", "rate", "threshold"]
Period = Literal["once", "year", "project", "total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One sum or percentage of a benefit."""

    role: AmountRole
    quantity: Quantity
    period: Period | None
    start: int
    """Where the clause of the amount begins."""
    sentence: Sentence

    def as_json(self) -> dict[str, object]:
        """Return it as the contract writes it."""
        high = self.quantity.high
        found: dict[str, object] = {
            "role": self.role,
            "value": plain(self.quantity.value),
            "unit": self.quantity.unit,
            "comparator": self.comparator,
            "period": self.period,
            "start": self.quantity.start,
            "end": self.quantity.end,
        }
        return found | {"value_high": plain(high)} if high is not None else found

    @property
    def comparator(self) -> Comparator:
        """A cap is at most what it says, also where no word does."""
        if self.role == "cap" and self.quantity.comparator in ("eq", "approx"):
            return "le"
        return self.quantity.comparator


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The words around an amount: of its clause before it, and close behind it."""

    language: str
    label: str
    """The label of the line, where it is a pair."""
    before: str
    own: str
    """Comparator, number and unit."""
    after: str
    rest: str
    """The rest of its sentence."""
    earlier: str = ""
    """What its sentence says before its clause."""


_LISTED = re.compile(r"[、,]?\s?(?:和|及|与|以及|and|or)?\s?(?:约|最高|不超过|最多|up to\s)?\s?")
_SUPERSEDED = re.compile(
    r"[\"'”)]{0,2}[,;]?\s?(?:更正|调整|修[改订]|变更|改|提高|提升|增加|放宽|扩大|上调|下调"
    r"|压减|[降减增升调])(?:至|到|为|成)"
)
_HALVED = {
    "zh": re.compile(
        r"(?:第[二三四五六、]{1,5}年|后[一二三两]年|减)?(?P<number>(?<![一二三两四五六\d])减半|半价|五折)"
    ),
    "en": re.compile(
        (
            r"\b(?P<number>half)(?: of)? (?:the|their|its) (?:\w+ ){0,3}?(?:rent|price|cost|fees?"
            r"|rate|interest|tuition|premium)|rents? (?:is |are )?(?:halved)"
            r"|\b(?P<halved>halved)\b"
        ),
        re.IGNORECASE,
    ),
}


def amounts(page: Page, sentence: Sentence, taken: frozenset[int]) -> Iterator[Amount]:
    """Yield the amounts of a sentence that play a part in a benefit."""
    found = [*page.quantities_in(sentence.start, sentence.end), *_halves(page, sentence)]
    money = [one for one in sorted(found, key=lambda one: one.number_start) if _counts(one)]
    wanted = [one for one in money if one.number_start not in taken]
    for run in _runs(page, wanted):
        if _SUPERSEDED.match(page.folded, run[-1].end):
            continue
        start, context = _context(page, sentence, run)
        role = _role(context, run[0])
        if role:
            for one in _alike(run, role, context):
                yield Amount(
                    role=role,
                    quantity=one,
                    period=_period(context, role),
                    start=start,
                    sentence=sentence,
                )


def _alike(run: list[Quantity], role: AmountRole, context: Context) -> Iterator[Quantity]:
    """The comparator of the first holds for the whole list; a condition reached is "at least"."""
    first = run[0].comparator
    if role == "threshold" and first == "eq" and re.search(r"(?:达到?|满)了?\Z", context.before):
        first = "ge"
    for one in run:
        yield replace(one, comparator=first) if one.comparator == "eq" else one


def _counts(quantity: Quantity) -> bool:
    return quantity.kind in ("money", "percent") and quantity.unit != "percentage_point"


def _halves(page: Page, sentence: Sentence) -> Iterator[Quantity]:
    """Half is a rate of 50 percent, where somebody pays half of something."""
    for match in _HALVED[page.language].finditer(page.folded, sentence.start, sentence.end):
        name = "number" if match["number"] else "halved"
        if page.language == "en" and not (match["number"] or match.groupdict().get("halved")):
            start, end = match.end() - len("halved"), match.end()
        else:
            start, end = match.span(name)
        yield Quantity(
            start=start,
            number_start=start,
            end=end,
            kind="percent",
            value=Decimal(50),
            unit="percent",
            written=True,
        )


def _runs(page: Page, quantities: list[Quantity]) -> Iterator[list[Quantity]]:
    """Sums in a list (A、B和C) are read alike: by the words before the first, behind the last."""
    run: list[Quantity] = []
    for one in quantities:
        if run:
            gap = page.folded[run[-1].end : one.start]
            if (
                one.unit != run[-1].unit
                or not _LISTED.fullmatch(gap)
                or not gap.strip(" ")
                or (gap.strip() == "," and page.language == "zh")
            ):
                yield run
                run = []
        run.append(one)
    if run:
        yield run


def _context(page: Page, sentence: Sentence, run: list[Quantity]) -> tuple[int, Context]:
    first, last = run[0], run[-1]
    block = page.block_of(sentence)
    label = page.folded[slice(*block.label)]
    start = _clause_start(page, first, sentence.start)
    reach = 16 if page.language == "zh" else 60
    return start, Context(
        language=page.language,
        label=label,
        before=page.folded[start : first.start],
        own=page.folded[first.start : last.end],
        after=page.folded[last.end : min(sentence.end, last.end + reach)],
        rest=page.folded[last.end : sentence.end],
        earlier=page.folded[max(sentence.start, start - _EARLIER) : start],
    )


_EARLIER = 160
"""Characters before a clause within which its sentence still speaks of it."""

_EN_MARK = re.compile(r"[,;:.(]\s|\n|\(")


def _clause_start(page: Page, quantity: Quantity, floor: int) -> int:
    if page.language == "zh":
        return window(page.folded, floor, quantity.start)
    left = page.folded[floor : quantity.start]
    return floor + max((found.end() for found in _EN_MARK.finditer(left)), default=0)


def _role(context: Context, quantity: Quantity) -> AmountRole | None:
    chosen = _CHINESE if context.language == "zh" else _ENGLISH
    return chosen["rate" if quantity.kind == "percent" else "sum"](context, quantity)


# --- Chinese ----------------------------------------------------------------------------------

_ZH = {
    name: re.compile(pattern)
    for name, pattern in {
        "given": (
            r"享受|给予|补贴|补助|奖励|资助|奖补|贴息|抵扣|减免|减半|减按|配套|扶持|支持|核发|兑付"
            r"|补偿|资金|经费|奖金|安家|租金|房租|[力型据料新技]券|专项|奖|发放|优惠|报销"
            r"|津贴|领取|申领|可[领获享]|让渡|抵免|抵用|[补贴抵返](?:[最\d]|\Z)|上浮|扣减|让利"
        ),
        "growth": (
            r"(?:占比|比重|增长|增速|同比|提高[至到]?|达到|使用率|利用率|普及率|覆盖率|增至"
            r"|提升[至到]?|下降|降低|完成率|占|超过|率)[^,]{0,6}\Z"
        ),
        "base": r"按|比例|标准",
        "based": (
            r"融资额|购买额|销售额|采购额|到账|费用|支出|投入|金额|投资额?|合同额|交易额"
            r"|年薪|价格|实际|租金|利率|利息|保费"
            r"|房租|成本|资金|总额|采购额|LPR|经费|造价|收益|[\u4e00-\u9fff]额|部分|薪|价款?的"
        ),
        "threshold": (
            r"营业?收入|营收|产值|销售(?:额|收入)|年薪|投资(?:额|总额)?|研发(?:投入|费用|支出"
            r"|经费)|投入|支出|合同(?:金?额)?|融资(?:额)?|注册资本|到账|实缴|估值|费用|资产"
            r"|纳税|贡献|交易额|主营业务|收入"
        ),
        "condition": r"门槛|条件|要求\s?:|支持对象|适用对象|申报对象",
        "pool": (
            r"(?:财政|专项)资金\Z|拿出|划出|列支|总(?:额|量|规模|盘子)|资金池|预算|盘子|安排|统筹"
            r"|(?:财政|资金|经费|补贴|补助|奖补|资助)(?:计划|规模|盘子|总额|安排|资助)"
            r"(?:约|共|计|为|达|:){0,2}\Z|发放规模|(?:总|本批"
            r"|年度|预算|安排|发放|兑付)额度:?\Z|资金规模:?\Z|(?:每年|年度|全年|财政|今年"
            r"|首期|首批|本批"
            r"|累计).{0,10}(?:发放|投入|设立|安排)|设立|将发放|发放.{0,4}\Z"
            r"|发放[\u4e00-\u9fff]{0,6}券[\u4e00-\u9fff]{0,4}\Z"
        ),
        "each": (
            r"单个|每(?:家|户|个|人|名|项|所|位|台|套|单)|单户|单项|单家|同一|个人|单一|单笔"
            r"|奖励|补助(?!资金)|给予|补贴(?!总额|资金|规模)|一[家户人个](?:企业|单位|主体)"
        ),
        "per_unit": (
            r"每(?:平方米|平米|P|PFLOPS|TB|PB|亩|千瓦|度|台|颗|片|张|条|件|机柜|辆|算法|万|GB|小时"
            r"|卡时|次|篇|吨|公里|新增|百万|千)[^,]{0,14}\Z|按每"
        ),
        "cap": r"最高|上限|限额|封顶|顶格|最多",
        "reached": r"(?:达到?|满|首次|首破|每增加|每新增|每投入|每满|累计达|突破|超过|投入)\Z",
    }.items()
}
_ZH_THRESHOLD_BEHIND = re.compile(
    r"(?:\(含\))?(?:以上|以下|及以上)?(?:\(含\))?(?:的(?!支持|补|奖|资助|经费|一次性|配套"
    r"|启动|扶持|资金)|且|,(?:且|并)|的?(?:企业|项目|单位|机构|团队|人才|核心|部分|园区"
    r"|产品|初创|中小))"
)
_FUND_BEHIND = re.compile(r"的[^,。;]{0,24}(?:基金|资金池|产业园|项目)")
_VOUCHERS_BEHIND = re.compile(r"的?[\u4e00-\u9fff]{0,6}(?:[力型据料]券|专项资金|财政资金)")
_RECIPIENTS = frozenset("家户名人位所年月季")


def _zh_rate(context: Context, quantity: Quantity) -> AmountRole | None:
    before, whole = context.before, context.label + context.before
    if _ZH["growth"].search(before) and not _ZH["base"].search(whole):
        return None
    listed = "按" in before or context.rest.startswith(("、", "以内", "的"))
    paid = listed and _ZH["given"].search(re.split(r"[;。]", context.rest)[0])
    given = (
        paid
        or _ZH["given"].search(before[-24:])
        or _ZH["given"].search(context.after[:12])
        or _ZH["given"].search(context.label)
        or _ZH["given"].search(context.own)
        or (_ZH["base"].search(whole) and _ZH["given"].search(context.earlier))
    )
    based = _ZH["base"].search(whole) or _ZH["based"].search(before + context.own[:24])
    limited = quantity.comparator == "le" and (
        _ZH["based"].search(context.before + context.own) or _ZH["given"].search(context.own)
    )
    return (
        "rate"
        if (given and based)
        or limited
        or (given and quantity.written)
        or _ZH["given"].search(context.after[:5])
        else None
    )


def _zh_sum(context: Context, quantity: Quantity) -> AmountRole | None:
    words = context.before + context.own
    if _FUND_BEHIND.match(context.rest):
        return None
    if _zh_threshold(context, quantity):
        return "threshold"
    if quantity.per:
        if quantity.per.split("·")[0].split("/")[0] not in _RECIPIENTS:
            return "per_unit"
    elif _ZH["per_unit"].search(context.before):
        return "per_unit"
    whole = context.label + ":" + words if context.label else words
    lead = whole[: len(whole) - len(context.own)]
    if (
        _VOUCHERS_BEHIND.match(context.after)
        and not _ZH["each"].search(words)
        and quantity.comparator != "le"
    ):
        return "pool"
    pooled = _ZH["pool"].search(lead) or _ZH["pool"].search(lead + context.own[:6])
    if pooled and not _ZH["each"].search(words):
        return "pool"
    if quantity.comparator in ("le", "lt") or quantity.high is not None or _ZH["cap"].search(whole):
        return "cap"
    return "cap" if _is_headed_as_cap(context) else "fixed"


_PART_MARK = re.compile(r"[;。]")


def _is_headed_as_cap(context: Context) -> bool:
    """年度限额,企业200万元,高校100万元: a clause of its own heads the recipients below it."""
    part = _PART_MARK.split(context.earlier)[-1]
    headed = re.search(r"(?:上限|限额|封顶额?)(?:为|是|如下)?[,:]", part)
    return headed is not None and not _ZH["given"].search(context.before)


def _zh_threshold(context: Context, quantity: Quantity) -> bool:
    found = last_match(_ZH["threshold"], context.before)
    if found and _ZH["given"].search(context.before, found.end()):
        return False
    if found and context.after.startswith(")"):
        return True  # 二档(总投资1000万元至3000万元)
    if _ZH["condition"].search(context.label + ":") or re.search(
        r"门槛|投入不少于", context.before + context.own
    ):
        return bool(_ZH["condition"].search(context.label + ":")) or bool(found)
    behind = bool(_ZH_THRESHOLD_BEHIND.match(context.after))
    if found:
        return (
            behind
            or quantity.comparator in ("gt", "ge")
            or bool(_ZH["reached"].search(context.before))
        )
    return bool(re.search(r"每(?:增加|新增|满|投入)\Z", context.before)) or (
        behind and quantity.comparator in ("gt", "ge", "lt")
    )


_CHINESE = {"rate": _zh_rate, "sum": _zh_sum}

_ENGLISH = {"rate": roles_en.rate_role, "sum": roles_en.sum_role}

_PERIODS: dict[str, tuple[tuple[Period, re.Pattern[str]], ...]] = {
    "zh": (
        ("once", re.compile(r"一次性")),
        (
            "year",
            re.compile(
                r"每年|年度(?!能)|/年|年最高|每户年|元/?年|按年|逐年|年累计|一年|全年|自然年|当年"
            ),
        ),
        ("project", re.compile(r"单个项目|每个项目|每项目|单项|项目(?=最高|资助额度|支持)")),
        ("total", re.compile(r"累计|合计|总计")),
    ),
    "en": (
        (
            "year",
            re.compile(
                (
                    r"\b(?:a year|per year|annual(?:ly)?|each year|every year|per annum|yearly|per "
                    r"applicant per year)\b"
                ),
                re.IGNORECASE,
            ),
        ),
        ("once", re.compile(r"\b(?:one-off|one-time|lump[ -]sum|once)\b", re.IGNORECASE)),
        (
            "project",
            re.compile(
                r"\b(?:for|per) (?:(?:each|every|a|any) )?(?:\w+ )?project\b|\beach project\b",
                re.IGNORECASE,
            ),
        ),
        ("total", re.compile(r"\b(?:in total|cumulative|combined|altogether)\b", re.IGNORECASE)),
    ),
}


def _period(context: Context, role: AmountRole) -> Period | None:
    if role in ("rate", "threshold"):
        return None
    after = re.split(r"[,。;\n]", context.after)[0]
    head = context.earlier if context.language == "zh" and _is_headed_as_cap(context) else ""
    clause = f"{context.label} {head}{context.before}{context.own}{after}"
    return next(
        (period for period, pattern in _PERIODS[context.language] if pattern.search(clause)), None
    )
