"""English events: something that happened, or will, on a day that can be told."""

import re
from collections.abc import Iterator

from domain.facts.english.subjects import words_of
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.when import When
from domain.text.fold import fold
from domain.text.lexicon import Hit
from domain.text.sentences import clauses

_PARTS = ("point", "since", "before", "as_of", "horizon")
_REACH = 130
"""Characters between a date and what happened on it."""
_NOTHING_NEW = frozenset(("held", "announced", "issued", "took_effect"))
"""Kinds that need a day or month: "in 2024 the city held 67 exhibitions" is a count."""
_TO_COME = ("completed", "in_operation", "construction_started", "established", "launched")
_PLANNED = re.compile(
    r"\b(?:will|to be|is to|are to|to open|plans?|expected|scheduled|set to|would|should|due)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:has|have) not(?: yet)?\b|\bfailed to\b|\bdid not\b", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:the|these|this) (?:draft|measures|rules|plan|polic(?:y|ies)|document|regulations|notice"
    r"|provisions)\b",
    re.IGNORECASE,
)
_APPLYING = re.compile(
    r"\b(?:applications?|apply|registration|filing|submissions?|comment|consultation|window"
    r"|(?:first|second|third|next) (?:round|batch|call))\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|told|reported|according)\b[^,.;]{0,30}\Z")
_MARK = re.compile(r"[;:]|, (?:and|but|while|which|of which)\b|\band\b(?= \w+ (?:is|was|will))")
_SAME_DAY = re.compile(r"\bon the same day\b", re.IGNORECASE)
_FACILITY = re.compile(
    r"\b(?:cent(?:er|re)|plant|park|cluster|base|factory|station|line|campus|building|hub|lab\w*|mill"
    r"|facility|school|site|hall|office|supercomputer|data cent(?:er|re))\b",
    re.IGNORECASE,
)
_GATHERING = re.compile(
    r"\b(?:forum|expo|conference|summit|fair|congress|symposium|demo day|seminar|workshop|roadshow"
    r"|contest|competition|marathon|festival|week|webinar|exhibition)\b",
    re.IGNORECASE,
)
_OPENED = re.compile(r"\bopen(?:s|ed)?\b", re.IGNORECASE)


