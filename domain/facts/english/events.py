"""English events: something that happened, or will, on a day that can be told."""

import re
from collections.abc import Iterator

from domain.facts.english.deeds import deed
from domain.facts.english.event_words import (
    kind_of,
    status_of,
    subject_of_event,
)
from domain.facts.english.event_years import in_its_year, of_calendar
from domain.facts.english.happenings import GATHERING, NOTHING_NEW, REACH, happening, happenings
from domain.facts.english.occasions import occasion
from domain.facts.english.table_projects import row_named
from domain.facts.learnt import verdict
from domain.facts.learnt.happening import confidence_in, learnt
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import When
from domain.text.lexicon import Hit
from domain.text.sentences import clauses
from domain.text.sought import Sought

_PARTS = ("point", "since", "before", "as_of", "horizon")


_TO_COME = ("completed", "in_operation", "construction_started", "established", "launched")


_OWN = re.compile(
    r"\b(?:the|these|this) (?:draft|measures|rules|plan|polic(?:y|ies)|document|regulations|notice"
    r"|provisions)\b",
    re.IGNORECASE,
)


_APPLYING = re.compile(
    r"\b(?:applications? (?:for\b|from|to\b|will|are|is|were|can|may|open|close|period|window"
    r"|rounds?|system"
    r"|portal|process|started|began|on\b|by\b)|(?:call for|accept\w*|receiv\w*|open\w*|submit\w*"
    r"|online"
    r"|of|for|new|the|first|second|third) (?-i:applications?)(?= ?(?:[,.;]|$|on\b|from|in\b|at\b"
    r"|until|will))|apply|registration|filing|submissions?|comment|consultation|window"
    r"|(?:first|second|third|next) (?:round|batch|call))\b",
    re.IGNORECASE,
)


_SAME_DAY = Sought(r"\bon the same day\b", re.IGNORECASE)


