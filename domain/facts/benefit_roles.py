"""What part a sum plays in a Chinese benefit: pool, cap, fixed, per unit, rate, threshold, none.

The word nearest to a sum decides: one that gives or limits makes it part of a benefit, one of
business a condition or no part at all. A sum without a word of its own is read like the one before
it, where somebody is giving.
"""

import re

from domain.facts.amounts import AmountRole
from domain.facts.benefit_case import Case, is_void
from domain.facts.benefit_pools import STRONG_POT, is_pool, is_told_of, is_total_for_one, limited

_REACHED = re.compile(r"(?:达到?|满)了?\Z")
_GROWS = re.compile(
    r"(?:占比|比重|增长|增速|增幅|同比|环比|涨幅|使用率|利用率|普及率|覆盖率|增至|下降|降低|下滑|回落|完成率|渗透率|市占率|份额"
    r"|(?:较|比(?!例|照))[^,]{0,10}|(?<![税利费贴助扣])率(?:仅|约|达到?|为|超过?|近|只有|不足|已)?"
    r"|(?<![按补配])占(?:到|了|全[国省市])?|毛利率|增(?!量|值|额|加?部分)|涨|跌)[^,]{0,6}\Z"
)
_STATE = re.compile(
    r"(?:不良|增长|回报|毛利|合格|转化|通过|上架|出租|入驻|达标|就业|留存|满意)率\Z"
)
_BAR = re.compile(
    r"\s?(?:\(含\))?(?:及?以[上下内]|以下)?(?:\(含\))?(?:的(?!给|补|奖|资助|支持|标准|比例|额度|一次|配套|启动|扶持|资金|经费|算力|最高|租|专|优)"
    r"|且|,(?:且|并)|者|[\u4e00-\u9fff]{0,6}(?:企业|项目|单位|机构|团队|人才|园区|产品)(?![\u4e00-\u9fff]{0,4}(?:奖|补|资助)))"
)
_ABOVE = re.compile(r"\s?(?:\(含\))?(?:及?以[上下])")
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
_SPENT = re.compile(r"建|用于(?:建设|采购|购)|采购|购买|收购|购置|打造|投建")
_FUND = re.compile(r"的?[^,。;、]{0,24}(?:(?<!发展)基金(?!会|管理|公司|机构)|产业园)")
_ADDED_UP = re.compile(r"合起来|加起来|总共|一共")
_CHARGED = re.compile(r"租|费|税|价|票")
_OF_BASE = re.compile(r"的\Z")
_EACH_OF = re.compile(
    r"/(?:卡|小时|千瓦|度|万|亿|GB|平|P|T|机柜|台|件|条|辆|次|人次|张|款|套|部|场|篇|颗|片|㎡|m)"
)
_SHORT_NOUN = 16
_BESIDES = re.compile(r"另(?:外|有|给|送)[^,;]{0,4}\Z")
_SET = re.compile(r"(?:定额|固定)(?:为|补助|补贴|奖励)?\Z")
_CLOSE = 12
_BESIDE = 3


def role_of(case: Case) -> AmountRole | None:
    """Return the part that a sum plays in a benefit; None where it plays none."""
    if is_void(case):
        return None
    return _rate(case) if case.quantity.kind == "percent" else _sum(case)


def _rate(case: Case) -> AmountRole | None:
    around, place = case.around, case.place
    if place.asks or _STATE.search(around.before) or _is_interest(case):
        return None
    later = case.words.any("give", "cap", start=case.quantity.end)
    if _GROWS.search(around.before) and not around.has("by", "give"):
        return "threshold" if later and _is_above(case) else None
    bars = _is_above(case) and _BAR.match(around.after) and not around.has("by", "give", "cap")
    if bars and later:
        return "threshold"
    return None if _is_standard(case) else _share(case)


_INTEREST = re.compile(r"(?:利率|年化收益率?)[^,。;的]{0,6}\Z")


def _is_interest(case: Case) -> bool:
    """年化利率3.1%: what a loan costs, where nobody pays a part of it."""
    paid = any(word.meaning == "give" for word in case.around.behind)
    return bool(_INTEREST.search(case.around.before)) and not paid


def _is_standard(case: Case) -> bool:
    """绿电比例不低于60%: what has to be met, where nobody gives."""
    if case.quantity.comparator not in ("ge", "gt") or case.around.carried:
        return False
    return not any(word.meaning == "give" for word in (*case.around.wide, *case.around.behind))


def _share(case: Case) -> AmountRole | None:
    """A share of what somebody spends, where that is given back."""
    around, place = case.around, case.place
    given = case.words.any("give", start=case.words.part(case.quantity.start)) or place.open
    given = given or (case.last is not None and case.last.role in ("rate", "cap"))
    by = around.nearest("by") is not None or bool(_TIMES.search(around.before))
    if around.nearest("give") or (by and given) or around.carried in ("give", "pot", "by", "cap"):
        return "rate"
    if any(word.meaning == "give" for word in around.behind):
        return "rate"
    if around.behind and around.behind[0].meaning in ("by", "cap") and given:
        return "rate"
    if around.nearest("cap") and given:
        return "rate"
    if case.last and (place.open or case.last.role == "rate"):
        return "rate" if len(around.before) <= _SHORT_NOUN else None
    if place.open and _OF_BASE.search(around.before) and around.has("business"):
        later = place.stated or case.words.any("cap", start=case.quantity.end)
        return "rate" if later else None
    return "rate" if (place.stated and place.open) or _is_halved(case) else None