def events(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the dated events of an English page."""
    last: tuple[int, When] | None = None
    for sentence in page.sentences:
        used: set[int] = set()
        for when in page.times_in(sentence.start, sentence.end):
            if when.precision == "day" and when.part == "point":
                last = (sentence.block, when)
            if when.start in taken or not _is_date(when):
                continue
            hit = _happening(page, sentence, when, used)
            if hit is None or not _is_event(page, sentence, when, hit):
                continue
            used.add(hit.start)
            span = _widened(page, sentence, when.start, hit, when.end)
            yield _statement(page, sentence, when, hit, span)
        if last:
            yield from _same_day(page, sentence, last[1], used)
    yield from _chronicle(page, taken)


def _is_date(when: When) -> bool:
    if when.part not in _PARTS or when.precision == "plan":
        return False
    return (when.last - when.first).days <= _LONGEST or when.precision != "day"


_LONGEST = 14


# --- which word the date belongs to -----------------------------------------------------------


def _hits(page: Page, start: int, end: int, used: set[int]) -> list[Hit]:
    found = rules("events", "en").hits(page.folded, start, end)
    return [hit for hit in found if hit.start not in used]


def _happening(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """The verb before "on 5 May", or behind it where the sentence begins with the date."""
    labelled = _of_label(page, sentence, when, used)
    if labelled:
        return labelled
    lead = page.folded[sentence.start : when.start].rstrip(' "')
    behind = _hits(page, when.end, min(sentence.end, when.end + _REACH), used)
    comma = page.folded[when.end : when.end + 1] == ","
    opened = lead.endswith((",", ";", " and", " -", ":")) and comma
    if len(lead) < _SHORT or opened:
        return behind[0] if behind else None
    others = [one.end for one in page.times_in(sentence.start, when.start) if one.part == "point"]
    begin = max([sentence.start, when.start - _REACH, *others])
    before = _hits(page, begin, when.end, used)
    if _SAID.search(lead) and not (before and "conference" in _text(page, before[-1])):
        return None
    if before and not _MARK.search(page.folded, before[-1].end, when.start):
        return before[-1]
    near = behind and behind[0].start - when.end < _CLOSE and not before
    return behind[0] if near else None


_SHORT = 4
_CLOSE = 60


def _text(page: Page, hit: Hit) -> str:
    return page.folded[hit.start : hit.end].lower()


def _of_label(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """ "Opening: 3 June 2025": the label says what happens on the day."""
    label = page.block_of(sentence).label
    if not label[1] or page.folded[sentence.start : when.start].strip():
        return None
    found = [hit for hit in _hits(page, *label, used) if hit.rule.meaning not in _NOTHING_NEW]
    return found[-1] if found else None


# --- whether it is one ------------------------------------------------------------------------


def _is_event(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    meaning = hit.rule.meaning
    if when.part == "since" and meaning not in ("took_effect", "in_operation"):
        return False
    if meaning in ("launched", "held") and _is_of_application(page, sentence, when, hit):
        return False
    long = when.precision in ("year", "half", "quarter") or when.part in ("before", "horizon")
    if long and when.precision != "day" and _is_a_count(page, sentence, when, hit):
        return False
    if when.precision in ("year", "half") and (
        meaning in _NOTHING_NEW or not _is_dated(page, when, hit)
    ):
        return False
    future = page.published is not None and when.last > page.published
    if when.part == "horizon" and when.precision != "day" and future:
        return meaning in _TO_COME
    own = meaning == "took_effect" and _OWN.search(page.folded, sentence.start, hit.start)
    if own and page.titles:
        return False
    return not (when.part == "as_of" and meaning != "took_effect")


def _is_dated(page: Page, when: When, hit: Hit) -> bool:
    """A year is the date of a verb right beside it; one further away counts what happened."""
    if not page.text[when.start].isdigit():
        return True
    first, last = sorted(((when.start, when.end), (hit.start, hit.end)))
    gap = page.folded[first[1] : last[0]]
    return len(gap) <= _NEXT_TO and not re.search(r"[,;:.()]", gap)


_NEXT_TO = 24


def _is_a_count(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    """ "96 scenarios were opened in 2025": over a whole year so many is a number, no event."""
    first, last = min(when.start, hit.start), max(when.end, hit.end)
    for start, end in clauses(page.folded, sentence.start, sentence.end, "en"):
        if start < last and first < end:
            found = page.quantities_in(start, end)
            if any(one.kind in ("count", "money", "area", "compute") for one in found):
                return True
    return False


def _is_of_application(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    """The opening of a call for applications belongs to its deadline."""
    start, end = _widened(page, sentence, when.start, hit, when.end)
    return bool(_APPLYING.search(page.folded, start, end))


# --- a chronicle ------------------------------------------------------------------------------

_AT_LINE = re.compile(r"\s{0,3}(?:[-*•]\s)?")
_THEN = re.compile(r"\s?(?::|-{1,2}|\||\t)\s?")


def _chronicle(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """ "March 2020: zone approved", "3 July - Demo day": a line that begins with its date."""
    for number, block in enumerate(page.blocks):
        if block.kind not in ("pair", "item", "paragraph", "heading"):
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
            yield _statement(page, sentence, times[0], hit, span)


def _told(page: Page, number: int) -> list[When]:
    """The dates of a line that its sentences have read already."""
    return [
        when
        for sentence in page.sentences_of(number)
        for when in page.times_in(sentence.start, sentence.end)
        if _happening(page, sentence, when, set())
    ]


def _noted(page: Page, start: int, end: int) -> Hit | None:
    """What a line of a chronicle notes: its verb, else the gathering that it names."""
    found = _hits(page, start, end, set())
    if found:
        return found[0]
    gathering = _GATHERING.search(page.folded, start, end)
    held = next(rule for rule in rules("events", "en").rules if rule.meaning == "held")
    return Hit(gathering.start(), gathering.end(), held) if gathering else None


# --- statements -------------------------------------------------------------------------------


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


def _statement(
    page: Page, sentence: Sentence, when: When, hit: Hit, span: tuple[int, int]
) -> Statement:
    subject = _subject(page, sentence, when, hit, span)
    return Statement(
        type="event",
        subject=subject,
        spans=(span,),
        rule=hit.rule.id,
        status=_status(page, sentence, when, hit),
        time=when.moment("event", page.text),
        attributes={"kind": _kind(page, hit, subject)},
        confidence="high" if when.precision == "day" else "medium",
        uses=frozenset({when.start}),
    )


def _kind(page: Page, hit: Hit, subject: str) -> str:
    """A forum that opens is held, a factory that opens is in operation, a programme launched."""
    if hit.rule.meaning == "launched" and _OPENED.search(page.folded, hit.start, hit.end):
        lead = fold(subject).split(" open")[0]
        if _GATHERING.search(lead):
            return "held"
        if _FACILITY.search(lead) or lead.lower().endswith((" it", "it")):
            return "in_operation"
    return hit.rule.meaning


def _status(page: Page, sentence: Sentence, when: When, hit: Hit) -> Status:
    start, end = min(when.start, hit.start), max(when.end, hit.end)
    if _NOT_YET.search(page.folded, max(sentence.start, start - _BEFORE), end):
        return "negated"
    if page.published and when.first > page.published:
        return "planned"
    if page.published and when.last <= page.published:
        return "achieved"
    if when.part in ("before", "horizon"):
        return "planned"
    before = page.folded[max(sentence.start, start - _BEFORE) : hit.start]
    return "planned" if _PLANNED.search(before) else "achieved"


_BEFORE = 12
_BARE = re.compile(r"\b(?:which|that|it|they|was|were|is|to|and|when)\b", re.IGNORECASE)
_FEWEST_WORDS = 3
_LONGEST_SUBJECT = 140
_LONGEST_LEAD = 80


def _is_bare(page: Page, words: str, start: int, hit: Hit) -> bool:
    """Whether a clause begins with its verb, or names nothing before it."""
    before = page.text[start : max(start, hit.start)]
    return bool(_BARE.match(words)) or not re.search(r"[A-Z]", before[1:] + before[:1])


def _subject(page: Page, sentence: Sentence, when: When, hit: Hit, span: tuple[int, int]) -> str:
    """The words around the verb, without the date; more of the sentence where they say no name."""
    start, end = span
    words = page.text[start:end]
    low, high = max(when.start, start) - start, min(when.end, end) - start
    if low < high:
        words = f"{words[:low].rstrip()} {words[high:].lstrip()}"
    words = words.strip(" ,;:\n-")
    own = page.folded[start : hit.start].strip()
    if (len(own) < _FEWEST_WORDS or _is_bare(page, words, start, hit)) and start > sentence.start:
        words = f"{_lead(page, sentence, start)} {words}"
    if _BARE.match(words) and start <= sentence.start + _SHORT:
        words = f"{_topic(page, sentence)} {words}".strip()
    if len(words.split()) < _FEWEST_WORDS:
        tail = page.text[end : min(sentence.end, end + 60)].strip(" ,")
        words = f"{words}, {tail or page.title}".strip(" ,")
    return words[:_LONGEST_SUBJECT]


def _topic(page: Page, sentence: Sentence) -> str:
    """What the sentence before a pronoun speaks of: the names in it."""
    before = [one for one in page.sentences_of(sentence.block) if one.end <= sentence.start]
    if not before:
        return ""
    words = words_of(page, before[-1])
    named = [word for word in words if page.text[word.start].isupper() and word.tag == "noun"]
    return page.text[named[0].start : named[-1].end][:_LONGEST_LEAD] if named else ""


def _lead(page: Page, sentence: Sentence, start: int) -> str:
    """The beginning of the sentence, where the thing is named that a later clause leaves out."""
    words = page.text[sentence.start : min(start, sentence.start + _LONGEST_LEAD)]
    cut = words if start <= sentence.start + _LONGEST_LEAD else words.rsplit(" ", 1)[0]
    return cut.strip(" ,")


def _same_day(page: Page, sentence: Sentence, when: When, used: set[int]) -> Iterator[Statement]:
    for mark in _SAME_DAY.finditer(page.folded, max(sentence.start, when.end), sentence.end):
        limit = min(sentence.end, mark.end() + _REACH)
        found = _hits(page, max(sentence.start, mark.start() - _REACH), limit, used)
        if found:
            used.add(found[0].start)
            span = _widened(page, sentence, mark.start(), found[0], mark.end())
            yield _statement(page, sentence, when, found[0], span)
