"""English deadlines: the last moment for somebody to do something."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from domain.facts.english.sentence_words import once, words_of
from domain.facts.english.tags import Word
from domain.facts.fact import Moment
from domain.facts.numerals import english
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.sections import headings
from domain.facts.statement import Statement
from domain.facts.when import When, plus_months
from domain.text.fold import fold

_MAY_BE_ONE = re.compile(
    r"\b(?:deadline|clos(?:e[sd]?|ing)|shuts?|cut-?off|expires?|latest"
    r"|last day|until|till|before|by"
    r"|no later than|not later than|due|ends?|extended|through|within"
    r"|window|period|between|from|up to|cut|finish\w*|hand in|on"
    r"|after|on or before|when|to|for|days)\b|-",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\b(?:deadlines?|clos(?:e[sd]?|ing)|shuts?|cut-?off|expires?|latest|last day|due|ends?(?! of)"
    r"|extended to|postponed to|no later than|not later than|on or before|cut off"
    r"|finish(?:es)? on|runs? (?:through|to)\b"
    r"|up to and including|until|till)\b",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\b(?:submit(?:ted)?|send|sent|file[ds]?|appl(?:y|ied|ications?)|register(?:ed)?|return(?:ed)?"
    r"|hand(?:ed)? in|write in|e-?mail(?:ed)?|deliver(?:ed)?|reach"
    r"|upload(?:ed)?|report(?:ed|s)?|object"
    r"|raise[ds]?|comments?|feedback|finish(?:ed)?|complet(?:e|ed)|enter"
    r"|entries|enrol|sign up|bids?"
    r"|collect(?:ed)?|respond|reply|replies|contact|check(?:ed)?|sign|provide|take part"
    r"|review(?:ed)?|conclude[ds]?|accept(?:ed|ance)|forward(?:ed)?|re-register|claim(?:ed|s)?)\b",
    re.IGNORECASE,
)
_LATE = re.compile(r"\b(?:late|not be (?:accepted|considered)|no longer|rejected|refused)\b", re.I)
_ORDER = ("objection", "comment", "review", "application", "submission")
_WITHIN = re.compile(
    r"\b(?:within|for|period: ?|in) ?(?P<count>\d{1,3}|[a-z]{3,9}) (?P<unit>(?:working |calendar "
    r"|business )?days?|months?)"
    r" (?:of|from|after|following|starting from) (?:the )?(?:date of )?(?:its |this |the )?"
    r"(?:publication|issue|issuance|notice|announcement|release|publishing)"
    r"|\bin the (?P<count2>\d{1,3}|[a-z]{3,9}) "
    r"(?P<unit2>days) (?:from|after) (?:publication|today)",
    re.IGNORECASE,
)
_WINDOW = re.compile(r"\b(?:from|between|period|window|round|open)\b", re.IGNORECASE)


def deadlines(page: Page, _taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the deadlines of an English page."""
    if page.language != "en":
        return
    for sentence in page.sentences:
        if _first_sign(page, sentence) >= sentence.end:
            continue
        last: tuple[When, str] | None = None
        for found in page.times_in(sentence.start, sentence.end)[:_MOST_DAYS]:
            when = _to_come(page, found)
            kind = _again(page, sentence, when, last)
            if kind is None and _is_last_day(page, sentence, when):
                kind = _kind(page, sentence, when)
            if kind:
                last = (when, kind)
                yield _statement(page, sentence, when.moment("deadline", page.text), kind, when)
        yield from _relative(page, sentence)


def _again(
    page: Page, sentence: Sentence, when: When, last: tuple[When, str] | None
) -> str | None:
    """ "The first batch closes on 1 May and the second on 3 June": no verb between the days."""
    if last is None or when.precision != "day" or last[0].precision != "day":
        return None
    between = [w for w in words_of(page, sentence) if last[0].end <= w.start < when.start]
    if not any(word.tag == "and" for word in between) or len(between) > _NEAR_WORDS:
        return None
    named = any(word.tag in ("noun", "det") for word in between)
    told = any(word.tag in ("verb", "aux", "rel", "if", "part", "ing") for word in between)
    return last[1] if named and not told else None


