"""English deadlines: the last moment for somebody to do something."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from domain.facts.english.acts import kind_above, kind_of, line_above, named
from domain.facts.english.clocks import with_clock
from domain.facts.english.day_terms import later, within
from domain.facts.english.last_days import is_last_day
from domain.facts.english.sentence_words import once, words_of
from domain.facts.fact import Moment
from domain.facts.learnt import verdict
from domain.facts.learnt.naming import by_opinion
from domain.facts.page import Page, Sentence
from domain.facts.statement import Statement
from domain.facts.when import When

_MAY_BE_ONE = re.compile(
    r"\b(?:deadline|clos(?:e[sd]?|ing)|shuts?|cut-?off|expires?|latest"
    r"|last \w+|time limits?|later|when|until|till|before|by"
    r"|no later than|not later than|due|ends?|extended|through|within"
    r"|window|period|between|from|up to|cut|finish\w*|hand in|on"
    r"|after|on or before|when|to|for|days)\b|-",
    re.IGNORECASE,
)


def deadlines(page: Page, _taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the deadlines of an English page."""
    if page.language != "en":
        return
    last: tuple[When, str] | None = None
    block = -1
    for sentence in page.sentences:
        if not _may_hold_one(page, sentence):
            continue
        carried = last if sentence.block == block else None
        last, block = None, sentence.block
        for found in page.times_in(sentence.start, sentence.end)[:_MOST_DAYS]:
            when = _behind(_to_come(page, found), last)
            kind = _again(page, sentence, when, last)
            if kind is None and is_last_day(page, sentence, when):
                kind = kind_of(page, sentence, when)
            if verdict.day(page, found, "deadline" if kind else None) == "deadline":
                due = kind or kind_of(page, sentence, when)
                due = verdict.due_kind(page, found, due) or "application"
                last = (when, due)
                moment = with_clock(page, sentence, when.moment("deadline", page.text))
                stated = _statement(page, sentence, moment, due, when)
                yield stated if kind else by_opinion(stated)
        yield from _relative(page, sentence)
        yield from _later(page, sentence, last or carried)


def _again(page: Page, sentence: Sentence, when: When, last: tuple[When, str] | None) -> str | None:
    """ "The first batch closes on 1 May and the second on 3 June": no verb between the days."""
    if last is None or when.precision != "day" or last[0].precision != "day":
        return None
    between = [w for w in words_of(page, sentence) if last[0].end <= w.start < when.start]
    if not any(word.tag == "and" for word in between) or len(between) > _NEAR_WORDS:
        return None
    named = all(word.tag == "and" for word in between)
    named = named or any(word.tag in ("noun", "det") for word in between)
    told = any(word.tag in ("verb", "aux", "rel", "if", "part", "ing") for word in between)
    return last[1] if named and not told else None


_NEAR_WORDS = 10


def _relative(page: Page, sentence: Sentence) -> Iterator[Statement]:
    """Within so many days of publication: resolved against the day of publication."""
    for moment in within(page, sentence):
        kind = named(page.folded, sentence.start, sentence.end) or kind_above(page, sentence)
        if kind:
            yield _statement(page, sentence, moment, kind, None)


def _later(page: Page, sentence: Sentence, last: tuple[When, str] | None) -> Iterator[Statement]:
    """ "Paper copies are due two days later": counted from the deadline before."""
    if last is None:
        return
    for moment in later(page, sentence, last[0]):
        at = page.text.find(moment.text, sentence.start)
        part = max(sentence.start, page.folded.rfind(";", sentence.start, at) + 1)
        kind = named(page.folded, part, sentence.end) or last[1]
        yield _statement(page, sentence, with_clock(page, sentence, moment), kind, None)


def _may_hold_one(page: Page, sentence: Sentence) -> bool:
    """The cheapest look: a word of deadlines, a line above, a head of a column."""
    if _first_sign(page, sentence) < sentence.end or line_above(page, sentence):
        return True
    asked = sentence.block and page.folded[page.blocks[sentence.block - 1].end - 1] == "?"
    return bool(asked) or page.block_of(sentence).kind in ("row", "pair")


def _first_sign(page: Page, sentence: Sentence) -> int:
    """Where the block of a sentence first says a word of deadlines; looked for once a block."""
    block = page.block_of(sentence)

    def find() -> int:
        sign = _MAY_BE_ONE.search(page.folded, block.start, block.end)
        return sign.start() if sign else block.end

    return once(page, "deadline", block.start, block.end, find)


_MOST_DAYS = 12
"""Days of a sentence that are looked at: no sentence sets more of them."""
_NEAR = 40


_WEEKDAY = re.compile(
    r"(?:(?:on|by|until|till|before|to)\s)?(?:noon\s|midnight\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)


def _to_come(page: Page, when: When) -> When:
    """A day without a year that something closes on is the next one, not the last one."""
    if page.published is None or when.explicit or when.first != when.last:
        return when
    if when.last < page.published and _WEEKDAY.match(page.folded, when.start):
        following = when.last + timedelta(days=7)
        return replace(when, first=following, last=following)
    if when.last >= page.published or (when.last.month, when.last.day) == (2, 29):
        return when
    last = when.last.replace(year=when.last.year + 1)
    soon = 0 <= (last - page.published).days <= _SOON
    return replace(when, first=last, last=last) if soon else when


_SOON = 200


def _behind(when: When, last: tuple[When, str] | None) -> When:
    """ "The limits being April 30 and October 31": the second of two days comes later."""
    if last is None or when.explicit or when.first != when.last or when.last > last[0].last:
        return when
    if (when.last.month, when.last.day) == (2, 29) or last[0].last.year != when.last.year + 1:
        return when
    later = when.last.replace(year=when.last.year + 1)
    return replace(when, first=later, last=later)


def _statement(
    page: Page, sentence: Sentence, moment: Moment, kind: str, when: When | None
) -> Statement:
    block = page.block_of(sentence)
    start, end = _span(page, sentence, when)
    if block.label[1] and sentence.start <= block.body:
        start = block.label[0]
    return Statement(
        type="deadline",
        subject=_subject(page, sentence, start, end),
        spans=((start, end),),
        rule=f"en.deadline.{kind}",
        time=moment,
        attributes={"kind": kind},
        confidence="high",
        uses=frozenset({when.start}) if when else frozenset(),
    )


def _subject(page: Page, sentence: Sentence, start: int, end: int) -> str:
    """The words of a deadline; below the line over them, or the title, where they say little."""
    words = page.text[start:end].strip(" ,;.")
    if line_above(page, sentence):
        above = page.blocks[sentence.block - 1]
        return f"{page.text[above.start : above.end].strip()}: {words}"[:_LONGEST]
    bare = len(words.split()) <= _FEWEST and page.title
    return (f"{page.title}: {words}" if bare else page.text[min(start, sentence.start) : end])[
        :_LONGEST
    ]


_FEWEST = 5
_LONGEST = 120


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
