"""What reaches a number from further away: its time, and how real it is."""

import re
from dataclasses import dataclass
from datetime import date

from domain.facts.fact import Moment, Status, TimeRole
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.when import When

_GOAL_HEADING = re.compile(r"目标|绩效|\b(?:targets?|goals?|objectives?)\b", re.IGNORECASE)
_ANALYST = re.compile(
    r"顾问|预测|分析师|分析人士|研究机构|咨询|研报|券商|学者|专家|业内|机构预|智库|市场研究"
    r"|\b(?:analysts?|consultanc(?:y|ies)|consulting|research(?:ers)?|survey|report by|forecasts?|BMI|Fitch|IDC|Gartner|economists?)\b",
    re.IGNORECASE,
)
_EACH_YEAR = re.compile(r"每年|逐年|\b(?:each|every|per) year\b|\ba year\b", re.IGNORECASE)
_INTRO = re.compile(r"[:]\s*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The time a number belongs to and the status it has."""

    when: When | None
    role: TimeRole
    status: Status

    def moment(self, page: Page) -> Moment | None:
        """Return the time as a fact's time."""
        return self.when.moment(self.role, page.text) if self.when else None


def scope(page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int]) -> Scope:
    """Return the scope of a number of a sentence; `clause` is where its own words begin and end."""
    when = _time(page, sentence, quantity)
    status = _status(page, sentence, quantity, clause, when)
    return Scope(
        when=when if when and when.part != "ahead" else None,
        role=_role(page, when, status),
        status=status,
    )


def _time(page: Page, sentence: Sentence, quantity: Quantity) -> When | None:
    """The nearest time before the number in its sentence; a goal's horizon reaches further."""
    found = [when for when in page.times_in(sentence.start, sentence.end) if _reaches(when)]
    before = [when for when in found if when.start < quantity.number_start]
    if page.language == "en":
        before = [when for when in before if _governs(page, sentence, quantity, when)]
    behind = [when for when in found if when.start >= quantity.end]
    close = next((when for when in behind if _adjoins(page, quantity, when)), None)
    if close and (page.language == "en" or not before):
        return close
    if before:
        last = before[-1]
        if last.part == "ahead" and len(before) > 1 and before[-2].part == "horizon":
            return before[-2]
        return last
    return _from_intro(page, sentence)


_VERB_BEFORE = re.compile(
    r"\b(?:founded|established|launched|opened|completed|approved|issued|released|published|signed|born|built|dated|enacted|unveiled|operation|service)\s*\Z",
    re.IGNORECASE,
)


def _governs(page: Page, sentence: Sentence, quantity: Quantity, when: When) -> bool:
    """ "Founded in 1988, the zone covers …": the year belongs to the founding."""
    if (
        _VERB_BEFORE.search(page.folded, sentence.start, when.start)
        and "," in page.folded[when.end : quantity.start]
    ):
        return False
    return True


def _reaches(when: When) -> bool:
    return when.part not in ("base", "since")


def _adjoins(page: Page, quantity: Quantity, when: When) -> bool:
    """ "50 billion yuan by 2022": the time stands behind the number with nothing in between."""
    gap = page.folded[quantity.end : when.start]
    if page.language == "zh":
        return False
    if when.part == "ahead":
        return len(gap) < 140 and not re.search(r"[;:.]", gap)
    if when.part in ("horizon", "before") and len(gap) < 90:
        return not re.search(r"[;:.]|\b(?:versus|compared|from|up)\b", gap) and not (
            re.search(r",", gap) and not re.search(r", (?:and|versus)", gap)
        )
    return len(gap) < 60 and not re.search(r"[,;:]|\band\b", gap)


def _from_intro(page: Page, sentence: Sentence) -> When | None:
    """The items of a list inherit the horizon of the line that introduces them."""
    number = sentence.block
    if page.blocks[number].kind not in ("item", "pair", "clause"):
        return None
    for earlier in range(number - 1, max(-1, number - 12), -1):
        block = page.blocks[earlier]
        if block.kind in ("item", "pair"):
            continue
        if not _INTRO.search(page.folded, block.start, block.end) and block.kind != "heading":
            return None
        times = [when for when in page.times_in(block.start, block.end) if _reaches(when)]
        return times[-1] if times else None
    return None


