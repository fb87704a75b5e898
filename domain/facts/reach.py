"""Which time reaches a number: of its own words, its sentence, its paragraph, its section."""

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from domain.facts import times_en
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.sections import GOAL_HEADING, INTRO
from domain.facts.when import When
from domain.text.blocks import Block
from domain.text.fold import fold
from domain.text.matching import last_match
from domain.text.sought import Sought

AIMED = ("horizon", "before", "ahead")


def near(page: Page, sentence: Sentence, quantity: Quantity) -> When | None:
    """Return the time that the number's own sentence gives it."""
    found = distributed(page, sentence, quantity) or _time(page, sentence, quantity)
    if found is None and page.language == "zh":
        return _same_period(page, sentence, quantity)
    return found


_MEANWHILE = re.compile(r"(?<![去上前]年)(?<![较比与跟和])同期(?!相比|比|增|水平|的\d)")


def _same_period(page: Page, sentence: Sentence, quantity: Quantity) -> When | None:
    """同期成都发生融资102起: the period that the sentence before told of."""
    if not _MEANWHILE.search(page.folded, sentence.start, quantity.start):
        return None
    before = page.times_in(page.block_of(sentence).start, sentence.start)
    spans = [when for when in before if _reaches(when) and when.precision != "day"]
    return spans[-1] if spans else None


def of_article(page: Page) -> When | None:
    """The period an English article reports on, as its title or its first number has it."""
    if page.language != "en" or page.published is None:
        return None
    titled = account_of_title(page)
    if titled:
        return titled
    sentence = page.sentence_at(page.quantities[0].number_start) if page.quantities else None
    lead = _time(page, sentence, page.quantities[0]) if sentence else None
    return lead if lead and _is_account(lead, page.published) else None


def account_of_title(page: Page) -> When | None:
    """The period that an English title says its page reports on."""
    if page.published is None:
        return None
    titled = _title_times(page.title, page.published)
    found = next((when for when in titled if _is_account(when, page.published)), None)
    return replace(found, titled=True) if found else None


@lru_cache(maxsize=32)
def _title_times(title: str, published: date) -> tuple[When, ...]:
    return times_en.times(fold(title), published)


def _is_account(when: When, published: date) -> bool:
    """A period gone by or running, in which things are counted."""
    counted = when.precision in ("year", "half", "quarter", "month")
    return counted and when.part in ("point", "period", "as_of") and when.first <= published


_RESPECTIVELY = Sought(r"分别|依次|\brespectively\b")


def distributed(page: Page, sentence: Sentence, quantity: Quantity) -> When | None:
    """2024年至2026年分别达到A、B和C: the first time belongs to the first number."""
    if not _RESPECTIVELY.search(page.folded, sentence.start, sentence.end):
        return None
    run = _run(page, sentence, quantity)
    before = [when for when in page.times_in(sentence.start, run[0].start) if _reaches(when)]
    if len(run) < 2 or not before:
        return None
    number = next(at for at, one in enumerate(run) if one.number_start == quantity.number_start)
    last = before[-len(run) :]
    if len(last) == len(run) and (
        len({when.precision for when in last}) == 1 or _are_listed(page, last)
    ):
        return last[number]
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


_BESIDE = re.compile(r"[、,]?(?:和|及|与|以及)?")


def _are_listed(page: Page, times: list[When]) -> bool:
    """2024年、2025年及2026年上半年: one list, whatever their lengths."""
    gaps = (page.folded[one.end : other.start] for one, other in pairwise(times))
    return all(_BESIDE.fullmatch(gap) for gap in gaps)


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
    gap = page.folded[one.end : other.start].strip(" ,、和与及/")
    return one.unit == other.unit and gap in ("", "and")


def _time(page: Page, sentence: Sentence, quantity: Quantity) -> When | None:
    """The nearest time before the number in its sentence; a goal's horizon reaches further."""
    found = [when for when in page.times_in(sentence.start, sentence.end) if _reaches(when)]
    before = [when for when in found if when.start < quantity.number_start]
    if page.language == "zh":
        before = [when for when in before if _governs_zh(page, sentence, quantity, when)]
    if page.language == "en":
        before = [when for when in before if _governs(page, sentence, quantity, when)]
    behind = [when for when in found if when.start >= quantity.end]
    due = next((when for when in behind if _is_due(page, quantity, when)), None)
    if due:
        return due
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
_PAST_IT = re.compile(r",\s(?:and|with|while|as well as)\b")
"""Behind the comparison the sentence goes on with its own time."""
_VERB_BEFORE = re.compile(
    (
        r"\b(?:founded|established|launched|opened|completed|approved|issued|released"
        r"|published|signed|born|built|dated|enacted|unveiled|operation|service)\s*\Z"
    ),
    re.IGNORECASE,
)


def _governs(page: Page, sentence: Sentence, quantity: Quantity, when: When) -> bool:
    """ "Founded in 1988, the zone covers …": the year belongs to the founding."""
    between = page.folded[when.end : quantity.start]
    barrier = last_match(_BARRIER, between)
    if ";" in between or (barrier and not _PAST_IT.search(between, barrier.end())):
        return False
    return not (
        _VERB_BEFORE.search(page.folded, sentence.start, when.start)
        and "," in page.folded[when.end : quantity.start]
    )


_FROM = re.compile(r"[由从]\Z")
_HEAD = re.compile(r"(?:\A|[,;。:、(]|其中|同时|截至|目前)[^\w,;。:]{0,4}\w{0,3}\Z")


_YEAR_BEFORE = re.compile(r"(?:去年|上年|前年)同期")