_NEAR_WORDS = 10


def _first_sign(page: Page, sentence: Sentence) -> int:
    """Where the block of a sentence first says a word of deadlines; looked for once a block."""
    block = page.block_of(sentence)

    def find() -> int:
        sign = _MAY_BE_ONE.search(page.folded, block.start, block.end)
        return sign.start() if sign else block.end

    return once(page, "deadline", block.start, block.end, find)


def _is_last_day(page: Page, sentence: Sentence, when: When) -> bool:
    """Whether something has to be done by that time."""
    if when.precision not in ("day", "month") or when.part in ("base", "ahead", "period", "as_of"):
        return False
    before = page.folded[max(sentence.start, when.start - _REACH) : when.start]
    label = page.folded[slice(*page.block_of(sentence).label)] + _question(page, sentence)
    near = re.split(r"[;.]\s", before)[-1] + page.folded[when.start : when.end]
    if _is_told(page, sentence, when) or _begins_window(page, sentence, when):
        return False
    if _is_replaced(page, sentence, when) or _dates_headline(page, sentence, when):
        return False
    if _leads_line(page, sentence, when):
        return True
    if _CLOSES.search(f"{label}: {near}"):
        return True
    if _LATE.search(page.folded, sentence.start, sentence.end):
        return " after " in f" {near}" or "(after" in near
    if when.part == "since":
        return False
    if when.first != when.last and when.precision == "day" and page.block_of(sentence).label[1]:
        return True
    if when.part in ("before", "horizon") or _BY.search(near):
        said = f"{label}: {page.folded[sentence.start : sentence.end]}"
        strong = _named(said, 0, len(said)) in _STRONGER
        sure = when.precision == "day" or bool(_OBLIGED.search(before))
        acts = strong or (bool(_SENT.search(said)) and sure)
        return acts or bool(_WINDOW.search(f"{label} {near}"))
    return False


_OBLIGED = re.compile(
    r"\b(?:must|should|shall|(?:is|are|has|have) to|urged|require[ds]?|ask(?:ed|s)|needs? to"
    r"|ordered|told|instructed)\b",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"\b(?:original(?:ly)?|initial(?:ly)?|previous(?:ly)?|first|instead of|rather than|earlier)\b"
    r"[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:extend|postpone|prolong|delay|push|move|put back|defer|now)\w*\b", re.IGNORECASE
)


def _is_replaced(page: Page, sentence: Sentence, when: When) -> bool:
    """ "Originally due on 30 September, it has been extended": the day that no longer holds."""
    before = page.folded[max(sentence.start, when.start - _REACH) : when.start]
    part = re.split(r"[;.]\s", before)[-1]
    return bool(_REPLACED.search(part)) and bool(
        _MOVED.search(page.folded, sentence.start, sentence.end)
    )


def _dates_headline(page: Page, sentence: Sentence, when: When) -> bool:
    """ "[2] Deadline for bids extended   2025-10-20": when the headline appeared."""
    gap = page.folded[when.start - 2 : when.start]
    ends = not page.folded[when.end : page.block_of(sentence).end].strip()
    return ends and gap in ("  ", " \t", "\t\t") and page.block_of(sentence).kind != "pair"


_TO_DO = re.compile(
    r"\s?(?:-{1,2}|:|\|)\s?(?:(?:the |final |online )?(?:last day|deadline|closing|cut-?off|end of)\b"
    r"|(?:submit|send|file|apply|register|return|hand in|deliver|upload|report|complete|enter|sign up"
    r"|enrol|pay|claim|renew|respond|reply|comment)\b(?! ?\w+ (?:opens?|begins?|starts?)\b))",
    re.IGNORECASE,
)


def _leads_line(page: Page, sentence: Sentence, when: When) -> bool:
    """ "28 February - last day to register": a list of things to do begins with its days."""
    begins = when.start - page.block_of(sentence).body < _MARK
    return begins and bool(_TO_DO.match(page.folded, when.end, sentence.end))


