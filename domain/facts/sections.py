"""What the headings above a sentence say about it."""

import re

from domain.facts.page import Page, Sentence

GOAL_HEADING = re.compile(r"目标|绩效|\b(?:targets?|goals?|objectives?)\b", re.IGNORECASE)
INTRO = re.compile(r"[:]\s*\Z")
_FARTHEST = 16
"""Lines above within which a heading still heads."""


def headings(page: Page, sentence: Sentence) -> list[str]:
    """Return the nearest heading above, and the one that it may stand directly under, folded."""
    found: list[str] = []
    for number in range(sentence.block - 1, max(-1, sentence.block - _FARTHEST), -1):
        block = page.blocks[number]
        if block.kind == "heading":
            found.append(page.folded[block.start : block.end])
            if number == 0 or page.blocks[number - 1].kind != "heading":
                break
    return found


def in_goals(page: Page, sentence: Sentence) -> bool:
    """Whether the section the sentence stands in is headed as goals."""
    return any(GOAL_HEADING.search(heading) for heading in headings(page, sentence))
