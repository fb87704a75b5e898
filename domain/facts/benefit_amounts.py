"""The amounts of a Chinese benefit and their parts: pool, cap, fixed, per unit, rate, threshold.

The word nearest to a sum decides: one that gives or limits makes it part of a benefit, one of
business a condition or no part at all. A sum without a word of its own is read like the one before
it, where somebody is giving.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.facts.amounts import Amount, AmountRole, Period
from domain.facts.benefit_numbers import unwritten
from domain.facts.benefit_places import Place
from domain.facts.benefit_words import AWARDS, Around, Words
from domain.facts.benefit_zh import tells_account
from domain.facts.page import Page
from domain.facts.quantity import Quantity

_LISTED = re.compile(
    r"[、,/;]?\s?(?:和|及|与|以及|或|至)?\s?(?:约|最高|不超过|最多)?(?:各)?(?:[\u4e00-\u9fff]{0,1}级)?\s?"
)
_CHANGED = re.compile(
    r"[\"')]{0,2}(?:/[家年])?[,]?\s?(?:统一)?(?:更正|调[整高低减]?|修[改订]|变更|改|提[高升]?|增加|放宽|扩大|上[调浮]|下[调浮]|压减"
    r"|[降减增升调涨加](?:低|少)?|放大|追加)(?:至|到|为|成)"
)
_OLD = re.compile(r"(?:由|从|原(?:来|先|定|标准)?的?|此前的?|过去的?)[^,。;]{0,14}\Z")
_REACHED = re.compile(r"(?:达到?|满)了?\Z")
_GROWS = re.compile(
    r"(?:占比|比重|增长|增速|增幅|同比|环比|涨幅|使用率|利用率|普及率|覆盖率|增至|下降|降低|下滑|回落|完成率|渗透率|市占率|份额"
    r"|(?:较|比(?!例|照))[^,]{0,10}|(?<![税利费贴助扣])率(?:仅|约|达到?|为|超过?|近|只有|不足|已)?"
    r"|(?<![按补配])占(?:到|了|全[国省市])?|毛利率|增(?!量|值|额|加?部分)|涨|跌)[^,]{0,6}\Z"
)
_BAR = re.compile(
    r"\s?(?:\(含\))?(?:及?以[上下内]|以下)?(?:\(含\))?(?:的(?!给|补|奖|资助|支持|标准|比例|额度|一次|配套|启动|扶持|资金|经费|算力|最高|租|专|优)"
    r"|且|,(?:且|并)|者|[\u4e00-\u9fff]{0,6}(?:企业|项目|单位|机构|团队|人才|园区|产品)(?![\u4e00-\u9fff]{0,4}(?:奖|补|资助)))"
)
_ABOVE = re.compile(r"\s?(?:\(含\))?(?:及?以[上下])")
_STRONG_POT = re.compile(r"资金|[券池]|经费|盘|财政")
_WEAK_TOTAL = re.compile(r"总(?:额|量|金额)|年度额度|规模")
_ISSUES = ("发放", "投放", "核发", "发给", "兑付")
_VOUCHERS = re.compile(r"[的]?[\u4e00-\u9fff]{0,6}券")
_RECIPIENTS = frozenset("家户人名位") | {
    "个人",
    "企业",
    "单位",
    "项目",
    "团队",
    "年",
    "月",
    "项",
    "个",
}
_TIMES = re.compile(r"[×xX*]\s?\Z")
_REPORTED = re.compile(r"\s?(?:已|全部|均已)(?:发|兑|拨|到|下)")
_TO_COME = re.compile(r"[将拟]|还[可能要会]|再(?=[安给拿])|另(?=[安给拿外])")
_SPENT = re.compile(r"建|用于(?:建设|采购|购)|采购|购买|收购|购置|打造|投建")
_FUND = re.compile(r"的?[^,。;、]{0,24}(?:(?<!发展)基金(?!会|管理|公司|机构)|产业园)")
_NO_BENEFIT = re.compile(r"罚|赔偿|没收|处以|定金|押金|保证金|比[^,;]{1,12}[多少增减]")
_ADDED_UP = re.compile(r"合起来|加起来|总共|一共")
_OF_A_YEAR = re.compile(r"今年|本年度?|全年|明年|20\d\d年(?!起)")
_HEAD = 60
_CHARGED = re.compile(r"租|费|税|价|票")
_EACH_OF = re.compile(r"/(?:卡|小时|千瓦|度|万|亿|GB|平|P|T|机柜|台|件|条|辆|次|人次|张)")
_INCLUDED = re.compile(r"\s?\(含")
_EXAMPLE = re.compile(r"举例|您这|你这|举个例|例如|比如|假设|譬如")
_SHORT_NOUN = 16
_CLOSE = 12
_BESIDE = 3

_PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    ("once", re.compile(r"一次性|一次过|一口气|一次发放")),
    (
        "year",
        re.compile(
            r"每年|年度(?!能)|/年|年最高|每户年|元/?年|按年|逐年|年累计|一年(?!内)|全年|自然年|当年|年封顶|年限额|年上限"
        ),
    ),
    (
        "project",
        re.compile(r"单个项目|每个项目|每项目|单项|项目(?=最高|资助额度|支持|补助|封顶)|每个课题"),
    ),
    ("total", re.compile(r"累计|合计|总计|总额")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One run of like sums, read: what it is, and where its clause begins."""

    role: AmountRole
    around: Around


