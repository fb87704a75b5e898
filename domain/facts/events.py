"""Events: something that happened, or will, on a day that can be told."""

import re
from collections.abc import Iterator

from domain.facts import phrases_en
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import When
from domain.text.lexicon import Hit
from domain.text.sentences import clauses

_PARTS = ("point", "since", "before", "as_of")
_PLANNED = re.compile(
    r"将|计划|拟|预计|力争|有望|争取|\b(?:will|to be|is to|are to|to open|plans?|expected|scheduled|set to|would)\b",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(r"同日|当天|当日|\bon the same day\b", re.IGNORECASE)
_REACH = {"zh": 46, "en": 140}


def events(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the dated events of every sentence."""
    for sentence in page.sentences:
        used: set[int] = set()
        for when in page.times_in(sentence.start, sentence.end):
            if when.start in taken or not _is_date(when):
                continue
            hit = _verb(page, sentence, when, used)
            if hit is None:
                continue
            used.add(hit.start)
            yield _statement(page, sentence, when, hit)
            yield from _same_day(page, sentence, when, used)


def _is_date(when: When) -> bool:
    if when.part not in _PARTS or when.precision == "plan":
        return False
    return when.first == when.last or when.precision in ("month", "quarter", "year", "half")


def _verb(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """The verb of the event: in the clause of the date, or in the next one behind "on 5 May,"."""
    start, end = _clause(page, sentence, when)
    reach = _REACH[page.language]
    lexicon = rules("events", page.language)
    behind = [
        hit
        for hit in lexicon.hits(page.folded, when.end, min(end, when.end + reach))
        if hit.start not in used
    ]
    before = [
        hit
        for hit in lexicon.hits(page.folded, max(start, when.start - reach), when.start)
        if hit.start not in used
    ]
    if page.language == "en" and before and not (behind and when.start - sentence.start < 4):
        return before[-1]
    if behind:
        return behind[0]
    return before[-1] if before else None


def _clause(page: Page, sentence: Sentence, when: When) -> tuple[int, int]:
    spans = list(clauses(page.folded, sentence.start, sentence.end, page.language))
    for number, (start, end) in enumerate(spans):
        if start <= when.start < end:
            alone = (
                not page.folded[when.end : end].strip()
                and not page.folded[start : when.start].strip()
            )
            if (alone or page.language == "en" or when.end - start < 14) and number + 1 < len(
                spans
            ):
                return start, spans[number + 1][1]
            return start, end
    return sentence.start, sentence.end


def _statement(page: Page, sentence: Sentence, when: When, hit: Hit) -> Statement:
    start, end = min(when.start, hit.start), max(when.end, hit.end)
    start, end = _widened(page, sentence, start, end)
    return Statement(
        type="event",
        subject=_subject(page, sentence, when, hit, (start, end)),
        spans=((start, end),),
        rule=hit.rule.id,
        status=_status(page, sentence, when, hit),
        time=when.moment("event", page.text),
        attributes={"kind": hit.rule.meaning},
        confidence="high" if when.precision == "day" else "medium",
        uses=frozenset({when.start}),
    )


def _widened(page: Page, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The whole clauses that date and verb stand in."""
    for first, last in clauses(page.folded, sentence.start, sentence.end, page.language):
        if first <= start < last:
            start = first
        if first < end <= last:
            end = last
    while start < end and page.folded[start] in " ,;\n":
        start += 1
    return start, end


def _status(page: Page, sentence: Sentence, when: When, hit: Hit) -> Status:
    if page.published and when.first > page.published:
        return "planned"
    if (
        page.published
        and when.last <= page.published
        and when.precision in ("day", "month")
        and when.last != page.published
    ):
        return "achieved"
    before = page.folded[max(sentence.start, min(when.start, hit.start) - 12) : hit.start]
    return "planned" if _PLANNED.search(before) else "achieved"


def _subject(page: Page, sentence: Sentence, when: When, hit: Hit, span: tuple[int, int]) -> str:
    start, end = span
    words = page.text[start:end]
    low, high = max(when.start, start) - start, min(when.end, end) - start
    if low < high:
        words = words[:low] + words[high:]
    words = words.strip(" ,，、。；:：\n")
    if len(words) < 6 or start == hit.start:
        words = page.text[sentence.start : end].strip()
    return words[:80]


def _same_day(page: Page, sentence: Sentence, when: When, used: set[int]) -> Iterator[Statement]:
    for mark in _SAME_DAY.finditer(page.folded, when.end, sentence.end):
        limit = min(sentence.end, mark.end() + _REACH[page.language])
        hit = rules("events", page.language).first(page.folded, mark.end(), limit)
        if hit and hit.start not in used:
            used.add(hit.start)
            start, end = _widened(page, sentence, mark.start(), hit.end)
            yield Statement(
                type="event",
                subject=page.text[mark.end() : end].strip(" ,，")[:80],
                spans=((start, end),),
                rule=hit.rule.id,
                status="achieved",
                time=when.moment("event", page.text),
                attributes={"kind": hit.rule.meaning},
            )
