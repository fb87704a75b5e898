"""The words of an English benefit: what it is about, its kind, and whether it is in force."""

import re

from domain.facts.amounts import Amount
from domain.facts.english.benefit_groups import GAP
from domain.facts.english.passages import Passage
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.sections import headings
from domain.text.fold import fold

_STOP = re.compile(r"[,;.](?=\s|$)|\n|$")


def span_of(page: Page, passage: Passage, group: list[Amount]) -> tuple[int, int]:
    """From the beginning of the first amount's part of the sentence to the end of the last's."""
    first = min(group, key=lambda one: one.quantity.start)
    last = max(group, key=lambda one: one.quantity.end)
    block = page.block_of(first.sentence)
    start = first.sentence.start
    if passage.lines and block.label[1] and block.body >= start - 40:
        start = block.label[0]
    part = page.folded.rfind(";", start, first.quantity.start) + 1
    start = max(start, part)
    stop = _STOP.search(page.folded, last.quantity.end, last.sentence.end)
    end = stop.start() if stop else last.sentence.end
    while start < end and page.folded[start] in " \t\n,;":
        start += 1
    return start, max(end, last.quantity.end)


def instrument_of(page: Page, passage: Passage, start: int, end: int) -> str | None:
    """The telling kinds (a voucher, rent) win wherever they stand, else the first that is said."""
    lexicon = rules("instruments", "en")
    own = [
        hit.rule.meaning
        for hit in lexicon.hits(page.folded, start, min(len(page.folded), end + 40))
    ]
    topic = fold(passage.topic)
    above = [hit.rule.meaning for hit in lexicon.hits(topic, 0, len(topic))]
    if not set(own) - {"grant", "fund"} and not above:
        title = fold(page.title)
        above = [hit.rule.meaning for hit in lexicon.hits(title, 0, len(title))]
        above = [meaning for meaning in above if meaning == "voucher"]
    found = [*own, *above]
    telling = [meaning for meaning in found if meaning in ("voucher", "rent", "loan", "tax")]
    plain = [meaning for meaning in found if meaning not in ("fund", "grant")]
    return next(iter([*telling, *plain, *found]), None)


_LONGEST = 110


def subject_of_benefit(
    page: Page, passage: Passage, group: list[Amount], start: int, end: int
) -> str:
    """The words of the benefit, below what heads them."""
    first = min(group, key=lambda one: one.quantity.start)
    begin = max(start, _before_list(page, start, first.quantity.start))
    if first.quantity.start - begin > _FAR:
        marks = [mark.end() for mark in _PART.finditer(page.folded, begin, first.quantity.start)]
        begin = next((at for at in marks if first.quantity.start - at <= _FAR), begin)
    words = page.text[begin : max(end, first.quantity.end)].strip(" ,;:")
    heads = passage.topic if passage.lines or len(words) < _SAYS_ENOUGH else ""
    if not heads and not passage.lines and page.block_of(first.sentence).kind == "item":
        heads = next(iter(headings(page, first.sentence)), "")
    room = _LONGEST - min(len(heads), 50)
    return f"{heads[:50]}: {words[:room]}" if heads else words[:_LONGEST]


_FAR = 90
"""Characters before an amount from which its subject may begin."""


_PART = re.compile(r"[,;]\s|\s-{1,2}\s|\band\s")


def _before_list(page: Page, start: int, position: int) -> int:
    """Where the amount before ends that does not stand in one list with this one."""
    at = position
    for one in reversed(page.quantities_in(start, position)):
        if one.kind not in ("money", "percent"):
            continue
        if not GAP.fullmatch(page.folded, one.end, at):
            return one.end
        at = one.start
    return start


_SAYS_ENOUGH = 40


_DRAFT = re.compile(r"\bdraft\b", re.IGNORECASE)


_BEING_DRAFTED = re.compile(r"\b(?:being|is|are) (?:drafted|prepared|planned)\b", re.IGNORECASE)


_DENIED = re.compile(r"\b(?:denied|no such|false|rumou?r)\b", re.IGNORECASE)


_TO_COME = re.compile(
    r"\b(?:would|plans? to|is preparing to|will|is to|are to|budgeted|pencill?ed in)\b"
    r"(?: \w+){0,2}? (?:allocate|spend|set aside|open applications|keep|draft|for)\b"
)


def status_of(page: Page, start: int, end: int, sentence: Sentence) -> Status:
    """Return whether a benefit is in force, planned, a draft or denied."""
    if _DENIED.search(page.folded, sentence.start, sentence.end):
        return "negated"
    if _BEING_DRAFTED.search(page.folded, sentence.start, sentence.end):
        return "planned"
    if _DRAFT.search(page.folded[:300]) or _DRAFT.search(page.title):
        return "draft"
    return "planned" if _TO_COME.search(page.folded, start, end) else "in_force"