def _is_halved(case: Case) -> bool:
    """租金前两年全免、第三年减半"""
    quantity = case.quantity
    word = case.page.folded[quantity.number_start : quantity.end]
    clause = case.page.folded[case.around.start : case.around.end]
    return bool(re.search(r"减半|半价|折", word)) and (
        case.place.open or bool(_CHARGED.search(clause))
    )


def _sum(case: Case) -> AmountRole | None:
    around = case.around
    if (case.place.asks and not _is_given(case)) or _is_step(case) or _is_reached(case):
        return "threshold"
    if around.carried == "business" and not around.has("give"):
        return None
    if (_FUND.match(around.after) and not around.has("each")) or _is_of_fund(case):
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


_SIZE = re.compile(
    r"(?:(?:目标|总|首期|初始|认缴)?(?:规模|总额)|首期|(?:已|累计|共)?投[出资了]{0,2})[^,。;\d]{0,4}\Z"
)


def _is_of_fund(case: Case) -> bool:
    """新设天使子基金一支,规模五亿元: the size of what an earlier clause names."""
    if not _SIZE.search(case.page.folded, case.around.start, case.quantity.number_start):
        return False
    start = case.words.part(case.quantity.number_start)
    return any(
        word.meaning == "business" and "基金" in case.page.folded[word.start : word.end]
        for word in case.words.words
        if start <= word.start < case.quantity.number_start
    )


def _is_given(case: Case) -> bool:
    """给予50万元 right before a sum gives it, whatever section it stands in."""
    give = case.around.nearest("give")
    return give is not None and case.quantity.start - give.end <= _BESIDE and not _is_above(case)


def _is_condition(case: Case) -> bool:
    """Whether the nearest word before it is one of business, and none of giving is close behind."""
    around = case.around
    near = around.nearest("business", "give", "cap", "pot", "provide", "done", "unit", "each")
    if near is None or near.meaning != "business":
        barred = _is_above(case) and _BAR.match(around.after)
        return bool(barred) and near is None and not _given_behind(case)
    return not _given_behind(case)


def _is_reached(case: Case) -> bool:
    """月消费满10万元返5%: so much has to be there first."""
    awarded = case.around.nearest("give", "cap", "pot", "provide")
    reached = _REACHED.search(case.around.before) and awarded is None
    return bool(reached) and case.words.any("give", "by", start=case.quantity.end)


_STEP = re.compile(r"每(?:满|增加|新增|投入|缴纳|完成|实现|达到?|超过?)")


def _is_step(case: Case) -> bool:
    """每满500万元,奖10万元: so much of it for each award."""
    near = case.around.nearest("unit")
    stepped = near and _STEP.match(case.page.folded, near.start)
    return bool(stepped) and case.words.any("give", start=case.quantity.end)


def _is_above(case: Case) -> bool:
    """20%以上, 超过300万元(含)"""
    text = case.page.folded[case.quantity.number_start : case.quantity.end + 5]
    return case.quantity.comparator in ("gt", "ge") or bool(_ABOVE.search(text))


def _given_behind(case: Case) -> bool:
    """给予…50万元的一次性奖励: its noun stands right behind it."""
    first = next((word for word in case.around.behind), None)
    if first is None or first.meaning not in ("give", "pot"):
        return False
    word = case.page.folded[first.start : first.end]
    gap = case.around.after.partition(word)[0]
    return len(gap) <= _CLOSE and not re.search(r"[,。;]|以上|以下|部分|的$|按", gap)


_OF_WORLD = re.compile(
    r"(?:规模|产值|收入|营收|产业|总量)[^,。;\d]{0,6}(?:达到?|突破|超过?|增至|跃上|迈上)\s?\Z"
)
"""规模达到500亿元: how large something is to be."""


def _is_benefit(case: Case) -> bool:
    around, place = case.around, case.place
    if _OF_WORLD.search(around.before):
        return False
    if around.nearest("give") or _given_behind(case) or is_told_of(case):
        return True
    given = place.open or case.words.any("give") or _is_amended(case) or _is_of_rule(case)
    pot = around.nearest("pot")
    if pot:
        text = case.page.folded[pot.start : pot.end]
        beside = [*around.behind[:1], *(w for w in around.own if 0 <= pot.start - w.end < _BESIDE)]
        other = any(word.meaning == "business" for word in beside)
        provided = around.nearest("provide") is not None and _is_provided(case)
        strong = STRONG_POT.search(text) or (text == "预算" and _SPECIAL.search(around.before))
        return bool(strong) or provided or (given and not other)
    if around.nearest("cap") or around.carried:
        return given or bool(around.carried) or around.has("each")
    if around.nearest("provide"):
        return _is_provided(case)
    if place.open and _GRADED.search(around.before) and not around.has("business"):
        return True
    if (place.label or place.stated) and place.open and not around.has("business"):
        return True
    if (
        around.has("each", "unit", "apiece")
        or case.quantity.per
        or case.quantity.comparator in ("le", "lt")
    ):
        return given
    inherits = case.last is not None and case.last.role != "threshold"
    return inherits and len(around.before.strip()) <= _SHORT_NOUN and not around.has("business")


