"""Chinese measures: who gets what, from which pot, up to how much. One fact for one benefit."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.facts.amounts import Amount
from domain.facts.benefit_amounts import benefit_amounts
from domain.facts.benefit_answers import continued
from domain.facts.benefit_limits import shared
from domain.facts.benefit_parts import leaves_pool, with_parts
from domain.facts.benefit_places import Place, places
from domain.facts.benefit_terms import described
from domain.facts.page import Page
from domain.facts.statement import Statement

_LIMITS = re.compile(
    r"(?:其中|但|且|同时|原则上|另)?(?:(?:同一|一家|该|此|各|全部)?(?:企业|主体|单位|项目))?(?:每|单[个家户项笔]|同一|最[高多]|上限|封顶|限额|累计|合计|年度|一[家户个]|总额|至[多高]|顶格|不超过|不高于|不多于|不大于)"
)
_RECIPIENT = re.compile(
    r"[,;。\n:]\s?(?:其中)?(?:对|凡|针对)(?!应|接)|[,;。\n:][^,;。:]{2,}[的者](?=,)|[,;。\n].{0,16}可(?:获|享|领)"
)
_TOGETHER = re.compile(r"同一|[一二三两]年内|合计|累计|总额|总计")
_SHARE = re.compile(r"比[例率]")
_YEARS = re.compile(r"第[一二三四五]年|前[一二两三]年|后[一二两三]年|之后|次年|首年")
_RAISED = re.compile(r"(?:比例)?[^,。;]{0,4}(?:提[高升]?|放宽|增加|上浮|上调|升)(?:到|至|为)\Z")
_ALSO = re.compile(r"且|并(?!按|对|给)")
_FOLLOWS = re.compile(r"起|之后|第[二三四]|每增|每新增|超出|超过部分")
_LISTED = 14
_OVERALL = re.compile(
    r"本(?:政策|办法|措施|细则|条)|(?:各类|各项|全部|年度)[^,。;]{0,8}(?:总额|合计|累计)|合计|总额|享受"
)
_SUMS = ("fixed", "cap", "per_unit")


def benefits(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the measures of a Chinese page."""
    if page.language != "zh":
        return
    for run in continued(page, places(page)):
        found: list[tuple[Place, Amount]] = []
        for place in run:
            near = replace(place, open=True) if found else place
            found += [(near, one) for one in benefit_amounts(page, near, taken)]
        yield from _described(page, found)


def _described(page: Page, found: list[tuple[Place, Amount]]) -> Iterator[Statement]:
    home = {one.quantity.number_start: place for place, one in found}
    for group in shared(page, list(_groups(page, [one for _, one in found]))):
        if all(one.role == "threshold" for one in group):
            continue
        yield described(page, home[group[0].quantity.number_start], group)


def _groups(page: Page, found: list[Amount]) -> Iterator[list[Amount]]:
    """Cut the run of amounts into benefits: a second sum of the same part begins a new one."""
    group: list[Amount] = []
    told = with_parts(page, found)
    for number, one in enumerate(told):
        if group and _begins(page, group, one, told[number + 1 :]):
            yield from _tiers(page, group)
            group = []
        group.append(one)
    if group:
        yield from _tiers(page, group)


def _begins(page: Page, group: list[Amount], one: Amount, later: list[Amount]) -> bool:
    """Whether an amount belongs to another benefit than those before it."""
    last = group[-1]
    roles: set[str] = {other.role for other in group}
    between = page.folded[last.quantity.end : one.quantity.start]
    if _is_stacked(page, one):
        between = between.replace("\n", "|")
    if last.start == one.start and last.role == one.role and len(between) < _LISTED:
        return one.role == "pool" or not _is_list(between)
    if last.sentence.block != one.sentence.block:
        return _begins_line(page, roles, one)
    if one.role == "threshold" or roles == {"threshold"}:
        apart = one.role == "threshold" and not roles <= {"threshold", "pool"}
        return apart or bool(re.search(r"[。;]", between))
    if one.role == "pool":
        same_row = page.block_of(one.sentence).kind == "row" and "pool" not in roles
        return not (same_row or _closes_with_pool(roles, one, between))
    if roles <= {"pool", "threshold"}:
        return leaves_pool(page, group, one, later)
    if one.role == "rate" and _goes_with(page, roles, group, one):
        return False
    if one.role == "rate" and "rate" in roles and _RAISED.search(between) and "\n" not in between:
        return _is_raised_whole(page, one, between)
    if one.role == "cap" and _is_limit(page, one, between):
        return _limits_anew(page, group, one, between)
    listed = sum(1 for other in group if other.role == "fixed") > 1
    return _STOPS.search(between) is not None or _doubles(roles, between, one, listed=listed)


