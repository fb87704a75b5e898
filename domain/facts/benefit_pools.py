"""Whether a sum of a Chinese benefit is a pot: what a programme spends, not what one gets."""

import re

from domain.facts.benefit_case import ISSUES, Case

STRONG_POT = re.compile(r"奖金|奖池|资金|承担额|[券池]|经费|盘|财政")
"""Words of a pot that need nobody who gives beside them."""
_WEAK_TOTAL = re.compile(r"总(?:额|量|金额)|年度额度|规模")
_VOUCHERS = re.compile(r"的?[\"《]?[\u4e00-\u9fff]{0,6}券")
_PROGRAMME = re.compile(
    r"的[\"《]?[\u4e00-\u9fff]{0,8}(?:资助计划|扶持计划|专项(?!支持|补|奖)|专项资金|资金池|计划\")"
)
_YEARLY = re.compile(r"每年|年度|全年|首批|第[一二三四]批|本[期批轮]|今年")
_MATCHED = re.compile(
    r"\A(?:(?!对|给|向|为).){0,20}(?:匹配|配套|自筹)(?:专项|财政)?资金(?:各|约)?\Z"
)
"""三市分别匹配资金…: what public bodies add to the pot."""
_ONE_PROJECT = re.compile(r"(?:支持|立项|部署|设立?|资助|遴选)\s?(?:1|一)[项个]")


_ALL_FOR = re.compile(r"(?:资金|预算)?(?:全部|全数|专门|都)(?:[投用转留补]|给)")


def _is_set_apart(case: Case) -> bool:
    """2亿元全部转给初创企业; 本批合计600万元; 5000万元,用完即止."""
    around = case.around
    if _ALL_FOR.match(around.after) and not around.has("each", "cap"):
        return True
    return bool(_USED_UP.match(around.after) or _BATCH.search(around.before))


def _is_for_one(case: Case) -> bool:
    """Whether somebody is given it, whatever it is called, or it limits a single project."""
    pot = case.around.nearest("pot")
    start = max(case.around.start, pot.start - _CLOSE) if pot else 0
    if pot and _GIVEN_AS.search(case.page.folded, start, pot.start):
        return True
    return limited(case) and _is_for_one_project(case)


def _is_for_one_project(case: Case) -> bool:
    """拟支持1项,财政资金不超过800万元: the limit of that one."""
    start = case.place.sentence.start
    return bool(_ONE_PROJECT.search(case.page.folded, start, case.quantity.number_start))


_GROWN = re.compile(
    r"(?:券|资金|经费|预算|盘子)(?:总?规模|总?额度?|总量|总盘子)?(?:从|由)[^,。;]{2,16}元?[^,。;]{0,8}(?:到|至)(?:了|今年的?|目前的?)?\Z"
)
"""算力券从2023年的3000万元加码到今年的2亿元."""
_BATCH = re.compile(r"(?:本|首|该|此)批[^,。;\d]{0,8}(?:合计|共计?|总计)\Z")
_CLOSE = 8
_GIVEN_AS = re.compile(r"(?:给予|发给|获得?)[\u4e00-\u9fff]{0,4}\Z")
"""给予工作经费20万元: to somebody, whatever it is called."""
_USED_UP = re.compile(r"[\s,]?(?:用[完罄尽]|发完|领完|额满)(?:即|为)?止")
_TO_WHOM = re.compile(r"对|为|向|给|的,")


_TOTAL_FOR_ONE = re.compile(
    r"\s?(?:[补奖][助贴励补]|资助|支持|扶持)?(?:资金)?(?:总额|合计|累计)[为是]?\Z"
)


def is_total_for_one(case: Case) -> bool:
    """Return whether a limit is that of one recipient: 对…的企业分三年兑现,总额最高1500万元."""
    around = case.around
    start = case.words.part(case.quantity.number_start)
    if not limited(case) or not _TOTAL_FOR_ONE.fullmatch(_unlimited(around.before)):
        return False
    return case.words.any("give", start=start, end=around.start)


def _unlimited(words: str) -> str:
    return re.sub(r"(?:最[高多]|不超过|至多|上限)[为是]?\s?\Z", "", words)


def limited(case: Case) -> bool:
    """Return whether a sum is the most that somebody can get."""
    return case.quantity.comparator in ("le", "lt") or case.around.nearest("cap") is not None


def is_told_of(case: Case) -> bool:
    """Return whether the clause before names a pot: 年度总量由市财政核定,2026年为1.8亿元."""
    if case.around.own or case.last:
        return False
    part = case.words.part(case.quantity.number_start)
    said = [w for w in case.words.words if part <= w.start < case.around.start]
    if any(word.meaning == "business" for word in said):
        return False
    return bool(said) and said[-1].meaning == "pot" and case.around.before.rstrip().endswith("为")


def is_pool(case: Case) -> bool:
    """Return whether the words around a sum make it what a programme spends."""
    around = case.around
    if _MATCHED.search(around.before) and not around.has("each"):
        return True
    if _is_set_apart(case):
        return True
    if _is_for_one(case):
        return False
    if _GROWN.search(around.before) and not around.has("each", "unit", "cap"):
        return True
    pot = around.nearest("pot")
    if pot:
        text = case.page.folded[pot.start : pot.end]
        total = _WEAK_TOTAL.search(text) and not STRONG_POT.search(text)
        return not (total and case.last and case.last.role in ("rate", "per_unit", "fixed"))
    if around.carried in ("pot", "provide") or is_told_of(case):
        return True
    provide = around.nearest("provide")
    if provide:
        given = [word for word in around.own if word.meaning == "give" and word.start > provide.end]
        return not given
    give = around.nearest("give")
    word = case.page.folded[give.start : give.end] if give else ""
    if _PROGRAMME.match(around.after) and not around.has("cap"):
        return True
    if word in ISSUES and _YEARLY.search(around.before) and not _TO_WHOM.search(around.before):
        return True
    issued = word in ISSUES or (not word and not limited(case))
    return issued and bool(_VOUCHERS.match(around.after))