def benefit_amounts(page: Page, place: Place, taken: frozenset[int]) -> Iterator[Amount]:
    """Yield the amounts of a place that play a part in a benefit, in order."""
    sentence = place.sentence
    found = [*page.quantities_in(sentence.start, sentence.end), *unwritten(page, place)]
    wanted = sorted(
        (one for one in found if _counts(one) and one.number_start not in taken),
        key=lambda one: one.number_start,
    )
    if not wanted:
        return
    words = Words(page, sentence.start, sentence.end, place.label)
    if not (place.open or words.label or words.any(*AWARDS, "provide", "by")):
        return
    runs = list(_runs(page, wanted))
    last: Read | None = None
    before = sentence.start
    for number, run in enumerate(runs):
        after = runs[number + 1][0].start if number + 1 < len(runs) else sentence.end
        around = words.around(replace(run[0], end=run[-1].end), before, after)
        if _is_old(page, run, around):
            continue
        before = run[-1].end
        role = _role(Case(page, place, words, around, run[0], last))
        if role is None:
            last = None if around.has("business") else last
            continue
        last, earlier = Read(role=role, around=around), last
        if role == "fixed" and _is_instalment(around, earlier):
            continue
        for one in run:
            yield Amount(
                role=role,
                quantity=_compared(one, run[0], role, around),
                period=_period(page, place, around, role),
                start=around.start,
                sentence=sentence,
            )


_INSTALMENT = re.compile(
    r"\A[,、(]?\s?(?:即|其中)?(?:分[一二三四五两]年,?)?(?:每年|每人每年|按年)(?:各|发放|拨付)?\Z"
)


def _is_instalment(around: Around, earlier: Read | None) -> bool:
    """三年给足60万元,每年20万元: the same sum in parts."""
    again = earlier is not None and earlier.role == "fixed"
    return again and bool(_INSTALMENT.match(around.before))


def _compared(one: Quantity, first: Quantity, role: AmountRole, around: Around) -> Quantity:
    """The comparator of the first holds for the whole list; a condition reached is "at least"."""
    comparator = first.comparator
    if role == "threshold" and comparator == "eq" and _REACHED.search(around.before):
        comparator = "ge"
    if _INCLUDED.match(around.after) and comparator in ("gt", "lt"):
        comparator = "ge" if comparator == "gt" else "le"
        return replace(one, comparator=comparator)
    if role == "rate" and comparator == "eq" and around.own and around.own[-1].meaning == "cap":
        comparator = "le"
    return replace(one, comparator=comparator) if one.comparator == "eq" else one


def _counts(quantity: Quantity) -> bool:
    return quantity.kind in ("money", "percent") and quantity.unit != "percentage_point"


def _runs(page: Page, quantities: list[Quantity]) -> Iterator[list[Quantity]]:
    """Sums in a list (A、B和C) are read alike: by the words before the first, behind the last."""
    run: list[Quantity] = []
    for one in quantities:
        if run:
            gap = page.folded[run[-1].end : one.start]
            listed = _LISTED.fullmatch(gap) and gap.strip(" ") not in ("", ",", ";")
            if one.unit != run[-1].unit or not listed:
                yield run
                run = []
        run.append(one)
    if run:
        yield run


def _is_old(page: Page, run: list[Quantity], around: Around) -> bool:
    """由A提高到B, “A”修改为“B”: A is history."""
    if _CHANGED.match(page.folded, run[-1].end):
        return True
    if _OLD.search(around.before) and "改" not in around.before:
        return bool(re.match(r"[^,。;]{0,4}(?:至|到|为|成)", around.after))
    quoted = page.folded.find('"', run[-1].end, around.end + 60)
    opened = page.folded.rfind('"', max(0, run[0].start - 60), run[0].start)
    return (
        quoted >= 0 and opened >= 0 and bool(_CHANGED.match(page.folded, quoted))
    ) and page.folded.count('"', opened, quoted) == 1


