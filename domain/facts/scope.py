"""What reaches a number from further away: its time, and how real it is."""

import re
from dataclasses import dataclass, replace
from datetime import date

from domain.facts.fact import Moment, Status, TimeRole
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.when import When, years
from domain.text.lexicon import Hit
from domain.text.fold import fold

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
        if self.when is None:
            return None
        return self.when.moment(self.role, page.title if self.when.titled else page.text)


def scope(page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int]) -> Scope:
    """Return the scope of a number of a sentence; `clause` is where its own words begin and end."""
    near = _distributed(page, sentence, quantity) or _time(page, sentence, quantity)
    status = _status(page, sentence, quantity, clause, near)
    when = near
    if near is None:
        when, status = _reached(page, sentence, quantity, clause, status)
    return Scope(
        when=when if when and when.part != "ahead" else None,
        role=_role(page, when, status),
        status=status,
    )


_AIMED = ("horizon", "before", "ahead")


def _reached(
    page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int], status: Status
) -> tuple[When | None, Status]:
    """The time of an earlier sentence: of the paragraph, the section, for goals the whole plan."""
    far = _from_before(page, sentence)
    if far is None:
        return (_of_title(page), status) if status == "target" else (None, status)
    if _is_future(far, page.published):
        if _cue(page, sentence, quantity, clause) == "achieved":
            return None, status
        return far, _status(page, sentence, quantity, clause, far)
    return (far, status) if status == "achieved" else (None, status)


_PERIOD = re.compile(r"(?P<first>20\d\d)\s?年?\s?[-—–－~至]{1,2}\s?(?P<last>20\d\d)")


def _of_title(page: Page) -> When | None:
    """三年行动计划（2025—2027年）: its goals are due by the end of its term."""
    found = _PERIOD.search(fold(page.title))
    if not found or page.published is None:
        return None
    first, last = years(int(found["last"]), int(found["last"]))
    if last < page.published:
        return None
    return When(start=found.start(), end=found.end(), first=first, last=last, precision="year", part="horizon", titled=True)


_RESPECTIVELY = re.compile(r"分别|依次|\brespectively\b")


def _distributed(page: Page, sentence: Sentence, quantity: Quantity) -> When | None:
    """2024年至2026年分别达到A、B和C: the first time belongs to the first number."""
    if not _RESPECTIVELY.search(page.folded, sentence.start, sentence.end):
        return None
    run = _run(page, sentence, quantity)
    before = [when for when in page.times_in(sentence.start, run[0].start) if _reaches(when)]
    if len(run) < 2 or not before:
        return None
    number = next(at for at, one in enumerate(run) if one.number_start == quantity.number_start)
    if len(before) >= len(run) and len({when.precision for when in before[-len(run) :]}) == 1:
        return before[-len(run) :][number]
    period = before[-1]
    if period.precision == "plan" and period.last.year - period.first.year + 1 == len(run):
        year = period.first.year + number
        return replace(
            period,
            first=date(year, 1, 1),
            last=date(year, 12, 31),
            precision="year",
            part="horizon",
        )
    return None


def _run(page: Page, sentence: Sentence, quantity: Quantity) -> list[Quantity]:
    """The list of like numbers that a number stands in."""
    found = page.quantities_in(sentence.start, sentence.end)
    at = next(
        number for number, one in enumerate(found) if one.number_start == quantity.number_start
    )
    first = last = at
    while first and _adjacent(page, found[first - 1], found[first]):
        first -= 1
    while last + 1 < len(found) and _adjacent(page, found[last], found[last + 1]):
        last += 1
    return list(found[first : last + 1])


def _adjacent(page: Page, one: Quantity, other: Quantity) -> bool:
    gap = page.folded[one.end : other.start].strip(" ,、和与及")
    return one.unit == other.unit and gap in ("", "and")


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
    return None


_BARRIER = re.compile(r"\b(?:compared (?:with|to)|versus|against|up from|down from)\b")
_VERB_BEFORE = re.compile(
    r"\b(?:founded|established|launched|opened|completed|approved|issued|released|published|signed|born|built|dated|enacted|unveiled|operation|service)\s*\Z",
    re.IGNORECASE,
)


