"""Events: something that happened, or will, on a day that can be told."""

import re
from collections.abc import Iterator

from domain.facts import events_zh
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import When
from domain.text.lexicon import Hit
from domain.text.sentences import clauses

_PARTS = ("point", "since", "before", "as_of", "horizon")
_PLANNED = re.compile(
    (
        r"将|计划|拟|预计|力争|有望|争取|\b(?:will|to be|is to|are to|to open|plans?|expected"
        r"|scheduled|set to|would)\b"
    ),
    re.IGNORECASE,
)
_SAME_DAY = re.compile(r"同日|当[天日](?=[,在签揭启投正上发开举])|on the same day\b", re.IGNORECASE)
_OWN = re.compile(
    (
        r"本(?:政策|办法|措施|细则|通知|方案|规定|意见|条例|实施|决定|公告|通告|批复|计划|指南|规程)"
        r"|\b(?:the|these|this) "
        r"(?:draft|measures|rules|plan|polic(?:y|ies)|document|regulations|notice"
        r"|provisions)\b"
    ),
    re.IGNORECASE,
)
_REACH = {"zh": 46, "en": 130}
_NOTHING_NEW = frozenset(("held", "announced", "issued", "took_effect"))
"""Kinds that need a day or month: "in 2024 the city held 67 exhibitions" is a count."""


