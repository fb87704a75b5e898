"""What part a percentage plays in a Chinese benefit: a share that is paid, a condition, or none."""

import re

from domain.facts.amounts import AmountRole
from domain.facts.benefit_bars import BAR, is_above
from domain.facts.benefit_case import Case
from domain.text.fold import fold

_GROWS = re.compile(
    r"(?:占比|比重|增长|增速|增幅|同比|环比|涨幅|使用率|利用率|普及率|覆盖率|增至|下降|降低|下滑|回落|完成率|渗透率|市占率|份额"
    r"|(?:较|比(?!例|照))[^,]{0,10}|(?<![税利费贴助扣])率(?:仅|约|达到?|为|超过?|近|只有|不足|已)?"
    r"|(?<![按补配])占(?:到|了|全[国省市])?|毛利率|增(?!量|值|额|加?部分)|涨|跌)[^,]{0,6}\Z"
)
_STATE = re.compile(
    r"(?:不良|增长|回报|毛利|合格|转化|通过|上架|出租|入驻|达标|就业|留存|满意)率\Z"
)
_TIMES = re.compile(r"[×xX*]\s?\Z")
_CHARGED = re.compile(r"租|费|税|价|票")
_OF_BASE = re.compile(r"的\Z")
SHORT_NOUN = 16
"""Characters of a bare noun before a sum that is read like the one before it."""


def rate_of(case: Case) -> AmountRole | None:
    """Return the part that a percentage plays in a benefit; None where it plays none."""
    around, place = case.around, case.place
    if _HALVED.search(case.page.folded, case.quantity.number_start, case.quantity.end):
        return "rate" if _is_halved(case) else None
    if place.asks or _STATE.search(around.before) or _is_interest(case):
        return None
    later = case.words.any("give", "cap", start=case.quantity.end)
    if _GROWS.search(around.before) and not around.has("by", "give"):
        return "threshold" if later and is_above(case) else None
    bars = is_above(case) and BAR.match(around.after) and not around.has("by", "give", "cap")
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
    words = (*case.around.wide, *case.around.behind)
    by = any(case.page.folded[word.start] == "按" for word in case.around.wide)
    return not (by or any(word.meaning == "give" for word in words))


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
        return "rate" if len(around.before) <= SHORT_NOUN else None
    if place.open and _OF_BASE.search(around.before) and _is_of_base(case):
        return "rate"
    return "rate" if place.stated and place.open else None


def _is_of_base(case: Case) -> bool:
    """产品单价的30%,最高1000万元: of something that is spent, where a limit follows."""
    if case.place.stated:
        return True
    limits = case.words.any("cap", start=case.quantity.end)
    short = bool(case.place.label) and len(case.around.before.strip()) <= SHORT_NOUN
    return limits and (case.around.has("business") or short)


_HALVED = re.compile(r"减半|半价|折")


def _is_halved(case: Case) -> bool:
    """租金前两年全免、第三年减半; 博士10万元,硕士减半 is of a sum, and no share of a cost."""
    last = case.last
    part = case.words.part(case.quantity.number_start)
    if last and last.role in ("fixed", "per_unit") and last.quantity.start >= part:
        return False
    sentence = case.place.sentence
    said = case.page.folded[sentence.start : case.around.end] + case.place.label
    return bool(_CHARGED.search(said)) or bool(_CHARGED.search(fold(case.place.topic)))
