"""Whether a sum of a Chinese benefit is for each thing of which one recipient may have several."""

import re

from domain.facts.benefit_case import Case
from domain.facts.benefit_pools import limited
from domain.facts.benefit_words import Around

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
_EACH_OF = re.compile(
    r"/(?:卡|小时|千瓦|度|万|亿|GB|平|P|T|机柜|台|件|条|辆|次|人次|张|款|套|部|场|篇|颗|片|㎡|m)"
)


def _is_each_step(around: Around) -> bool:
    return around.has("unit") or around.before.endswith("每")


def is_per_unit(case: Case) -> bool:
    """For each thing of which one recipient may have several."""
    around, quantity = case.around, case.quantity
    near = around.nearest("each", "unit")
    if near and near.meaning == "each" and _is_per_head(case, near.start):
        return True
    if quantity.per and quantity.per.split("·")[0].split("/")[0] not in _RECIPIENTS:
        return True
    last = case.last
    stepped = last is not None and last.role == "threshold" and _is_each_step(last.around)
    if _EACH_OF.match(around.after) or stepped:
        return True
    if quantity.per in ("项", "个") and not limited(case):
        return True
    alone = last is None or last.role not in ("rate", "per_unit", "fixed")
    if last and last.role == "cap" and last.around.has("unit") and limited(case):
        return False
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


_ONE = re.compile(r"一[名家个人项次台件]\Z")
_COUNTED = re.compile(r"[^,。;\d]{0,20},\Z")
"""每招用一名应届毕业生,补贴3000元."""
_PASSED = re.compile(r"[^,。;\d]{0,8}(?:后|的)?,\Z")


def _is_of_each(case: Case) -> bool:
    """每个数据集通过评估后,给予建设单位10万元: the clause before says for each of what."""
    part = case.words.part(case.quantity.number_start)
    said = [w for w in case.words.words if part <= w.start < case.around.start]
    if not said or said[-1].meaning != "unit":
        return False
    word = case.page.folded[said[-1].start : said[-1].end]
    passed = _COUNTED if _ONE.search(word) else _PASSED
    return bool(passed.fullmatch(case.page.folded, said[-1].end, case.around.start))