def _status(
    page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int], when: When | None
) -> Status:
    lexicon = rules("status", page.language)
    own = lexicon.last(page.folded, clause[0], quantity.end)
    part = max(sentence.start, page.folded.rfind(";", sentence.start, quantity.number_start) + 1)
    wide = [hit.rule.meaning for hit in lexicon.hits(page.folded, part, quantity.number_start)]
    cue = own.rule.meaning if own else _inherited(wide) or _ahead(page, sentence, quantity, part)
    analyst = bool(_ANALYST.search(page.folded, sentence.start, sentence.end))
    future = _is_future(when, page.published)
    if page.language == "zh" and re.search(
        r"预测|预估", page.folded[sentence.start : quantity.number_start]
    ):
        return "forecast"
    if cue == "negated":
        return "negated"
    if analyst and (cue == "forecast" or future):
        return "forecast"
    if (
        when
        and when.part in ("horizon", "before", "period", "ahead", "point")
        and future
        and cue != "achieved"
    ):
        return "target" if when.part != "point" or cue in ("target", None) else _planned(cue)
    if when and when.part == "horizon" and future:
        return "target"
    if cue == "target" or (_in_goals(page, sentence) and cue != "achieved"):
        return "target"
    if cue == "planned" and when and when.part == "ahead":
        return "target"
    if cue in ("forecast", "planned", "in_progress"):
        return _planned(cue)
    if _EACH_YEAR.search(page.folded, clause[0], quantity.end) and quantity.comparator == "ge":
        return "target"
    return "achieved"


def _planned(cue: str | None) -> Status:
    if cue == "forecast":
        return "forecast"
    return "in_progress" if cue == "in_progress" else "target" if cue == "target" else "planned"


_IMPERATIVE = re.compile(
    r"(?:\([^()]{1,4}\)|\d{1,2}[.、])?(?:大力|积极|鼓励|推动|支持|加快|推进|设立|建设|打造|实施|培育|引导|组建|规划建设|力促|新建|发起设立)"
)


def _ahead(page: Page, sentence: Sentence, quantity: Quantity, part: int) -> str | None:
    """What the words behind the number say, or an order at the head of the sentence."""
    following = page.quantities_in(quantity.end, sentence.end)
    limit = following[0].start if following else min(sentence.end, quantity.end + 90)
    if page.language == "zh":
        if re.match(r"[^,。;]{0,8},(?:将|计划|拟|预计|力争)", page.folded[quantity.end : limit]):
            return "planned"
        begins = _IMPERATIVE.match(page.folded, part, quantity.start)
        return "planned" if begins else None
    hit = rules("status", "en").first(page.folded, quantity.end, limit)
    return hit.rule.meaning if hit and hit.rule.meaning in ("planned", "in_progress") else None


def _inherited(cues: list[str]) -> str | None:
    """A cue of an earlier clause still counts when it is about the future or the latest one."""
    return cues[-1] if cues else None


def _is_future(when: When | None, published: date | None) -> bool:
    return bool(
        when
        and published
        and when.last > published
        and when.part != "as_of"
        and (when.last.year > published.year or when.part in ("horizon", "before", "ahead"))
    )


def _in_goals(page: Page, sentence: Sentence) -> bool:
    """Whether the section the sentence stands in is headed as goals."""
    for number in range(sentence.block - 1, max(-1, sentence.block - 8), -1):
        block = page.blocks[number]
        if block.kind == "heading":
            return bool(_GOAL_HEADING.search(page.folded, block.start, block.end))
    return False


def _role(page: Page, when: When | None, status: Status) -> TimeRole:
    if when is None:
        return "as_of"
    if when.part == "horizon" or status in ("target", "planned", "forecast"):
        return "horizon"
    return "period" if when.part == "period" else "as_of"
