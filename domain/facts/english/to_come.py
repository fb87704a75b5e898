"""Cards of projects that are not built yet: their lines tell what is planned."""

import re

from domain.facts.english.sentence_words import once
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules

_FAR = 14
"""Lines around one in which a card tells when its project begins or ends."""
_LINES = ("pair", "item", "row")
_STARTS = re.compile(
    r"\b(?:start of (?:works?|construction)|construction (?:start|period)|completion|topping[ -]out"
    r"|on ?line|in operation|commissioning|opening|handover|delivery|trial operation"
    r"|start of operations?|production start|start-up)\b",
    re.IGNORECASE,
)


def is_to_come(page: Page, sentence: Sentence) -> bool:
    """Whether a line stands in a card whose project begins, or ends, in time to come."""
    block = page.block_of(sentence)
    if block.kind not in _LINES or page.published is None:
        return False
    if any(when.last < page.published for when in page.times_in(block.start, block.end)):
        return False
    opening = once(page, "card", 0, 0, lambda: _openings(page))
    return any(
        abs(number - sentence.block) <= _FAR and not _is_parted(page, number, sentence.block)
        for number in opening
    )


def _is_parted(page: Page, one: int, other: int) -> bool:
    """Whether the name of another thing stands between two lines: they are of different cards."""
    first, last = sorted((one, other))
    return any(
        block.kind == "heading" and not _OF_CARD.search(page.folded, block.start, block.end)
        for block in page.blocks[first + 1 : last + 1]
    )


_OF_CARD = re.compile(
    r"\b(?:time(?:table|line|frame)|schedules?|milestones|dates|calendar|programme|progress|data|facts"
    r"|figures|details|overview|scope|costs?|financing|funding|parameters|specifications?|status"
    r"|summary|construction|capacity|investment)\b",
    re.IGNORECASE,
)
"""Headings of a part of a card, and no name of its own."""


def _openings(page: Page) -> tuple[int, ...]:
    """The lines of a page that tell when a project begins or ends in time to come."""
    return tuple(
        number
        for number, line in enumerate(page.blocks)
        if line.kind in _LINES and _is_of_start(page, line.start, line.end)
    )


def _is_of_start(page: Page, start: int, end: int) -> bool:
    """ "Completion: June 2026", told before then."""
    ahead = [
        when
        for when in page.times_in(start, end)
        if page.published is not None and when.last > page.published
    ]
    if not ahead:
        return False
    label, colon, _ = page.folded[start : ahead[0].start].partition(":")
    told = rules("events", "en").first(page.folded, start, start + len(label))
    building = told is not None and told.rule.meaning in _BUILDING
    return bool(colon) and (bool(_STARTS.search(label)) or building)


_BUILDING = ("construction_started", "completed", "in_operation")
