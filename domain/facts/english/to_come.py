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
    return any(abs(number - sentence.block) <= _FAR for number in opening)


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
    lead = page.folded[start : ahead[0].start]
    told = rules("events", "en").first(page.folded, start, ahead[0].start)
    building = told is not None and told.rule.meaning in _BUILDING
    return ":" in lead and (bool(_STARTS.search(lead)) or building)


_BUILDING = ("construction_started", "completed", "in_operation")