def _governs(page: Page, sentence: Sentence, quantity: Quantity, when: When) -> bool:
    """ "Founded in 1988, the zone covers …": the year belongs to the founding."""
    between = page.folded[when.end : quantity.start]
    if ";" in between or _BARRIER.search(between):
        return False
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
    if re.search(r"\b(?:from|versus|compared)\b", gap):
        return False
    if page.language == "zh":
        return not gap.strip() and when.part in ("before", "horizon", "point")
    if when.part == "ahead":
        return len(gap) < 140 and not re.search(r"[;:.]", gap)
    if when.part in ("horizon", "before") and len(gap) < 90:
        return not re.search(r"[;:.]|\b(?:versus|compared|from|up)\b", gap) and not (
            re.search(r",", gap) and not re.search(r", (?:and|versus)", gap)
        )
    return len(gap) < 60 and not re.search(r"[,;:]", gap) and (len(gap) < 28 or " and " not in gap)


def _from_before(page: Page, sentence: Sentence) -> When | None:
    """A time reaches on over the sentences of its paragraph, and from a heading or an
    introduction over the lines below it, until another one is named."""
    block = page.block_of(sentence)
    for earlier in reversed(page.sentences_of(sentence.block)):
        if earlier.start < sentence.start:
            found = [when for when in page.times_in(earlier.start, earlier.end) if _reaches(when)]
            if found:
                return found[-1] if _reaches_on(page, earlier, found[-1]) else None
    labelled = [when for when in page.times_in(*block.label) if _reaches(when)]
    return labelled[-1] if labelled else _from_above(page, sentence.block)


def _reaches_on(page: Page, sentence: Sentence, when: When) -> bool:
    """A day is that of one event; a year, a half year or "as of" holds for what follows."""
    if when.part in _AIMED:
        return when.precision != "day"
    return when.part in ("as_of", "period", "point") and when.precision in ("year", "half", "quarter", "month") and (
        when.start - sentence.start < 12 or when.part == "as_of"
    )


def _in_section(page: Page, number: int) -> bool:
    """Whether the block stands below a heading of goals."""
    for earlier in range(number - 1, max(-1, number - 16), -1):
        block = page.blocks[earlier]
        if block.kind == "heading":
            return bool(_GOAL_HEADING.search(page.folded, block.start, block.end))
    return False


def _from_above(page: Page, number: int) -> When | None:
    listed = page.blocks[number].kind in ("item", "pair", "clause")
    for earlier in range(number - 1, max(-1, number - 14), -1):
        block = page.blocks[earlier]
        heading = block.kind == "heading"
        if not heading and not (listed and _INTRO.search(page.folded, block.start, block.end)):
            if block.kind in ("item", "pair", "clause", "paragraph"):
                near = [when for when in page.times_in(block.start, block.end) if when.part == "horizon"]
                if near and listed == (block.kind in ("item", "pair", "clause")) and _in_section(page, number):
                    return near[-1]
                continue
            return None
        found = [when for when in page.times_in(block.start, block.end) if _reaches(when)]
        aimed = [when for when in found if when.part in _AIMED or _GOAL_HEADING.search(page.folded, block.start, block.end)]
        if aimed:
            return aimed[-1]
        if found and not heading:
            return found[-1]
        if heading and earlier and page.blocks[earlier - 1].kind != "heading":
            return None
    return None


def _status(
    page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int], when: When | None
) -> Status:
    cue = _cue(page, sentence, quantity, clause)
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
    if cue == "forecast" and when and when.part == "ahead":
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
    if cue is None and _of_plan(page, sentence, quantity, clause):
        return "target"
    return "achieved"


def _cue(page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int]) -> str | None:
    """What the words around a number say of its reality: its own, earlier ones, those behind it."""
    own = _own_cue(page, clause[0], quantity.end)
    if own:
        return own.rule.meaning
    part = max(sentence.start, page.folded.rfind(";", sentence.start, quantity.number_start) + 1)
    lexicon = rules("status", page.language)
    wide = [hit.rule.meaning for hit in lexicon.hits(page.folded, part, quantity.number_start)]
    return _inherited(wide) or _ahead(page, sentence, quantity, part) or _introduced(page, sentence)


