"""How real a number is: achieved, planned, a target, somebody's estimate."""

import re
from datetime import date

from domain.facts.cues import cue as cue_of
from domain.facts.cues import own_cue
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.plans import of_plan
from domain.facts.projects_zh import is_capacity, is_of_opening, is_to_be_built
from domain.facts.prospect_zh import (
    is_analysts_piece,
    is_extent_of_begun,
    is_running,
    is_when_built,
    no_aim,
    of_its_kind,
)
from domain.facts.quantity import Quantity
from domain.facts.sections import in_goals
from domain.facts.when import When
from domain.text.sought import Sought

_ANALYST = Sought(
    r"顾问|预测|分析师|分析人士|研究机构|咨询|研报|券商|学者|专家|业内|机构预|智库|市场研究|灼识|艾瑞|赛迪|信通院|高盛|瑞银|大摩|摩根|里昂|资策会"
    r"|(?<![A-Za-z])(?:IDC|Gartner|MIC|TrendForce|Omdia|Canalys|IHS)(?![A-Za-z])"
    r"|\b(?:analysts?|consultanc(?:y|ies)|consulting|research(?:ers)?|survey|report by"
    r"|forecasts?|BMI|Fitch|IDC|Gartner|economists?)\b",
    re.IGNORECASE,
)

_EACH_YEAR = Sought(r"每年|逐年|\b(?:each|every|per) year\b|\ba year\b", re.IGNORECASE)

_PREDICTED = Sought(r"预测|预估")
_PREDICTED_BEHIND = re.compile(r"[^,。;\d]{0,6}的?(?:预估|预测|预期|指引|展望)")

_REACHING = ("horizon", "before", "period", "ahead", "point")


def status(
    page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int], when: When | None
) -> Status:
    """Return the status of a number; `when` is the time that reaches it."""
    if page.language == "zh" and (told := of_its_kind(page, sentence, quantity, clause, when)):
        return told
    cue = cue_of(page, sentence, quantity, clause)
    future = is_future(when, page.published) or is_running(page, cue, when)
    cue = _still_said(page, quantity, clause, cue, when, future)
    if cue == "negated":
        return "negated"
    if _is_estimate(page, sentence, quantity, cue, when, future):
        return "forecast"
    if page.language == "zh" and (
        told := no_aim(page, sentence, quantity, clause, cue, when if future else None)
    ):
        return told
    if cue in ("planned", "forecast") and _under_a_plan(page, sentence, quantity):
        return "target"
    if when and future and (ahead := _ahead(page, sentence, quantity, clause, cue, when)):
        return ahead
    if page.language == "zh" and cue in (None, "in_progress") and _is_over(page, when):
        return _planned(cue) if cue else "achieved"
    if _is_goal(page, sentence, quantity, clause, cue, when):
        return "target"
    if cue is None and _is_to_come(page, sentence, quantity, when):
        return "planned"
    return _planned(cue) if cue in ("forecast", "planned", "in_progress") else "achieved"


def _is_to_come(page: Page, sentence: Sentence, quantity: Quantity, when: When | None) -> bool:
    """Of something that is not built yet."""
    if page.language == "en":
        return False
    if when is None and is_to_be_built(page, sentence, quantity):
        return True
    return is_extent_of_begun(page, sentence, quantity)


def _is_over(page: Page, when: When | None) -> bool:
    """2025年末,…达22家: what stands by a day gone by is reached, also in a plan."""
    if when is None or page.published is None or when.titled:
        return False
    return when.last < page.published and when.part in ("point", "as_of")


def _ahead(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    clause: tuple[int, int],
    cue: str | None,
    when: When,
) -> Status | None:
    """What a number of a time to come is: a goal, unless it is only planned."""
    if page.language == "zh" and when.part == "before" and cue == "planned":
        return "planned"
    if _is_contracted(page, quantity, clause, cue):
        return "achieved"
    if cue is None and page.language == "zh" and is_of_opening(page, sentence, quantity, when):
        return "planned"
    if cue is None and page.language == "zh" and is_capacity(page, sentence, quantity, clause):
        return "planned"
    if page.language == "zh" and is_when_built(page, quantity, clause):
        return "planned"
    if when.part in _REACHING and cue != "achieved":
        dated = when.part != "point" or cue in ("target", None)
        return (
            "target" if dated or _is_policy(page, sentence, quantity, cue, when) else _planned(cue)
        )
    return "target" if when.part == "horizon" else None


_CONTRACTED = re.compile(r"含税|合同(?:总)?(?:金额|价|额)?|中标|订单|成交")


def _is_contracted(
    page: Page, quantity: Quantity, clause: tuple[int, int], cue: str | None
) -> bool:
    """服务期至2029年,含税金额3.28亿元: what was agreed is so, however long it is to last."""
    if page.language != "zh" or quantity.kind != "money" or cue is not None:
        return False
    return bool(_CONTRACTED.search(page.folded, clause[0], quantity.start))


_NEAR = 80
_WIDE = 300


