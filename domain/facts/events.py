"""Chinese events: something that happened, or will, on a day that can be told."""

import re
from collections.abc import Iterator

from domain.facts import events_zh
from domain.facts.fact import Status
from domain.facts.learnt import verdict
from domain.facts.learnt.happening import confidence_in, learnt
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.sections import looks
from domain.facts.statement import Statement
from domain.facts.table_events_zh import table_events
from domain.facts.when import When
from domain.text.lexicon import Hit
from domain.text.sentences import clauses
from domain.text.sought import Sought

_PARTS = ("point", "since", "before", "as_of", "horizon")
_PLANNED = re.compile(r"将|计划|拟|预计|力争|有望|争取")
_SAME_DAY = Sought(r"同日|当[天日](?=[,在签揭启投正上发开举])")
_OWN = re.compile(
    r"本(?:政策|办法|措施|细则|通知|方案|规定|意见|条例|实施|决定|公告|通告|批复|计划|指南|规程)"
    r"|(?<![》\u4e00-\u9fff])(?:办法|措施|细则|通知|规定|意见|条例)(?=自|从|\d)"
)
_REACH = 46
"""Characters between 同日 and what happened."""
_NOTHING_NEW = frozenset(("held", "announced", "issued", "took_effect"))
"""Kinds that need a day or month: "in 2024 the city held 67 exhibitions" is a count."""