def _introduced(page: Page, sentence: Sentence) -> str | None:
    """The lines below "in 2026 the city is to:" are what it is to do."""
    if page.block_of(sentence).kind != "item":
        return None
    for number in range(sentence.block - 1, max(-1, sentence.block - 12), -1):
        block = page.blocks[number]
        if block.kind == "item":
            continue
        if not _INTRO.search(page.folded, block.start, block.end):
            return None
        hit = _own_cue(page, max(block.start, block.end - 60), block.end)
        return hit.rule.meaning if hit and hit.rule.meaning in ("target", "planned", "forecast") else None
    return None


def _own_cue(page: Page, start: int, end: int) -> Hit | None:
    """The last cue of the number's own words; English "will cost" is a plan, whatever follows."""
    hits = list(rules("status", page.language).hits(page.folded, start, end))
    if page.language == "en":
        ahead = [hit for hit in hits if hit.rule.meaning in ("planned", "target", "forecast")]
        return (ahead or hits or [None])[-1]
    return hits[-1] if hits else None


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
    aside = page.folded.find(", with", quantity.end, limit)
    limit = aside if aside > 0 else limit
    hit = rules("status", "en").first(page.folded, quantity.end, limit)
    return hit.rule.meaning if hit and hit.rule.meaning in ("planned", "in_progress") else None


def _inherited(cues: list[str]) -> str | None:
    """A cue of an earlier clause still counts when it is about the future or the latest one."""
    return cues[-1] if cues and cues[-1] != "in_progress" else None


def _is_future(when: When | None, published: date | None) -> bool:
    return bool(
        when
        and published
        and when.last > published
        and when.part != "as_of"
        and (when.last.year > published.year or when.part in ("horizon", "before", "ahead"))
    )


_PLAN = re.compile(
    r"行动计划|行动方案|工作方案|实施方案|规划|实施意见|若干意见|指导意见|工作要点|工作计划|攻关方案|建设方案|发展计划|\b(?:action|work|implementation|three-year|five-year|development) plan\b|blueprint|roadmap",
    re.IGNORECASE,
)
_LOOKING_BACK = re.compile(r"现状|基础|背景|成效|回顾|概况|情况|成绩|优势|问题|\b(?:background|status|achievements|overview|progress|to date)\b", re.IGNORECASE)
_AIM = re.compile(
    r"达到|达|突破|建成|打造|培育|集聚|引育|引进|新增|建设|形成|实现|布局|落地|开放|推出|超过|提升|提高|新建|招引|孵化|认定|推广|覆盖|不少于|不低于|增长|下降|降低|发布|遴选|支持|组建|以上"
)


def _in_goals(page: Page, sentence: Sentence) -> bool:
    """Whether the section the sentence stands in is headed as goals."""
    return any(_GOAL_HEADING.search(heading) for heading in _headings(page, sentence))


def _headings(page: Page, sentence: Sentence) -> list[str]:
    """The nearest heading above, and the one that it may stand directly under."""
    found: list[str] = []
    for number in range(sentence.block - 1, max(-1, sentence.block - 16), -1):
        block = page.blocks[number]
        if block.kind == "heading":
            found.append(page.folded[block.start : block.end])
            if number == 0 or page.blocks[number - 1].kind != "heading":
                break
    return found


def _of_plan(page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """A plan speaks of what is to be, outside the sections where it looks back."""
    if not _PLAN.search(fold(page.title)) or _SPOKEN.search(page.folded[:200]):
        return False
    if any(_LOOKING_BACK.search(heading) for heading in _headings(page, sentence)):
        return False
    return bool(_AIM.search(page.folded, clause[0], min(len(page.folded), quantity.end + 2)))


_SPOKEN = re.compile(r"记者|本报讯|获悉|日电|据悉|\bsaid\b|\breported\b|\(Reuters|Xinhua")


def _role(page: Page, when: When | None, status: Status) -> TimeRole:
    if when is None:
        return "as_of"
    if when.part == "horizon" or status in ("target", "planned", "forecast"):
        return "horizon"
    return "period" if when.part == "period" else "as_of"
