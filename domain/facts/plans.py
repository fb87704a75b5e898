"""Plans: documents that speak of what is to be, outside the sections where they look back."""

import re

from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.sections import headings, looks
from domain.text.fold import fold

_PLAN = re.compile(
    (
        r"任务分工|重点任务|任务清单|分工方案|目标任务|行动计划|行动方案|工作方案|实施方案|规划|实施意见|若干意见|指导意见|工作要点"
        r"|工作计划|攻关方案|建设方案|发展计划|\b(?:action|work|implementation|three-year"
        r"|five-year|development) plan\b|blueprint|roadmap"
    ),
    re.IGNORECASE,
)

_LOOKING_BACK = re.compile(
    (
        r"现状|基础|背景|成效|回顾|概况|情况|成绩|优势|问题|\b(?:background|status"
        r"|achievements|overview|progress|to date)\b"
    ),
    re.IGNORECASE,
)

_AIM = re.compile(
    r"达到|达|突破|建成|打造|培育|集聚|引育|引进|新增|建设|形成|实现|布局|落地|开放|推出"
    r"|超过|提升|提高|新建|招引|孵化|认定|推广|覆盖|不少于|不低于|增长|下降|降低|发布"
    r"|遴选|支持|组建|以上|培养|输送|举办|开展|服务|投放|接入|完成|实施|安装|改造|升级|发放|布设|部署|安排"
    r"|(?i:\b(?:build(?:ing)?|establish|reach|train|cultivate|form|attract|foster|develop|create"
    r"|introduce|raise|achieve|open|launch|complete|support|shall|will|add|expand|increase"
    r"|strive|undertake|bring|gather|promote|nurture|set up|recruit|host|deploy|incubate)\b)"
)

_SPOKEN = re.compile(r"记者|本报讯|获悉|日电|据悉|\bsaid\b|\breported\b|\(Reuters|Xinhua")


def of_plan_at_all(page: Page, sentence: Sentence) -> bool:
    """Return whether a sentence stands in a plan, and not where it looks back."""
    return _is_plan(page) and not _looks_back(page, sentence)


_ACCOUNT = re.compile(r"执行情况|完成情况|进展|总结|回顾|评估|综述")
"""…计划执行情况的报告 tells what became of the plan."""


def _is_plan(page: Page) -> bool:
    title = fold(page.title)
    if not _PLAN.search(title) or _ACCOUNT.search(title):
        return False
    return not _SPOKEN.search(page.folded[:200])


def _looks_back(page: Page, sentence: Sentence) -> bool:
    if page.language == "zh":
        return looks(page, sentence) == "back"
    return any(_LOOKING_BACK.search(heading) for heading in headings(page, sentence))


def of_plan(page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """A plan speaks of what is to be, outside the sections where it looks back."""
    if not of_plan_at_all(page, sentence):
        return False
    aimed = quantity.comparator == "ge"
    return aimed or bool(
        _AIM.search(page.folded, clause[0], min(len(page.folded), quantity.end + 2))
    )