_MARK = 6
_MOST_DAYS = 12
"""Days of a sentence that are looked at: no sentence sets more of them."""
_REACH = 90
_BY = re.compile(r"\b(?:by|before)\s(?:noon|midnight|\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\.?)?)\b", re.I)


def _question(page: Page, sentence: Sentence) -> str:
    """ "When do applications end? On 24 October": the question says what the day is."""
    siblings = page.sentences_before(sentence, 1)
    text = page.folded[siblings[-1].start : siblings[-1].end] if siblings else ""
    return f" {text}" if text.endswith("?") else ""


def _to_come(page: Page, when: When) -> When:
    """A day without a year that something closes on is the next one, not the last one."""
    if page.published is None or when.explicit or when.first != when.last:
        return when
    if when.last >= page.published or (when.last.month, when.last.day) == (2, 29):
        return when
    last = when.last.replace(year=when.last.year + 1)
    soon = 0 <= (last - page.published).days <= _SOON
    return replace(when, first=last, last=last) if soon else when


_SOON = 200


def _begins_window(page: Page, sentence: Sentence, when: When) -> bool:
    """ "From 1 May to 3 June": the first of two days opens the window."""
    following = page.times_in(when.end, sentence.end)
    gap = page.folded[when.end : following[0].start].strip() if following else ""
    opened = when.part == "since" and bool(following) and len(gap) < _NEAR
    return opened or gap in ("to", "and", "until", "through", "-")


_NEAR = 40


def _is_told(page: Page, sentence: Sentence, when: When) -> bool:
    """ "By late August 1,034 firms had registered": what was done by then is no deadline."""
    if _SAID.search(page.folded, max(sentence.start, when.start - _NEAR), when.start + 3):
        return True
    words = words_of(page, sentence)
    at = next((n for n, word in enumerate(words) if word.start <= when.start < word.end), 0)
    verb = _clause_verb(words, at)
    if verb is None:
        return False
    texts = [word.text for word in words[max(0, verb - 4) : verb + 1]]
    texts = texts[max((n + 1 for n, text in enumerate(texts) if text == ","), default=0) :]
    form = words[verb].verb
    lemma = form.lemma if form else ""
    follows = words[verb + 1 : verb + 2]
    if lemma in _MOVING or (
        lemma == "close" and follows and follows[0].tag in ("prep", "time")
    ):
        return False
    perfect = any(text in ("had", "has", "have", "was", "were") for text in texts)
    known = words[verb].verb
    past = known is not None and "past" in known.forms and "base" not in known.forms
    bare = (
        past
        and words[verb].tag == "verb"
        and not any(w.tag == "aux" for w in words[verb - 3 : verb])
    )
    modal = any(text in _MODALS for text in texts)
    return (perfect or bare) and not modal


_SAID = re.compile(
    r"\b(?:said|says|announced|confirmed|added|noted|reported|told \w+)(?: in an? \w+)?"
    r"(?: on| late| earlier)?\s*(?:on\s)?\Z",
    re.IGNORECASE,
)
_MOVING = ("extend", "postpone", "set", "fix", "move", "push", "put", "delay", "defer", "prolong")
_MODALS = ("must", "should", "may", "can", "shall", "will", "to", "be", "is", "are")


def _clause_verb(words: list[Word], at: int) -> int | None:
    """The verb of the clause a time stands in, nearest before it, else behind it."""
    for here in range(at - 1, -1, -1):
        if words[here].text in (";", "."):
            break
        if words[here].tag == "verb":
            return here
    for here in range(at + 1, len(words)):
        if words[here].text in (";", "."):
            break
        if words[here].tag == "verb":
            return here
    return None