def events(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the dated events of an English page."""
    last: tuple[int, When] | None = None
    for sentence in page.sentences:
        used: set[int] = set()
        for when in page.times_in(sentence.start, sentence.end)[:_MOST_DATES]:
            if when.precision == "day" and when.part == "point":
                last = (sentence.block, when)
            if when.start in taken or not _is_date(when) or _is_dated_only(page, sentence, when):
                continue
            hit = _happens(page, sentence, when, used)
            if hit is None:
                continue
            used.add(hit.start)
            span = _widened(page, sentence, when.start, hit, when.end)
            yield _statement(page, sentence, _in_its_year(page, sentence, when, hit), hit, span)
        if last:
            yield from _same_day(page, sentence, last[1], used)
    yield from _chronicle(page, taken)


def _in_its_year(page: Page, sentence: Sentence, when: When, hit: Hit) -> When:
    label = page.block_of(sentence).label
    if label[0] <= hit.start < label[1]:
        return of_calendar(page, when)
    return in_its_year(page, sentence, when, hit)


def _happens(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """The verb of what happens on a day, where rules and signs together say that something does."""
    hit = happening(page, sentence, when, used)
    ruled = hit is not None and _is_event(page, sentence, when, hit)
    if verdict.day(page, when, "event" if ruled else None) != "event":
        return None
    if ruled:
        return hit
    near = happenings(page, sentence.start, sentence.end, used)
    return learnt(page, when, near, hit or deed(page, sentence, when))


def _is_date(when: When) -> bool:
    if when.part not in _PARTS or when.precision == "plan":
        return False
    return (when.last - when.first).days <= _LONGEST or when.precision != "day"


def _is_dated_only(page: Page, sentence: Sentence, when: When) -> bool:
    """ "The document, | dated 8 September | and published on Friday": what happened has its own."""
    dated = page.folded.startswith("dated", when.start)
    return dated and len(page.times_in(when.end, sentence.end)) > 0


_LONGEST = 14
_MOST_DATES = 16
"""Dates of a sentence that are looked at."""


def _is_event(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    meaning = hit.rule.meaning
    if _OF_SOME.search(page.folded, max(sentence.start, hit.start - _RELATIVE), hit.start):
        return False
    if when.part == "since" and meaning not in ("took_effect", "in_operation"):
        return False
    if meaning in ("launched", "held") and _is_of_application(page, sentence, when, hit):
        return False
    label = page.block_of(sentence).label
    if label[0] <= when.start < label[1] and label[0] <= hit.start < label[1]:
        return False  # "Leases signed in the first half: 39"
    long = when.precision in ("year", "half", "quarter") or when.part in ("before", "horizon")
    long = long or (when.last - when.first).days > _MONTH
    if long and when.precision != "day" and _is_a_count(page, sentence, when, hit):
        return False
    if when.precision in ("year", "half") and (
        meaning in NOTHING_NEW or not _is_dated(page, when, hit)
    ):
        return False
    future = page.published is not None and when.last > page.published
    if when.part == "horizon" and when.precision != "day" and future:
        return meaning in _TO_COME
    own = meaning == "took_effect" and _OWN.search(page.folded, sentence.start, hit.start)
    if own and page.titles:
        return False
    return not (when.part == "as_of" and meaning != "took_effect")


_OF_SOME = re.compile(r"\b[a-z-]+(?<!s)s (?:that|who) (?:have |had )?\Z")
""" "Start-ups that | closed a round in March": which ones are meant."""
_RELATIVE = 40


def _is_dated(page: Page, when: When, hit: Hit) -> bool:
    """A year is the date of a verb right beside it; one further away counts what happened."""
    if not page.text[when.start].isdigit():
        return True
    first, last = sorted(((when.start, when.end), (hit.start, hit.end)))
    gap = page.folded[first[1] : last[0]]
    return len(gap) <= _NEXT_TO and not re.search(r"[,;:.()]", gap)


_NEXT_TO = 24
_MONTH = 31


def _is_a_count(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    """ "96 scenarios were opened in 2025": over a whole year so many is a number, no event."""
    first, last = min(when.start, hit.start), max(when.end, hit.end)
    for start, end in clauses(page.folded, sentence.start, sentence.end, "en"):
        if start < last and first < end:
            opened = [m.end() for m in _SUBORDINATE.finditer(page.folded, start, hit.start)]
            told = hit.end <= when.start and when.precision != "year"
            joined = _SUBORDINATE.search(page.folded, when.end, end)
            until = when.end if told else joined.start() if joined else end
            found = page.quantities_in(max([start, *opened]), min(end, until))
            if any(one.kind in _COUNTED and not _is_few(page, one) for one in found):
                return True
    return False


_SUBORDINATE = re.compile(
    r"\b(?:when|once|after|before|until|because)\s"
    r"|\band (?=(?:is|are|was|were|will|should|would) (?!to\b))"
)
_COUNTED = ("count", "area", "compute")


def _is_few(page: Page, one: Quantity) -> bool:
    """ "Two halls are to come online", "the 120,000-square-metre hall": no statistic."""
    joined = _JOINED.search(page.folded, one.number_start, one.end)
    return (one.written and one.value <= _FEW) or (one.kind != "count" and joined is not None)


_JOINED = re.compile(r"\d-[a-z]")


_FEW = 10


def _is_of_application(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    """The opening of a call for applications belongs to its deadline."""
    start, end = _widened(page, sentence, when.start, hit, when.end)
    start = max(start, page.folded.rfind(" and ", start, hit.start))
    return bool(_APPLYING.search(page.folded, start, end))


_AT_LINE = re.compile(r"\s{0,3}(?:[-*•]\s)?")


_THEN = re.compile(r"\s?(?::|-{1,2}|\||\t)\s?|[ ]{2,}|,\s(?:\d{1,2}[:.]\d\d\s?)?-{1,2}\s")


def _chronicle(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """ "March 2020: zone approved", "3 July - Demo day": a line that begins with its date."""
    for number, block in enumerate(page.blocks):
        if block.kind not in ("pair", "item", "paragraph", "heading", "row"):
            continue
        lead = _AT_LINE.match(page.folded, block.start)
        start = lead.end() if lead else block.start
        times = page.times_in(start, start + 1)
        mark = _THEN.match(page.folded, times[0].end, block.end) if times else None
        if not mark or times[0].start in taken or times[0].precision not in ("day", "month"):
            continue
        sentence = Sentence(start=start, end=block.end, block=number)
        hit = _noted(page, mark.end(), block.end)
        if hit and not any(one.start == times[0].start for one in _told(page, number)):
            span = (start, block.end)
            yield _statement(page, sentence, of_calendar(page, times[0]), hit, span)


def _told(page: Page, number: int) -> list[When]:
    """The dates of a line that its sentences have read already."""
    return [
        when
        for sentence in page.sentences_of(number)
        for when in page.times_in(sentence.start, sentence.end)
        if happening(page, sentence, when, set())
    ]


def _noted(page: Page, start: int, end: int) -> Hit | None:
    """What a line of a chronicle notes: its verb, else the gathering that it names."""
    found = happenings(page, start, end, set())
    if found:
        return found[0]
    gathering = GATHERING.search(page.folded, start, end)
    held = next(rule for rule in rules("events", "en").rules if rule.meaning == "held")
    if gathering:
        return Hit(gathering.start(), gathering.end(), held)
    return occasion(page, start, end)


def _widened(page: Page, sentence: Sentence, at: int, hit: Hit, until: int) -> tuple[int, int]:
    """The whole clauses that date and verb stand in."""
    start, end = min(at, hit.start), max(until, hit.end)
    for first, last in clauses(page.folded, sentence.start, sentence.end, "en"):
        if first <= start < last:
            start = first
        if first < end <= last:
            end = last
    while start < end and page.folded[start] in " ,;\n":
        start += 1
    return start, end


_LONGEST_SUBJECT = 140


def _statement(
    page: Page, sentence: Sentence, when: When, hit: Hit, span: tuple[int, int]
) -> Statement:
    subject = subject_of_event(page, sentence, when, hit, span)
    row = row_named(page, when.start)
    if row:
        own = page.text[slice(*span)].strip(" |").rpartition("|")[2].strip()
        subject = f"{row}: {own}"[:_LONGEST_SUBJECT]
    return Statement(
        type="event",
        subject=subject,
        spans=(span,),
        rule=hit.rule.id,
        status=status_of(page, sentence, when, hit),
        time=when.moment("event", page.text),
        attributes={"kind": verdict.event_kind(page, when, kind_of(page, hit, subject))},
        confidence=confidence_in(hit, when),
        uses=frozenset({when.start}),
    )


def _same_day(page: Page, sentence: Sentence, when: When, used: set[int]) -> Iterator[Statement]:
    for mark in _SAME_DAY.finditer(page.folded, max(sentence.start, when.end), sentence.end):
        limit = min(sentence.end, mark.end() + REACH)
        found = happenings(page, max(sentence.start, mark.start() - REACH), limit, used)
        if found:
            used.add(found[0].start)
            span = _widened(page, sentence, mark.start(), found[0], mark.end())
            yield _statement(page, sentence, when, found[0], span)
