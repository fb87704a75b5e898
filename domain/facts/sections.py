"""What the headings above a sentence say about it."""

import re

from domain.facts.page import Page, Sentence
from domain.text.blocks import Block

GOAL_HEADING = re.compile(r"目标|绩效|\b(?:targets?|goals?|objectives?)\b", re.IGNORECASE)
INTRO = re.compile(r"[:]\s*\Z")
_FARTHEST = 16
"""Lines above within which a heading still heads."""


def headings(page: Page, sentence: Sentence) -> list[str]:
    """Return the nearest heading above, and the one that it may stand directly under, folded."""
    found: list[str] = []
    for number in range(sentence.block - 1, max(-1, sentence.block - _FARTHEST), -1):
        block = page.blocks[number]
        if _heads(page, block):
            found.append(page.folded[block.start : block.end])
            if number == 0 or not _heads(page, page.blocks[number - 1]):
                break
    return found


def _heads(page: Page, block: Block) -> bool:
    """A short line without figures; with figures it is one of the lines below a heading."""
    return block.kind == "heading" and not page.quantities_in(block.start, block.end)


def in_goals(page: Page, sentence: Sentence) -> bool:
    """Whether the section the sentence stands in is headed as goals."""
    return any(GOAL_HEADING.search(heading) for heading in headings(page, sentence))