def _kind(page: Page, sentence: Sentence, when: When) -> str | None:
    """What is due: by its label, its part of the sentence, the sentence, what heads it."""
    block = page.block_of(sentence)
    start = max(sentence.start, page.folded.rfind(";", sentence.start, when.start) + 1)
    stop = page.folded.find(";", when.end, sentence.end)
    part = (start, stop if stop > 0 else sentence.end)
    since = [one.end for one in page.times_in(part[0], when.start) if one.precision == "day"]
    own = (max([part[0], *since]), when.start)
    found = _named(page.folded, *block.label) or (since and _named(page.folded, *own))
    found = found or _named(page.folded, *part)
    if found:
        return found
    found = _named(page.folded, sentence.start, sentence.end)
    if found in (None, "submission"):
        above = _above(page, sentence)
        found = above if above and (found is None or above in _STRONGER) else found
    spoken = f"{page.folded[slice(*block.label)]} {page.folded[sentence.start : sentence.end]}"
    return found or ("application" if _NAMELY.search(spoken) else None)


_NAMELY = re.compile(
    r"\b(?:deadline|closing date|cut-?off|shuts?|clos(?:e|es|ed|ing))\b", re.IGNORECASE
)
_STRONGER = ("application", "comment", "objection", "review")


def _above(page: Page, sentence: Sentence) -> str | None:
    for earlier in reversed(page.sentences_before(sentence, 2)):
        found = _named(page.folded, earlier.start, earlier.end)
        if found:
            return found
    for heading in [*headings(page, sentence), fold(page.title)]:
        found = _named(heading, 0, len(heading))
        if found:
            return found
    return None


def _named(text: str, start: int, end: int) -> str | None:
    found = {hit.rule.meaning for hit in rules("deadlines", "en").hits(text, start, end)}
    return next((kind for kind in _ORDER if kind in found), None)


def _statement(
    page: Page, sentence: Sentence, moment: Moment, kind: str, when: When | None
) -> Statement:
    block = page.block_of(sentence)
    start, end = _span(page, sentence, when)
    if block.label[1] and block.body >= sentence.start - _NEAR:
        start = block.label[0]
    words = page.text[start:end].strip(" ,;.")
    bare = len(words.split()) <= _FEWEST and page.title
    return Statement(
        type="deadline",
        subject=(f"{page.title}: {words}" if bare else page.text[min(start, sentence.start) : end])[
            :120
        ],
        spans=((start, end),),
        rule=f"en.deadline.{kind}",
        time=moment,
        attributes={"kind": kind},
        confidence="high",
        uses=frozenset({when.start}) if when else frozenset(),
    )


_FEWEST = 5


def _span(page: Page, sentence: Sentence, when: When | None) -> tuple[int, int]:
    """The part of the sentence between its semicolons."""
    if when is None:
        return sentence.start, sentence.end
    start = max(sentence.start, page.folded.rfind(";", sentence.start, when.start) + 1)
    stop = page.folded.find(";", when.end, sentence.end)
    end = stop if stop > 0 else sentence.end
    while start < end and page.folded[start] in " \n":
        start += 1
    return start, end


def _relative(page: Page, sentence: Sentence) -> Iterator[Statement]:
    """Within so many days of publication: resolved against the day of publication."""
    if page.published is None:
        return
    for match in _WITHIN.finditer(page.folded, sentence.start, sentence.end):
        kind = _named(page.folded, sentence.start, sentence.end) or _above(page, sentence)
        count, unit = match["count"] or match["count2"], match["unit"] or match["unit2"]
        days = int(count) if count.isdigit() else int(english(count))
        if kind is None or not 0 < days < _LONGEST:
            continue
        last = (
            plus_months(page.published, days)
            if unit.startswith("month")
            else _days_on(page.published, days, unit)
        )
        moment = Moment(
            role="deadline",
            start=page.published.isoformat(),
            end=last.isoformat(),
            precision="day",
            text=page.text[match.start() : match.end()],
        )
        yield _statement(page, sentence, moment, kind, None)


_LONGEST = 400
_SATURDAY = 5


def _days_on(first: date, count: int, unit: str) -> date:
    """So many days on; working days leave out Saturdays and Sundays, holidays are not known."""
    if not re.match(r"working|business", unit, re.IGNORECASE):
        return first + timedelta(days=count)
    last = first
    while count:
        last += timedelta(days=1)
        count -= last.weekday() < _SATURDAY
    return last