def _around(sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """So much of a sentence as is looked at for one number: time stays bounded."""
    return (
        max(sentence.start, quantity.start - _WIDE),
        min(sentence.end, quantity.end + _WIDE),
    )


def _part(page: Page, sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """The same, in Chinese without the parts that semicolons set off."""
    start, end = _around(sentence, quantity)
    if page.language == "en":
        return start, end
    start = max(start, page.folded.rfind(";", start, quantity.start) + 1)
    stop = page.folded.find(";", quantity.end, end)
    return start, stop if stop > 0 else end


_ASKED = re.compile(r"(?:明确|要求|规定|提出)(?!者|人)(?:[^。;]{0,60}|:[^。]{0,120})\Z")

_ONCE_DONE = ("累计", "完成", "达成", "实现了")
"""于2027年9月30日前完成交付: of a day to come they say what is to be done."""


def _still_said(
    page: Page,
    quantity: Quantity,
    clause: tuple[int, int],
    cue: str | None,
    when: When | None,
    future: bool,
) -> str | None:
    """截至6月有订单…,须在明年3月底前交付150台: a time to come outlives the "done" before it."""
    if page.language == "en" or when is None or when.titled:
        return cue
    if ";" in page.folded[when.end : quantity.start]:
        return cue
    later = page.published is not None and (
        when.first > page.published or (when.part == "before" and when.last > page.published)
    )
    if future and later and cue == "achieved" and when.start < quantity.start:
        hit = own_cue(page, max(clause[0], when.end), quantity.end)
        summed = hit is not None and page.folded[hit.start : hit.end] in _ONCE_DONE
        return hit.rule.meaning if hit and not summed else None
    over = page.published is not None and when.last < page.published and when.start >= clause[0]
    return "achieved" if over and cue == "planned" and when.part in ("point", "as_of") else cue


_GOAL_BEHIND = re.compile(r"[ ]?的?(?:[\u4e00-\u9fff]{0,2})目标")

_PROJECT = re.compile(
    r"项目|总投资|建成后|投产|达产|竣工|交付|[一二三]期|该.{0,6}(?:中心|园|厂|基地)|\b(?:project|plant|phase|company)\b"
)


def _is_policy(
    page: Page, sentence: Sentence, quantity: Quantity, cue: str | None, when: When
) -> bool:
    """2027年规模将达到…: of a year to come and of no single project, it is what is aimed at."""
    if cue != "planned" or when.precision != "year" or page.language == "en":
        return False
    return not _PROJECT.search(page.folded, *_around(sentence, quantity))


def _is_estimate(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    cue: str | None,
    when: When | None,
    future: bool,
) -> bool:
    """Somebody's estimate: an analyst's of the future, or one without a date that anybody set."""
    if page.language == "zh" and _PREDICTED.search(
        page.folded, _around(sentence, quantity)[0], quantity.number_start
    ):
        return True
    if page.language == "zh" and _PREDICTED_BEHIND.match(page.folded, quantity.end):
        return True
    if page.language == "zh" and future and cue != "target" and is_analysts_piece(page):
        return not _PROJECT.search(page.folded, *_around(sentence, quantity))
    analyst = bool(_ANALYST.search(page.folded, *_part(page, sentence, quantity)))
    if analyst and (cue == "forecast" or future):
        return True
    return cue == "forecast" and when is not None and when.part == "ahead"


def _is_goal(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    clause: tuple[int, int],
    cue: str | None,
    when: When | None,
) -> bool:
    """A goal without a date of its own: said so, headed so, yearly, or a plan's."""
    if cue == "target" or (cue != "achieved" and in_goals(page, sentence)):
        return True
    if page.language == "zh" and _GOAL_BEHIND.match(page.folded, quantity.end):
        return True
    if page.language == "zh" and quantity.comparator == "ge" and cue != "achieved":
        asked = _ASKED.search(
            page.folded, max(sentence.start, quantity.start - 2 * _NEAR), quantity.start
        )
        if asked and quantity.kind in ("percent", "count", "compute", "area"):
            return True
    if cue == "planned" and when and when.part == "ahead":
        return not _HANDED_OVER.search(page.folded, clause[0], quantity.start)
    yearly = _EACH_YEAR.search(page.folded, clause[0], quantity.end) and quantity.comparator == "ge"
    if yearly and cue in (None, "achieved"):
        return True
    counted = quantity.kind in ("count", "percent", "compute")
    return (cue is None or (cue == "planned" and counted)) and of_plan(
        page, sentence, quantity, clause
    )


_HANDED_OVER = re.compile(r"交付|交货|供货|发货|投产|偿还|支付")
"""将在两年内交付3600台: what was agreed, and nobody's aim."""
_UNDER = re.compile(
    r"\b(?:according to|under|in|as part of) (?:the|its|a|this) (?:[\w-]{1,20} ){0,4}"
    r"(?:plan|blueprint|guidelines?|roadmap|outline)\b"
    r"|\bthe (?:[\w-]{1,20} ){0,3}(?:plan|blueprint|guidelines?|roadmap|outline)"
    r" (?:says?|said|calls|aims|sets|states|envisages|specif(?:y|ies))\b",
    re.IGNORECASE,
)


def _under_a_plan(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """What a paragraph tells "according to the plan" is what the plan is after."""
    block = page.block_of(sentence)
    return page.language == "en" and bool(
        _UNDER.search(page.folded, block.start, quantity.number_start)
    )


def _planned(cue: str | None) -> Status:
    if cue == "forecast":
        return "forecast"
    return "in_progress" if cue == "in_progress" else "target" if cue == "target" else "planned"


def _is_this_year(when: When, published: date) -> bool:
    """Before its summer, a whole year is still to come."""
    whole = when.precision == "year" and when.part in ("point", "period")
    return whole and when.last.year == published.year and published.month <= _EARLY


_EARLY = 6


def is_future(when: When | None, published: date | None) -> bool:
    """Whether a time lies ahead of publication, as a goal's does."""
    return bool(
        when
        and published
        and when.last > published
        and when.part != "as_of"
        and (
            when.last.year > published.year
            or when.part in ("horizon", "before", "ahead")
            or _is_this_year(when, published)
        )
    )