_SPECIAL = re.compile(r"专项|扶持|奖补")
"""产业发展专项预算: spent on others."""
_GRADED = re.compile(r"(?:[A-F甲乙丙丁]|第?[一二三四])[ ]?[类档级等](?:的|次)?[^,;。\d]{0,6}\Z")
"""A类团队1500万元、B类…: sums by grade, where somebody gives."""


def _is_amended(case: Case) -> bool:
    """“最高500万元”修改为“最高800万元”"""
    start = case.place.sentence.start
    return bool(_AMENDS.search(case.page.folded, start, case.quantity.start))


_AMENDS = re.compile(r"(?:修改|调整|变更)为")
_PUBLIC = re.compile(
    r"财政|预算|[拟将划]安排|[市区县省]级?|政府|每年|年度|专项|全市|今年|明年|年内|本[批期季]|首[批期]|资金|经费|另行|再"
)


_VOUCHER = re.compile(r"券(?!商)|补贴|补助|奖补")
_LEAD = 24
"""发放“医智券”。…累计安排2400万元: the short sentence before says for what."""
_RULE = re.compile(r"政策|新政|措施|办法|细则|[一二三四五六七八九十]条")


def _is_of_rule(case: Case) -> bool:
    """新政…,年度预算9000万元: the pot of the rule that the sentence speaks of."""
    around = case.around
    return around.nearest("pot") is not None and bool(
        _RULE.search(case.page.folded, case.place.sentence.start, around.end)
    )


def _is_provided(case: Case) -> bool:
    """每年拿出5000万元: by a public body, and not to build or buy."""
    if _SPENT.match(case.around.after):
        return False
    if case.place.open or _PUBLIC.search(case.around.before):
        return True
    sentence = case.place.sentence
    start = case.page.block_of(sentence).start
    return bool(
        _VOUCHER.search(case.page.folded, max(start, sentence.start - _LEAD), sentence.start)
    )


def _part(case: Case) -> AmountRole:
    around = case.around
    if _is_per_unit(case):
        return "per_unit"
    if not around.has("each") and not is_total_for_one(case) and is_pool(case):
        return "pool"
    rated = case.last is not None and case.last.role == "rate"
    if _SET.search(around.before):
        return "fixed"
    if limited(case) or around.carried == "cap" or (rated and around.has("each")):
        return "cap"
    if _BESIDES.search(around.before):
        return "fixed"
    bare = all(word.meaning == "apiece" for word in around.own) and not around.carried
    last = case.last if bare else None
    if _ADDED_UP.search(around.before) and last:
        return "pool" if last.role in ("pool", "fixed") else last.role
    return last.role if last and last.role in ("cap", "pool") else "fixed"


def _is_per_unit(case: Case) -> bool:
    """For each thing of which one recipient may have several."""
    around, quantity = case.around, case.quantity
    near = around.nearest("each", "unit")
    if near and near.meaning == "each" and _is_per_head(case, near.start):
        return True
    if quantity.per and quantity.per.split("·")[0].split("/")[0] not in _RECIPIENTS:
        return True
    stepped = case.last and case.last.role == "threshold" and case.last.around.has("unit")
    if _EACH_OF.match(around.after) or stepped:
        return True
    if quantity.per in ("项", "个") and not limited(case):
        return True
    alone = case.last is None or case.last.role not in ("rate", "per_unit", "fixed")
    of_thing = near.meaning == "unit" if near else alone and _is_of_each(case)
    return of_thing and ((near is not None and alone) or not limited(case))


_HIRES = re.compile(r"招聘|聘用|录用|吸纳|接收|招收|招用|雇[佣用]?|新增就业")
_HEAD = re.compile(r"每(?:新?[聘录招]\S{0,2})?[一1]?[名人位]")


def _is_per_head(case: Case, word: int) -> bool:
    """招聘全职员工的,每名每月补贴6000元: an employer may have several of them."""
    part = case.words.part(word)
    head = _HEAD.match(case.page.folded, word)
    return (
        bool(head) and not limited(case) and bool(_HIRES.search(case.page.folded, part, word + 8))
    )


_PASSED = re.compile(r"[^,。;\d]{0,8}(?:后|的)?,\Z")


def _is_of_each(case: Case) -> bool:
    """每个数据集通过评估后,给予建设单位10万元: the clause before says for each of what."""
    part = case.words.part(case.quantity.number_start)
    said = [w for w in case.words.words if part <= w.start < case.around.start]
    if not said or said[-1].meaning != "unit":
        return False
    return bool(_PASSED.fullmatch(case.page.folded, said[-1].end, case.around.start))