_STOPS = re.compile(r"[。;\n]")


def _limits_anew(page: Page, group: list[Amount], one: Amount, between: str) -> bool:
    """Whether a limit is that of the whole policy, or a second one of the same kind."""
    if "。" in between and _OVERALL.search(between.rpartition("。")[2]):
        return True
    if _is_parallel(group[-1], one, between):
        return False
    doubled = any(other.role == "cap" for other in group)
    return doubled and not (_TOGETHER.search(between[-24:]) or _is_wider(page, group[-1], one))


def _is_parallel(last: Amount, one: Amount, between: str) -> bool:
    """S级每部最高100万元,A级每部最高50万元: two sorts of thing under one share."""
    near = one.quantity.number_start - last.quantity.end <= _LISTED
    near = near and last.role == "cap" and last.sentence == one.sentence
    return near and not _STOPS.search(between) and not _RECIPIENT.search(between)


def _is_stacked(page: Page, one: Amount) -> bool:
    """Whether a sum stands in a later line of its row, in a table of a line for each cell."""
    return one.sentence.start >= page.block_of(one.sentence).end


_OF_THING = re.compile(
    r"[单每]一?[台套件款项次张辆条篇颗枚单笔场批]"
    r"|[单每]一?个[\u4e00-\u9fffA-Za-z]{0,6}?(?:产品|软件|模型|算法|数据集|场景|智能体|设备|合同|订单|品种|系统|标准|专利|案例|作品|活动|项目)"
)
_HOLDER = re.compile(
    r"[单每]一?[户家位]|[单每]一?个(?:企业|单位|主体|机构|法人)|同一|一[家户](?!一)"
)
_OF_ONE = re.compile(
    r"[单每][户家位]|全年|每年|年度|累计|[单每][个一](?:企业|单位|主体|团队|机构|法人)|同一|一[家户]"
)


def _is_wider(page: Page, last: Amount, one: Amount) -> bool:
    """单台封顶100万元、单户封顶500万元: the limit for a thing and the one for who gets it."""
    before = page.folded[max(last.start, last.quantity.start - _LISTED) : last.quantity.start]
    between = page.folded[last.quantity.end : one.quantity.number_start]
    if len(between) >= _LISTED:
        return False
    wider = _HOLDER.search(between) and not _HOLDER.search(before)
    return bool(wider or (_OF_THING.search(before) and _OF_ONE.search(between)))


_LIMIT_TOO = re.compile(r"[^。;\n\d]{0,10}(?:封顶|上限|限额|最高|额度)[^。;\n\d]{0,10}\d")


def _is_raised_whole(page: Page, one: Amount, between: str) -> bool:
    """如果…,比例上浮到50%,封顶线提到80万元: rate and limit of another case."""
    return bool(re.search(r"[。;]", between) and _LIMIT_TOO.match(page.folded, one.quantity.end))


def _goes_with(page: Page, roles: set[str], group: list[Amount], one: Amount) -> bool:
    """A share that is what a loan or a voucher named before it is worth."""
    of_loan = roles <= {"pool", "cap"} and _is_of_loan(page, group, one)
    return of_loan or _is_of_voucher(page, group, one) or _is_share_of_cap(page, group, one)


_AT = re.compile(
    r",\s?(?:并|且)?(?:按照?(?!年|月|季)|(?:补[助贴]|资助|支持)?比[例率])[^,。;\d]{0,20}\Z"
)


def _is_share_of_cap(page: Page, group: list[Amount], one: Amount) -> bool:
    """单个项目最高300万元,按投入额的25%核定: the limit is named before the share."""
    if [other.role for other in group] not in (["cap"], ["threshold", "cap"], ["per_unit"]):
        return False
    last = group[-1]
    if last.sentence != one.sentence or last.comparator not in ("le", "lt"):
        return False
    return bool(_AT.fullmatch(page.folded, last.quantity.end, one.quantity.start))


def _is_of_voucher(page: Page, group: list[Amount], one: Amount) -> bool:
    """可领不超过5万元的券,本市模型抵七成,市外模型抵三成: what one voucher is worth."""
    if group[0].role != "cap" or group[0].sentence != one.sentence:
        return False
    end = group[0].quantity.end
    return (
        "券" in page.folded[end : end + _BESIDE]
        and "抵" in page.folded[one.start : one.quantity.start]
    )


_BESIDE = 4
_LOAN = re.compile(r"贷|授信")
_INTEREST = 14


