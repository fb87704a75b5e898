"""The amounts of a benefit and the part each plays: pool, cap, fixed, per unit, rate, threshold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

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


_LISTED = re.compile(r"[、,]?\s?(?:和|及|与|以及|and|or)?\s?(?:约|最高|不超过|最多|up to\s)?\s?")
_SUPERSEDED = re.compile(
    r"[\"'”)]{0,2}[,;]?\s?(?:更正为|调整为|改为|修改为|修订为|变更为|提高至|增加(?:至|到)"
    r"|提高到|提升至|上调至|下调至|降至)"
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
    )


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
        ),
        "growth": (
            r"(?:占比|比重|增长|增速|同比|提高[至到]?|达到|使用率|利用率|普及率|覆盖率|增至"
            r"|提升[至到]?|下降|降低|完成率|占|超过|率)[^,]{0,6}\Z"
        ),
        "base": r"按|比例|标准",
        "based": (
            r"融资额|购买额|销售额|采购额|到账|费用|支出|投入|金额|投资额?|合同额|交易额"
            r"|年薪|价格|实际|租金|利率|利息|保费"
            r"|房租|成本|资金|总额|采购额|LPR"
        ),
        "threshold": (
            r"营业?收入|营收|产值|销售(?:额|收入)|年薪|投资(?:额|总额)?|研发(?:投入|费用|支出"
            r"|经费)|投入|支出|合同(?:金?额)?|融资(?:额)?|注册资本|到账|实缴|估值|费用|资产"
            r"|纳税|贡献|交易额|主营业务|收入"
        ),
        "condition": r"门槛|条件|要求\s?:|支持对象|适用对象|申报对象",
        "pool": (
            r"(?:财政|专项)资金\Z|总(?:额|量|规模|盘子)|资金池|预算|盘子|安排|统筹|(?:总|本批"
            r"|年度|预算|安排|发放|兑付)额度:?\Z|资金规模:?\Z|(?:每年|年度|全年|财政|今年"
            r"|首期|首批|本批"
            r"|累计).{0,10}(?:发放|投入|设立|安排)|设立|将发放|发放.{0,4}\Z"
            r"|发放[\u4e00-\u9fff]{0,6}券[\u4e00-\u9fff]{0,4}\Z"
        ),
        "each": (
            r"单个|每(?:家|户|个|人|名|项|所|位|台|套|单)|单户|单项|单家|同一|个人|单一|单笔"
            r"|奖励|补助(?!资金)|给予|补贴"
        ),
        "per_unit": (
            r"每(?:平方米|P|PFLOPS|TB|PB|亩|千瓦|度|台|颗|片|张|条|件|机柜|辆|算法|万|GB|小时"
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
    )
    based = _ZH["base"].search(whole) or _ZH["based"].search(before + context.own[:24])
    limited = quantity.comparator == "le" and _ZH["based"].search(context.before + context.own)
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
    return "fixed"


def _zh_threshold(context: Context, quantity: Quantity) -> bool:
    found = last_match(_ZH["threshold"], context.before)
    if found and _ZH["given"].search(context.before, found.end()):
        return False
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

# --- English ----------------------------------------------------------------------------------

_EN = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "given": (
            r"\bgives?\b|grants?\b|subsid|reward|voucher|reimburs|\bcover(?:s|ing|ed)?\b"
            r"|\brent|offers?|award|bonus|support|\bpays?\b|\bpaid\b|claim|receiv|obtain"
            r"|eligible|allowance|compensat|rebate|discount|refund|stipend|assistance"
            r"|incentive|\bcapp?ed|match|set aside|allocat|earmark|apply for|entitled|offset"
            r"|\bget\b|promis"
        ),
        "growth": (
            r"\b(?:up|rose|grew|growth|increase|rise|down|fell|higher|lower|account\w*"
            r"|shares?|utili[sz]ation|grow|by)\b[^,]{0,24}\Z"
        ),
        "threshold": (
            r"\b(?:revenues?|sales|spend(?:ing)?|salary|turnover|contracts?|registered "
            r"capital|worth|valued|income|annual (?:sales|revenue|output)|capital"
            r"|invest(?:ment|ing)?)\b"
        ),
        "pool": (
            r"\b(?:budget\w*|pool|total|package|vouchers worth|subsidies worth|set aside"
            r"|allocat\w+|earmark\w*|programme|program|tranche|issue|issuing|hand out"
            r"|distribute|the first\Z|worth of|a fund)\b"
        ),
        "pool_behind": (
            r"\s(?:of (?:this year's |the |its )?|(?:a|per) year in |in (?:provincial "
            r"|municipal |city )?|worth of )(?:comput\w+ ){0,2}(?:power )?(?:vouchers"
            r"|subsidies)\b|\s(?:a|per) year in |\s(?:support )?package\b|\s(?:programme"
            r"|program|pool|budget|scheme)\b"
        ),
        "each": (
            r"\b(?:each|(?:per|a|an|every|one|single|any) (?:\w+ )?(?:company|applicant|firm"
            r"|project|enterprise|year|team|person|start-?up|recipient|beneficiary|household"
            r"|unit|lab\w*))\b"
        ),
        "per_unit": (
            r"\s(?:for each|for every|per|a|an)\s(?!(?:\w+ )?(?:company|applicant|firm|year"
            r"|team|enterprise|project|person|month|start-?up|recipient|lab))\w+|\s(?:each"
            r"|apiece)\b"
        ),
    }.items()
}


def _en_rate(context: Context, quantity: Quantity) -> AmountRole | None:
    if _EN["growth"].search(context.before) and not re.search(
        r"\b(?:cut|reduced?|discount\w*)\b", context.before
    ):
        return None
    given = _EN["given"].search(context.before) or re.match(
        r"\s?(?:subsid|discount|rebate|reimburs|grant)", context.after.lstrip()
    )
    of = re.match(r"\s?(?:of|off|on)\b", context.after.lstrip()) or quantity.written
    capped = re.search(r"\b(?:ceiling|cap(?:ped)?|up to a maximum)\b", context.rest, re.IGNORECASE)
    given = given or capped
    return (
        "rate"
        if (given and of)
        or re.match(r"\s(?:\w+ ){0,2}(?:subsid|discount|rebate|reimburs)", context.after)
        or (quantity.written and "rent" in context.before + context.own + context.after)
        else None
    )


def _en_sum(context: Context, quantity: Quantity) -> AmountRole | None:
    each = _EN["each"].search(context.after) or _EN["each"].search(context.before)
    if (
        _EN["threshold"].search(context.before)
        and quantity.comparator in ("gt", "ge")
        and not _EN["pool"].search(context.before)
    ):
        return "threshold"
    if quantity.comparator == "le" and re.search(
        r"\b(?:apply|claim|receive|obtain|get|redeem|grants? of)\b", context.before
    ):
        return "cap"
    if (
        _EN["pool"].search(context.before) or _EN["pool_behind"].match(context.after)
    ) and not re.match(r"[^,.]{0,60}\b(?:each (?!year)|per (?!year))", context.after):
        return "pool"
    if quantity.comparator in ("le", "lt") or quantity.high is not None:
        return "cap"
    if (not each and _EN["per_unit"].match(context.after)) or re.match(
        r"\s(?:each|apiece)\b", context.after
    ):
        return "per_unit"
    return "fixed"


_ENGLISH = {"rate": _en_rate, "sum": _en_sum}

_PERIODS: dict[str, tuple[tuple[Period, re.Pattern[str]], ...]] = {
    "zh": (
        ("once", re.compile(r"一次性")),
        ("year", re.compile(r"每年|年度(?!能)|/年|年最高|每户年|元/?年|按年|逐年|年累计")),
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
    clause = f"{context.label} {context.before}{context.own}{after}"
    return next(
        (period for period, pattern in _PERIODS[context.language] if pattern.search(clause)), None
    )