@dataclass(frozen=True, slots=True)
class Case:
    """One sum to judge."""

    page: Page
    place: Place
    words: Words
    around: Around
    quantity: Quantity
    last: Read | None
    """The sum before it in the sentence, where that plays a part."""


def _role(case: Case) -> AmountRole | None:
    if _was_done(case) or _NO_BENEFIT.search(case.around.before) or _is_example(case):
        return None
    return _rate(case) if case.quantity.kind == "percent" else _sum(case)


def _is_example(case: Case) -> bool:
    """举例:合同额80万元…: a sum worked out for one of them."""
    start = case.words.part(case.quantity.number_start)
    return bool(_EXAMPLE.search(case.page.folded, start, case.quantity.number_start))


def _was_done(case: Case) -> bool:
    """What was paid out is history."""
    around = case.around
    part = case.words.part(case.quantity.number_start)
    said = [w for w in case.words.words if part <= w.start < case.quantity.number_start]
    done = [word.start for word in said if word.meaning == "done"]
    since = [word.start for word in said if word.meaning in ("cap", "each", "by")]
    if done:
        since += [done[-1]] if _TO_COME.search(case.page.folded, done[-1], around.end) else []
    if done and not (since and since[-1] >= done[-1]):
        return True
    told = tells_account(case.page, part, case.quantity)
    return told or bool(_REPORTED.match(around.after)) or _long_ago(case)


def _long_ago(case: Case) -> bool:
    """A sum of a year gone by is history, unless the rule itself speaks of giving."""
    page, published = case.page, case.page.published
    if published is None or case.last or case.around.has("by", "each", "cap"):
        return False
    days = page.times_in(case.place.sentence.start, case.quantity.start)
    past = any(
        when.part == "point" and when.last < published and when.last.year < published.year
        for when in days
    )
    given = case.around.nearest("give")
    word = page.folded[given.start : given.end] if given else ""
    return past and (given is None or word in _ISSUES)


# --- a percentage ----------------------------------------------------------------------------


def _rate(case: Case) -> AmountRole | None:
    around, place = case.around, case.place
    if place.asks:
        return None
    later = case.words.any("give", "cap", start=case.quantity.end)
    if _GROWS.search(around.before) and not around.has("by", "give"):
        return "threshold" if later and _is_above(case) else None
    given = case.words.any("give", start=case.words.part(case.quantity.start)) or place.open
    by = around.nearest("by") is not None or bool(_TIMES.search(around.before))
    if around.nearest("give") or (by and given) or around.carried in ("give", "pot"):
        return "rate"
    if any(word.meaning == "give" for word in around.behind):
        return "rate"
    if around.behind and around.behind[0].meaning == "by" and given:
        return "rate"
    if around.nearest("cap") and given:
        return "rate"
    if case.last and (place.open or case.last.role == "rate"):
        return "rate" if len(around.before) <= _SHORT_NOUN else None
    return "rate" if (place.stated and place.open) or _is_halved(case) else None


def _is_halved(case: Case) -> bool:
    """租金前两年全免、第三年减半"""
    quantity = case.quantity
    word = case.page.folded[quantity.number_start : quantity.end]
    clause = case.page.folded[case.around.start : case.around.end]
    return "减半" in word and (case.place.open or bool(_CHARGED.search(clause)))


# --- a sum of money --------------------------------------------------------------------------


def _sum(case: Case) -> AmountRole | None:
    around = case.around
    if case.place.asks:
        return "threshold"
    if around.carried == "business" and not around.has("give"):
        return None
    if _FUND.match(around.after) and not around.has("each"):
        return None
    if _is_condition(case):
        later = case.words.any("give", "by", "cap", start=case.quantity.end) or case.place.open
        ended = not around.after.strip(" )") and (
            _is_above(case) or around.has("unit") or _REACHED.search(around.before)
        )
        barred = ended or _BAR.match(around.after)
        return "threshold" if later and barred else None
    if not _is_benefit(case):
        return None
    return _part(case)


def _is_condition(case: Case) -> bool:
    """Whether the nearest word before it is one of business, and none of giving is close behind."""
    around = case.around
    near = around.nearest("business", "give", "cap", "pot", "provide", "done", "unit", "each")
    if near is None or near.meaning != "business":
        barred = _is_above(case) and _BAR.match(around.after)
        return bool(barred) and near is None and not _given_behind(case)
    return not _given_behind(case)


def _is_above(case: Case) -> bool:
    """20%以上, 超过300万元(含)"""
    text = case.page.folded[case.quantity.number_start : case.quantity.end + 5]
    return case.quantity.comparator in ("gt", "ge") or bool(_ABOVE.search(text))


