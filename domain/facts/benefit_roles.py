"""What part a sum plays in a Chinese benefit: pool, cap, fixed, per unit, rate, threshold, none.

The word nearest to a sum decides: one that gives or limits makes it part of a benefit, one of
business a condition or no part at all. A sum without a word of its own is read like the one before
it, where somebody is giving.
"""

import re

from domain.facts.amounts import AmountRole
from domain.facts.benefit_bars import BAR, is_above
from domain.facts.benefit_case import Case, is_void
from domain.facts.benefit_pools import STRONG_POT, is_pool, is_told_of, is_total_for_one, limited
from domain.facts.benefit_rates import SHORT_NOUN, rate_of
from domain.facts.benefit_units import is_per_unit

_REACHED = re.compile(r"(?:达到?|满)了?\Z")
_SPENT = re.compile(r"建|用于(?:建设|采购|购)|采购|购买|收购|购置|打造|投建")
_FUND = re.compile(r"的?[^,。;、]{0,24}(?:(?<!发展)基金(?!会|管理|公司|机构)|产业园)")
_ADDED_UP = re.compile(r"合起来|加起来|总共|一共")
_BESIDES = re.compile(r"另(?:外|有|给|送)[^,;]{0,4}\Z")
_SET = re.compile(r"(?:定额|固定)(?:为|补助|补贴|奖励)?\Z")
_CLOSE = 12
_BESIDE = 3


def role_of(case: Case) -> AmountRole | None:
    """Return the part that a sum plays in a benefit; None where it plays none."""
    if is_void(case):
        return None
    return rate_of(case) if case.quantity.kind == "percent" else _sum(case)


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
            is_above(case) or around.has("unit") or _REACHED.search(around.before)
        )
        barred = ended or BAR.match(around.after)
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
    return give is not None and case.quantity.start - give.end <= _BESIDE and not is_above(case)


def _is_condition(case: Case) -> bool:
    """Whether the nearest word before it is one of business, and none of giving is close behind."""
    around = case.around
    near = around.nearest("business", "give", "cap", "pot", "provide", "done", "unit", "each")
    if near is None or near.meaning != "business":
        barred = is_above(case) and BAR.match(around.after)
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
    if case.around.before.endswith("每"):
        return case.words.any("give", start=case.quantity.end)
    near = case.around.nearest("unit")
    stepped = near and _STEP.match(case.page.folded, near.start)
    return bool(stepped) and case.words.any("give", start=case.quantity.end)


def _given_behind(case: Case) -> bool:
    """给予…50万元的一次性奖励: its noun stands right behind it."""
    first = next((word for word in case.around.behind), None)
    if first is None or first.meaning not in ("give", "pot"):
        return False
    word = case.page.folded[first.start : first.end]
    gap = case.around.after.partition(word)[0]
    if first.meaning == "pot" and gap == "的":
        return True
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
    return inherits and len(around.before.strip()) <= SHORT_NOUN and not around.has("business")


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
    if is_per_unit(case):
        return "per_unit"
    if not around.has("each") and not is_total_for_one(case) and is_pool(case):
        return "pool"
    rated = case.last is not None and case.last.role == "rate"
    if _SET.search(around.before) or (case.place.row and _is_set(case, case.place.row)):
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


def _is_set(case: Case, row: tuple[int, int]) -> bool:
    """首次获认可 | 定额奖励 | 30万元: another cell says that the sum is set."""
    return "定额" in case.page.folded[slice(*row)]