def events(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the dated events of every sentence."""
    if page.language != "zh":
        return
    for told in table_events(page):
        if not told.uses & taken:
            taken |= told.uses
            yield told
    last: tuple[int, When] | None = None
    for sentence in page.sentences:
        used: set[int] = set()
        last_told: tuple[When, Hit] | None = None
        for when in _in_order(page, sentence):
            past = page.published is None or when.first <= page.published
            if when.precision == "day" and when.part == "point" and past:
                last = (sentence.block, when)
            if when.start in taken or not _is_date(when):
                continue
            free = used - _shared(page, when, last_told)
            hit = _told(page, sentence, when, free)
            if hit is None:
                continue
            used.add(hit.start)
            last_told = when, hit
            yield _statement(
                page, sentence, when, hit, _widened(page, sentence, when.start, hit, when.end)
            )
        if last:
            yield from _same_day(page, sentence, last[1], used)


def _told(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """The verb of what happens on a day, where rules and signs together say that something does."""
    hit = events_zh.verb_of(page, sentence, when, used)
    ruled = hit is not None and _is_event(page, sentence, when, hit)
    if verdict.day(page, when, "event" if ruled else None) != "event":
        return None
    if ruled:
        return hit
    return learnt(page, when, _hits(page, sentence.start, sentence.end, used), hit)


def _shared(page: Page, when: When, told: tuple[When, Hit] | None) -> set[int]:
    """今年底及2026年第三季落成: two days of one verb, one thing each."""
    if told is None or not events_zh.JOINED.fullmatch(page.folded, told[0].end, when.start):
        return set()
    return {told[1].start} if told[1].start > when.start else set()


def _in_order(page: Page, sentence: Sentence) -> list[When]:
    """The times of a sentence; days before years, which may only tell which one."""
    found = list(page.times_in(sentence.start, sentence.end))
    return sorted(found, key=lambda one: one.precision != "day")


def _is_date(when: When) -> bool:
    if when.part not in _PARTS or when.precision == "plan":
        return False
    return (when.last - when.first).days <= 14 or when.precision != "day"


def _is_event(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    if when.precision in ("year", "half"):
        dated = not page.text[when.start].isdigit() or page.text[when.end - 1] in "底末初內内"
        close = _is_close(when, hit)
        if hit.rule.meaning in _NOTHING_NEW or not (dated or close):
            return False
    if _is_a_count(page, when, hit) or _counts_before(page, when, hit):
        return False
    if not events_zh.is_told(page, sentence, when, hit):
        return False
    if when.part == "horizon" and page.quantities_in(when.end, min(sentence.end, hit.end + 24)):
        return False  # what is to be counted by then is a target
    if (
        when.part == "horizon"
        and when.precision != "day"
        and page.published
        and when.last > page.published
    ):
        return hit.rule.meaning in _TO_COME
    own = hit.rule.meaning == "took_effect" and _OWN.search(page.folded, sentence.start, hit.start)
    return not own and not (when.part == "as_of" and hit.rule.meaning != "took_effect")


_TO_COME = ("completed", "in_operation", "construction_started")


def _is_close(when: When, hit: Hit) -> bool:
    """A year is the date of a verb right beside it; one further away counts what happened."""
    return 0 <= hit.start - when.end <= len("预计正式建成投入")


_COUNT_BEHIND = 12
"""Characters behind a Chinese verb within which its object is counted."""


def _is_a_count(page: Page, when: When, hit: Hit) -> bool:
    """2023年建成基站9.2万个: over a whole year or by a last day, so many is a number, no event."""
    to_come = page.published is not None and when.first > page.published
    if when.precision in ("day", "month") and when.part == "point" and not to_come:
        return False
    found = page.quantities_in(hit.end, hit.end + _COUNT_BEHIND)
    return bool(found) and not re.search(r"[,。;\n]", page.folded[hit.end : found[0].start])


_OPENED = re.compile(r"开放")


def _counts_before(page: Page, when: When, hit: Hit) -> bool:
    """去年有3个项目没有落地: over a year or so, what is counted before the verb is a number."""
    if when.precision in ("day", "month"):
        return False
    if when.precision == "quarter" and _OPENED.match(page.folded, hit.start):
        return True
    found = page.quantities_in(when.end, hit.start)
    return bool(found and re.search(r"[有共]", page.folded[when.end : found[0].start]))


def _hits(page: Page, start: int, end: int, used: set[int]) -> list[Hit]:
    found = rules("events", "zh").hits(page.folded, start, end)
    return [hit for hit in found if hit.start not in used]


def _widened(page: Page, sentence: Sentence, at: int, hit: Hit, until: int) -> tuple[int, int]:
    """The whole clauses that date and verb stand in."""
    start, end = min(at, hit.start), max(until, hit.end)
    for first, last in clauses(page.folded, sentence.start, sentence.end, "zh"):
        if first <= start < last:
            start = first
        if first < end <= last:
            end = last
    while start < end and page.folded[start] in " ,;\n":
        start += 1
    return start, end


def _statement(
    page: Page, sentence: Sentence, when: When, hit: Hit, span: tuple[int, int]
) -> Statement:
    return Statement(
        type="event",
        subject=_subject(page, sentence, when, hit, span),
        spans=(span,),
        rule=hit.rule.id,
        status=_status(page, sentence, when, hit),
        time=when.moment("event", page.text),
        attributes={"kind": verdict.event_kind(page, when, hit.rule.meaning)},
        confidence=confidence_in(hit, when),
        uses=frozenset({when.start}),
    )


def _status(page: Page, sentence: Sentence, when: When, hit: Hit) -> Status:
    until = min(sentence.end, hit.end + 16)
    if _NOT_YET.search(page.folded, when.end, until):
        return "negated"
    moved = page.folded[max(0, when.start - 3) : when.start + 1]
    called = _CALLED_OFF.search(page.folded, max(sentence.start, when.start - 8), until + 8)
    if called and not re.search(r"[至到]", moved):
        return "negated"
    if page.published and when.first > page.published:
        return "planned"
    if page.published and when.last <= page.published:
        return "achieved"
    if page.published and when.precision != "day" and looks(page, sentence) == "ahead":
        return "planned"
    if page.published and page.text[when.end - 1] in "底末内前":
        return "planned"
    if when.part in ("before", "horizon"):
        return "planned"
    before = page.folded[max(sentence.start, min(when.start, hit.start) - 12) : hit.start]
    return "planned" if _PLANNED.search(before) else "achieved"


_CALLED_OFF = re.compile(r"原[定计本拟订][^,。;]{0,40}(?:取消|延期|推迟|搁置|改期|叫停|流产|暂缓)")
"""原计划10月投产的项目延期"""
_NOT_YET = re.compile(r"尚未|未能|并未|没有(?=.{0,4}(?:开|动|启|建))")
_HOUR = re.compile(r"\A(?:凌晨|早上|上午|中午|下午|傍晚|晚间?|许|左右|[,，、\s])+")
_LONGEST_SUBJECT = 70


def _subject(page: Page, sentence: Sentence, when: When, hit: Hit, span: tuple[int, int]) -> str:
    """The words around the verb, without the date; more of the sentence where they say no name."""
    start, end = span
    words = page.text[start:end]
    low, high = max(when.start, start) - start, min(when.end, end) - start
    if low < high:
        words = f"{words[:low].rstrip()}{words[high:].lstrip()}"
    words = words.replace("（）", "").replace("()", "")
    words = _HOUR.sub("", words.strip(" ,，、。；:：\n"))
    return events_zh.named(page, sentence, words, start, hit.start)[:_LONGEST_SUBJECT]


def _same_day(page: Page, sentence: Sentence, when: When, used: set[int]) -> Iterator[Statement]:
    for mark in _SAME_DAY.finditer(page.folded, max(sentence.start, when.end), sentence.end):
        limit = min(sentence.end, mark.end() + _REACH)
        found = _hits(page, mark.end(), limit, used)
        if not found:
            continue
        used.add(found[0].start)
        span = _widened(page, sentence, mark.start(), found[0], mark.end())
        statement = _statement(page, sentence, when, found[0], span)
        yield statement