def _is_of_loan(page: Page, group: list[Amount], one: Amount) -> bool:
    """ "蓉易贷"单户最高2000万元,财政按30%贴息: the interest paid is of that loan."""
    said = page.folded[group[0].sentence.start : group[-1].quantity.end]
    behind = page.folded[one.quantity.start : one.quantity.end + _INTEREST]
    same = group[-1].sentence == one.sentence
    return same and "贴息" in behind and bool(_LOAN.search(said))


def _is_list(between: str) -> bool:
    return bool(
        re.fullmatch(r"[、,和及与或至以/\s]*(?:[约各]|最高|不超过)?[\u4e00-\u9fff]{0,6}", between)
    )


_OF_CONDITION = re.compile(r"条件|要求|门槛|资格|对象|主体|范围|标准|方式|内容")
_LIMIT_LABEL = re.compile(r"上限|限额|额度|金额|最高|封顶|强度")


def _begins_line(page: Page, roles: set[str], one: Amount) -> bool:
    """支持限额:… in the line below is the limit of what stands above it; another rate is not."""
    label = page.folded[slice(*page.block_of(one.sentence).label)]
    if one.role == "threshold":
        return bool(label) and not _OF_CONDITION.search(label)
    if one.role == "cap":
        return "cap" in roles or not (_LIMIT_LABEL.search(label) or roles <= {"rate", "threshold"})
    if one.role == "rate" and not label and roles <= {"cap", "threshold"}:
        return False
    return not roles <= {"threshold"}


def _closes_with_pool(roles: set[str], one: Amount, between: str) -> bool:
    """…每台每月不多于3000元,市级预算每年不大于5000万元: the pot named last."""
    limited = one.quantity.comparator in ("le", "lt")
    return limited and "pool" not in roles and not re.search(r"[。;\n]", between)


def _is_limit(page: Page, one: Amount, between: str) -> bool:
    """A clause that only limits what was said: 每家企业最高, not 对…的企业最高."""
    stop = max(between.rfind(mark) for mark in "。;\n")
    tail = between[stop + 1 :] + page.folded[one.quantity.start : one.quantity.number_start]
    if _LOAN.search(tail) and not _LOAN.search(page.folded, one.sentence.start, one.start):
        return False
    if ":" in tail or _RECIPIENT.search(tail if stop < 0 else "," + tail):
        return False
    clause = tail.rpartition(",")[2]
    return stop < 0 or bool(_LIMITS.match(clause.strip()))


def _doubles(roles: set[str], between: str, one: Amount, *, listed: bool) -> bool:
    """A second sum of the same part belongs to the next benefit."""
    if one.role == "rate":
        if roles & set(_SUMS):
            also = _ALSO.search(between[:4]) or (one.quantity.comparator == "le" and not listed)
            return not (also or (_SHARE.search(between) and not _RECIPIENT.search(between)))
        again = _YEARS.search(between) or _SHARE.search(between)
        return "rate" in roles and not again
    if one.role == "per_unit":
        return bool(roles & set(_SUMS)) and not _FOLLOWS.search(between)
    if one.role == "cap":
        return "cap" in roles or bool(_RECIPIENT.search(between))
    return bool(roles & set(_SUMS)) or bool(roles & {"rate"})


def _tiers(page: Page, group: list[Amount]) -> Iterator[list[Amount]]:
    """Split a distributive list: conditions A, B, C and sums a, b, c are three benefits."""
    sums = [one for one in group if one.role in _SUMS]
    rates = [one for one in group if one.role == "rate"]
    listed = _listed(page, sums)
    bars = [one for one in group if one.role == "threshold"]
    listed = rates if len(rates) == len(bars) > 1 and len(listed) < 2 else listed
    if len(listed) < 2:
        yield group
        return
    matched = rates if rates and len(rates) == len(listed) and listed != rates else []
    others = [one for one in group if one not in (*listed, *bars, *matched)]
    for number, one in enumerate(listed):
        paired = [bars[number]] if len(bars) == len(listed) else bars[:1]
        yield [*paired, *matched[number : number + 1], *others, one]


def _listed(page: Page, sums: list[Amount]) -> list[Amount]:
    """The longest run of like sums that stand close together."""
    best: list[Amount] = []
    run: list[Amount] = []
    for one in sums:
        gap = page.folded[run[-1].quantity.end : one.quantity.number_start] if run else ""
        near = bool(run) and run[-1].role == one.role and len(gap) <= _LISTED
        if near and one.role == "cap":
            near = not (_TOGETHER.search(gap) or _is_wider(page, run[-1], one))
        run = [*run, one] if near and not _FOLLOWS.search(gap) else [one]
        best = run if len(run) > len(best) else best
    return best