def _given_behind(case: Case) -> bool:
    """给予…50万元的一次性奖励: its noun stands right behind it."""
    first = next((word for word in case.around.behind), None)
    if first is None or first.meaning not in ("give", "pot"):
        return False
    gap = case.page.folded[case.quantity.end : first.start]
    return len(gap) <= _CLOSE and not re.search(r"[,。;]|以上|以下|部分|的$|按", gap)


def _is_benefit(case: Case) -> bool:
    around, place = case.around, case.place
    if around.nearest("give") or _given_behind(case):
        return True
    given = place.open or case.words.any("give")
    pot = around.nearest("pot")
    if pot:
        text = case.page.folded[pot.start : pot.end]
        beside = [*around.behind[:1], *(w for w in around.own if 0 <= pot.start - w.end < _BESIDE)]
        other = any(word.meaning == "business" for word in beside)
        provided = around.nearest("provide") is not None and _is_provided(case)
        return bool(_STRONG_POT.search(text)) or provided or (given and not other)
    if around.nearest("cap") or around.carried:
        return given or bool(around.carried) or around.has("each")
    if around.nearest("provide"):
        return _is_provided(case)
    if place.label and place.open and not around.has("business"):
        return True
    if (
        around.has("each", "unit", "apiece")
        or case.quantity.per
        or case.quantity.comparator in ("le", "lt")
    ):
        return given
    inherits = case.last is not None and case.last.role != "threshold"
    return inherits and len(around.before.strip()) <= _SHORT_NOUN and not around.has("business")


_PUBLIC = re.compile(
    r"财政|预算|[市区县省]级?|政府|每年|年度|专项|全市|今年|明年|年内|本[批期季]|首[批期]|资金|经费|另行|再"
)


def _is_provided(case: Case) -> bool:
    """每年拿出5000万元: by a public body, and not to build or buy."""
    if _SPENT.match(case.around.after):
        return False
    return case.place.open or bool(_PUBLIC.search(case.around.before))


def _part(case: Case) -> AmountRole:
    around, quantity = case.around, case.quantity
    near = around.nearest("each", "unit")
    if quantity.per and quantity.per.split("·")[0].split("/")[0] not in _RECIPIENTS:
        return "per_unit"
    stepped = case.last and case.last.role == "threshold" and case.last.around.has("unit")
    if _EACH_OF.match(around.after) or stepped:
        return "per_unit"
    if quantity.per in ("项", "个") and not _limited(case):
        return "per_unit"
    if near and near.meaning == "unit" and not _limited(case):
        return "per_unit"
    if not around.has("each") and _is_pool(case):
        return "pool"
    rated = case.last is not None and case.last.role == "rate"
    if _limited(case) or around.carried == "cap" or (rated and around.has("each")):
        return "cap"
    bare = all(word.meaning == "apiece" for word in around.own) and not around.carried
    last = case.last if bare else None
    if _ADDED_UP.search(around.before) and last:
        return "pool" if last.role in ("pool", "fixed") else last.role
    return last.role if last and last.role in ("cap", "pool") else "fixed"


def _limited(case: Case) -> bool:
    return case.quantity.comparator in ("le", "lt") or case.around.nearest("cap") is not None


def _is_pool(case: Case) -> bool:
    around = case.around
    pot = around.nearest("pot")
    if pot:
        text = case.page.folded[pot.start : pot.end]
        total = _WEAK_TOTAL.search(text) and not _STRONG_POT.search(text)
        return not (total and case.last and case.last.role in ("rate", "per_unit", "fixed"))
    if around.carried in ("pot", "provide"):
        return True
    provide = around.nearest("provide")
    if provide:
        given = [word for word in around.own if word.meaning == "give" and word.start > provide.end]
        return not given
    give = around.nearest("give")
    word = case.page.folded[give.start : give.end] if give else ""
    return (not word or word in _ISSUES) and bool(_VOUCHERS.match(around.after))


def _period(page: Page, place: Place, around: Around, role: AmountRole) -> Period | None:
    if role in ("rate", "threshold"):
        return None
    after = re.split(r"[,。;\n]", around.after)[0]
    head = page.folded[max(place.sentence.start, around.start - _HEAD) : around.start]
    head = head if around.carried or not around.own else ""
    if place.row:
        head = page.folded[slice(*place.row)]
    if role == "pool" and _OF_A_YEAR.search(around.before):
        return "year"
    own = page.folded[around.start : around.end - len(around.after)]
    for words in (f"{place.label} {own}{after}", head):
        found = next((period for period, pattern in _PERIODS if pattern.search(words)), None)
        if found:
            return found
    return None