def events(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the dated events of every sentence."""
    last: tuple[int, When] | None = None
    for sentence in page.sentences:
        used: set[int] = set()
        for when in _in_order(page, sentence):
            if when.precision == "day" and when.part == "point":
                last = (sentence.block, when)
            if when.start in taken or not _is_date(when):
                continue
            hit = _verb(page, sentence, when, used)
            if hit is None or not _is_event(page, sentence, when, hit):
                continue
            used.add(hit.start)
            yield _statement(
                page, sentence, when, hit, _widened(page, sentence, when.start, hit, when.end)
            )
        if last:
            yield from _same_day(page, sentence, last[1], used)


def _in_order(page: Page, sentence: Sentence) -> list[When]:
    """The times of a sentence; in Chinese days before years, which may only tell which one."""
    found = list(page.times_in(sentence.start, sentence.end))
    return found if page.language == "en" else sorted(found, key=lambda one: one.precision != "day")


def _is_date(when: When) -> bool:
    if when.part not in _PARTS or when.precision == "plan":
        return False
    return (when.last - when.first).days <= 14 or when.precision != "day"


def _is_event(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    if when.precision in ("year", "half"):
        dated = not page.text[when.start].isdigit() or page.text[when.end - 1] in "底末初內内"
        close = _is_close(page, when, hit)
        if hit.rule.meaning in _NOTHING_NEW or not (dated or close):
            return False
    if _is_a_count(page, when, hit):
        return False
    if page.language == "zh" and not events_zh.is_told(page, sentence, when, hit):
        return False
    if when.part == "horizon" and page.quantities_in(when.end, min(sentence.end, hit.end + 24)):
        return False  # what is to be counted by then is a target
    if (
        when.part == "horizon"
        and when.precision != "day"
        and page.published
        and when.last > page.published
    ):
        return hit.rule.meaning in _TO_COME[page.language]
    own = hit.rule.meaning == "took_effect" and _OWN.search(page.folded, sentence.start, hit.start)
    return not own and not (when.part == "as_of" and hit.rule.meaning != "took_effect")


_TO_COME = {
    "zh": ("completed", "in_operation", "construction_started"),
    "en": ("completed", "in_operation", "construction_started", "established", "launched"),
}
_NEXT_TO = 24


def _is_close(page: Page, when: When, hit: Hit) -> bool:
    """A year is the date of a verb right beside it; one further away counts what happened."""
    if page.language == "zh":
        return 0 <= hit.start - when.end <= len("预计正式建成投入")
    first, last = sorted(((when.start, when.end), (hit.start, hit.end)))
    gap = page.folded[first[1] : last[0]]
    counted = page.quantities_in(first[0] - _NEXT_TO, last[1])
    return len(gap) <= _NEXT_TO and not counted and not re.search(r"[,;:.()]", gap)


_COUNT_BEHIND = 12
"""Characters behind a Chinese verb within which its object is counted."""


def _is_a_count(page: Page, when: When, hit: Hit) -> bool:
    """2023年建成基站9.2万个: over a whole year or by a last day, so many is a number, no event."""
    if page.language == "en" or (when.precision in ("day", "month") and when.part == "point"):
        return False
    found = page.quantities_in(hit.end, hit.end + _COUNT_BEHIND)
    return bool(found) and not re.search(r"[,。;\n]", page.folded[hit.end : found[0].start])


def _verb(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    read = events_zh.verb_of if page.language == "zh" else _english
    return read(page, sentence, when, used)


def _hits(page: Page, start: int, end: int, used: set[int]) -> list[Hit]:
    return [
        hit
        for hit in rules("events", page.language).hits(page.folded, start, end)
        if hit.start not in used
    ]


_SAID = re.compile(r"\b(?:said|says|told|reported|according)\b[^,.;]{0,30}\Z")
_MARK = re.compile(r"[;:]|, (?:and|but|while|which|of which)\b|\band\b(?= \w+ (?:is|was|will))")


def _english(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """The verb before "on 5 May", or behind it where the sentence begins with the date."""
    reach = _REACH["en"]
    labelled = _of_label(page, sentence, when, used)
    if labelled:
        return labelled
    lead = page.folded[sentence.start : when.start].rstrip(' "')
    behind = _hits(page, when.end, min(sentence.end, when.end + reach), used)
    if not lead or (
        lead.endswith((",", ";", " and", " -", ":")) and page.folded[when.end : when.end + 1] == ","
    ):
        return behind[0] if behind else None
    if not lead or len(lead) < 4:
        return behind[0] if behind else None
    others = [
        other.end for other in page.times_in(sentence.start, when.start) if other.part == "point"
    ]
    begin = max([sentence.start, when.start - reach, *others])
    before = _hits(page, begin, when.end, used)
    if _SAID.search(lead):
        return None
    if before and not _MARK.search(page.folded, before[-1].end, when.start):
        return before[-1]
    if behind and behind[0].start - when.end < 60 and not before:
        return behind[0]
    return None


def _of_label(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """ "Opening: 3 June 2025": the label says what happens on the day."""
    label = page.block_of(sentence).label
    if not label[1] or page.folded[sentence.start : when.start].strip():
        return None
    found = [hit for hit in _hits(page, *label, used) if hit.rule.meaning not in _NOTHING_NEW]
    return found[-1] if found else None


def _widened(page: Page, sentence: Sentence, at: int, hit: Hit, until: int) -> tuple[int, int]:
    """The whole clauses that date and verb stand in."""
    start, end = min(at, hit.start), max(until, hit.end)
    for first, last in clauses(page.folded, sentence.start, sentence.end, page.language):
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
        attributes={"kind": hit.rule.meaning},
        confidence="high" if when.precision == "day" else "medium",
        uses=frozenset({when.start}),
    )


def _status(page: Page, sentence: Sentence, when: When, hit: Hit) -> Status:
    if _NOT_YET.search(page.folded, when.end, min(sentence.end, hit.end + 16)):
        return "negated"
    if page.published and when.first > page.published:
        return "planned"
    if page.published and when.last <= page.published:
        return "achieved"
    if page.language == "zh" and page.published and page.text[when.end - 1] in "底末内前":
        return "planned"
    if when.part in ("before", "horizon"):
        return "planned"
    before = page.folded[max(sentence.start, min(when.start, hit.start) - 12) : hit.start]
    return "planned" if _PLANNED.search(before) else "achieved"


_NOT_YET = re.compile(
    r"尚未|未能|并未|没有(?=.{0,4}(?:开|动|启|建))|\b(?:has|have) not yet\b|\bfailed to\b"
)
_BARE = re.compile(r"\b(?:which|that|it|they|was|were|is|to|and)\b", re.IGNORECASE)


def _is_bare(page: Page, words: str, start: int, hit: Hit) -> bool:
    """Whether a clause begins with its verb, or names nothing before it."""
    before = page.text[start : max(start, hit.start)]
    return bool(_BARE.match(words)) or not re.search(r"[A-Z]", before[1:] + before[:1])


_FEWEST_WORDS = 3
_LONGEST_SUBJECT = {"zh": 70, "en": 140}
_LONGEST_LEAD = 80


def _lead(page: Page, sentence: Sentence, start: int) -> str:
    """The beginning of the sentence, where the thing is named that a later clause leaves out."""
    words = page.text[sentence.start : min(start, sentence.start + _LONGEST_LEAD)]
    cut = words if start <= sentence.start + _LONGEST_LEAD else words.rsplit(" ", 1)[0]
    return cut.strip(" ,")


def _subject(page: Page, sentence: Sentence, when: When, hit: Hit, span: tuple[int, int]) -> str:
    """The words around the verb, without the date; more of the sentence where they say no name."""
    start, end = span
    words = page.text[start:end]
    low, high = max(when.start, start) - start, min(when.end, end) - start
    if low < high:
        gap = " " if page.language == "en" else ""
        words = f"{words[:low].rstrip()}{gap}{words[high:].lstrip()}"
    words = words.strip(" ,，、。；:：\n")
    if page.language == "zh":
        return events_zh.named(page, sentence, words, start, hit.start)[: _LONGEST_SUBJECT["zh"]]
    if _is_bare(page, words, start, hit) and start > sentence.start:
        words = f"{_lead(page, sentence, start)} {words}"
    if len(words.split()) < _FEWEST_WORDS:
        tail = page.text[end : min(sentence.end, end + 60)].strip(" ,")
        words = f"{words}, {tail or page.title}".strip(" ,")
    return words[: _LONGEST_SUBJECT[page.language]]


def _same_day(page: Page, sentence: Sentence, when: When, used: set[int]) -> Iterator[Statement]:
    for mark in _SAME_DAY.finditer(page.folded, max(sentence.start, when.end), sentence.end):
        limit = min(sentence.end, mark.end() + _REACH[page.language])
        begin = (
            max(sentence.start, mark.start() - _REACH["en"])
            if page.language == "en"
            else mark.end()
        )
        found = _hits(page, begin, limit, used)
        if not found:
            continue
        used.add(found[0].start)
        span = _widened(page, sentence, mark.start(), found[0], mark.end())
        statement = _statement(page, sentence, when, found[0], span)
        yield statement