def _governs_zh(page: Page, sentence: Sentence, quantity: Quantity, when: When) -> bool:
    """由去年的21%升至24.5%, C区今年6月竣工;D区…: a base, or a clause of its own, tells no more."""
    between = page.folded[when.end : quantity.start]
    if ";" in between and _YEAR_BEFORE.match(page.folded, when.start):
        return False
    if _FROM.search(page.folded, max(0, when.start - 1), when.start):
        return not page.quantities_in(when.end, quantity.number_start)
    ahead = page.published is not None and when.first > page.published
    if ";" not in between or when.part in AIMED or ahead:
        return True
    return bool(_HEAD.search(page.folded[max(sentence.start, when.start - 8) : when.start]))


def _reaches(when: When) -> bool:
    return when.part not in ("base", "since")


_MODAL = re.compile(r"[ ]?(?:计划|将|拟|须|需|应|预计|力争|争取|确保|要|可|于|在){1,2}[ ]?")


def _is_due(page: Page, quantity: Quantity, when: When) -> bool:
    """31项计划2025年6月底前完成: the time is said of the number before it."""
    if page.language == "en" or when.part not in ("before", "horizon"):
        return False
    return bool(_MODAL.fullmatch(page.folded[quantity.end : when.start]))


def _adjoins(page: Page, quantity: Quantity, when: When) -> bool:
    """ "50 billion yuan by 2022": the time stands behind the number with nothing in between."""
    gap = page.folded[quantity.end : when.start]
    if re.search(r"\b(?:from|versus|compared)\b", gap):
        return False
    if page.language == "zh":
        bracketed = gap.strip() == "(" and page.folded[when.end : when.end + 1] == ")"
        return (bracketed or not gap.strip()) and when.part in ("before", "horizon", "point")
    if when.part == "ahead":
        return len(gap) < 140 and not re.search(r"[;:.]", gap)
    if when.part in ("horizon", "before") and len(gap) < 170:
        return not re.search(r"[;:]|[.](?!\d)|\b(?:up|while|but|which|who|said|says)\b", gap)
    return len(gap) < 60 and not re.search(r"[,;:]", gap) and (len(gap) < 28 or " and " not in gap)


_FARTHEST = 60
"""Sentences of a paragraph over which a time reaches on: the work for a number is bounded."""


def far(page: Page, sentence: Sentence) -> When | None:
    """A time reaches on over the sentences of its paragraph, and from a heading or an
    introduction over the lines below it, until another one is named."""
    block = page.block_of(sentence)
    siblings = page.sentences_of(sentence.block)
    at = bisect_left(siblings, sentence.start, key=lambda one: one.start)
    for earlier in reversed(siblings[max(0, at - _FARTHEST) : at]):
        found = [when for when in page.times_in(earlier.start, earlier.end) if _reaches(when)]
        if found:
            return found[-1] if _reaches_on(earlier, found[-1]) else None
    labelled = [when for when in page.times_in(*block.label) if _reaches(when)]
    if labelled:
        return labelled[-1]
    return _from_above(page, sentence.block) or _of_heading(page, sentence)


def _of_heading(page: Page, sentence: Sentence) -> When | None:
    """【2026年】, 三、2023年打算: the year that a Chinese section is headed with."""
    if page.language == "en" or page.published is None:
        return None
    for number in page.outline[sentence.block]:
        heading = page.blocks[number]
        found = [when for when in page.times_in(heading.start, heading.end) if _reaches(when)]
        if len(found) == 1 and found[0].last > page.published:
            return replace(found[0], part="horizon")
        if len(found) == 1 and (found[0].part == "as_of" or _is_account(found[0], page.published)):
            return found[0]
        if found:
            return None
    return None


def _reaches_on(sentence: Sentence, when: When) -> bool:
    """A day is that of one event; a year, a half year or "as of" holds for what follows."""
    if when.part in AIMED:
        return when.precision != "day"
    return (
        when.part in ("as_of", "period", "point")
        and when.precision in ("year", "half", "quarter", "month")
        and (when.start - sentence.start < 12 or when.part == "as_of")
    )


def _in_section(page: Page, number: int) -> bool:
    """Whether the block stands below a heading of goals."""
    for earlier in range(number - 1, max(-1, number - 16), -1):
        block = page.blocks[earlier]
        if block.kind == "heading":
            return bool(GOAL_HEADING.search(page.folded, block.start, block.end))
    return False


def _are_siblings(page: Page, block: Block, number: int) -> bool:
    """(一)算力。到2027年,… (二)数据。建成…: numbered clauses of one list share a horizon."""
    other = page.blocks[number]
    return page.language == "zh" and block.kind == other.kind == "clause"


def _from_above(page: Page, number: int) -> When | None:
    listed = page.blocks[number].kind in ("item", "pair", "clause")
    for earlier in range(number - 1, max(-1, number - 14), -1):
        block = page.blocks[earlier]
        heading = block.kind == "heading"
        if not heading and not (listed and INTRO.search(page.folded, block.start, block.end)):
            if block.kind in ("item", "pair", "clause", "paragraph"):
                near = [
                    when for when in page.times_in(block.start, block.end) if when.part == "horizon"
                ]
                if (
                    near
                    and listed == (block.kind in ("item", "pair", "clause"))
                    and (_in_section(page, number) or _are_siblings(page, block, number))
                ):
                    return near[-1]
                continue
            return None
        found = [when for when in page.times_in(block.start, block.end) if _reaches(when)]
        aimed = [
            when
            for when in found
            if when.part in AIMED or GOAL_HEADING.search(page.folded, block.start, block.end)
        ]
        if aimed:
            return aimed[-1]
        if found and not heading:
            return found[-1]
        if heading and earlier and page.blocks[earlier - 1].kind != "heading":
            return None
    return None
