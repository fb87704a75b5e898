"""What the headings above a sentence say about it."""

import re
from typing import Literal

from domain.facts.page import Page, Sentence
from domain.text.blocks import Block

GOAL_HEADING = re.compile(r"目标|绩效|考核|\b(?:targets?|goals?|objectives?)\b", re.IGNORECASE)
INTRO = re.compile(r"[:]\s*\Z")
_FARTHEST = 16
"""Lines above within which a heading still heads."""


def headings(page: Page, sentence: Sentence) -> list[str]:
    """Return the nearest heading above, and the one that it may stand directly under, folded."""
    if page.language == "zh":
        above = (page.blocks[number] for number in page.outline[sentence.block])
        return [page.folded[block.start : block.end] for block in above]
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


_AHEAD = re.compile(
    r"目标|绩效|打算|下一步|今后|明年|展望|(?:工作|主要|重点)(?:计划|安排|思路)\Z|计划\Z|安排\Z|愿景|预期"
)
_BACK = re.compile(
    r"现状|基础(?!设施|能力|研究|算力|层)|背景|成效|回顾|概况|情况|成绩|优势|问题|不足|短板|困难|总结|进展|成果|亮点|工作完成|一年来|运行"
)


_LONGEST, _LONGEST_NUMBERED = 20, 32
_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:章|节|部分)")
_REVIEW = re.compile(r"(?:工作)?(?:回顾|总结|成效|情况)\Z")


def in_goals(page: Page, sentence: Sentence) -> bool:
    """Whether the section the sentence stands in is headed as goals."""
    if page.language == "zh":
        return looks(page, sentence) == "ahead"
    return any(GOAL_HEADING.search(heading) for heading in headings(page, sentence))


def looks(page: Page, sentence: Sentence) -> Literal["ahead", "back"] | None:
    """Return which way a Chinese section looks, as the nearest heading that tells says."""
    for heading in headings(page, sentence):
        most = _LONGEST_NUMBERED if _NUMBER.match(heading) else _LONGEST
        if len(heading) > most and not _REVIEW.search(heading):
            continue  # a headline tells, and heads no section
        if _AHEAD.search(heading):
            return "ahead"
        if _BACK.search(heading):
            return "back"
    return None
