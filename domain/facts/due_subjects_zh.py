"""What a Chinese deadline is about: its own words, its label, the heading or the title above."""

import re

from domain.facts.acts_zh import FARTHEST, Due
from domain.facts.page import Page, Sentence

_LONGEST = 90
_NEAR = 30
SAYS_ENOUGH = 4


def subject_of(page: Page, sentence: Sentence, one: Due, words: str) -> str:
    """What is due, in the words before and behind the day; else what the sentence is about."""
    own = words.replace(page.text[one.when.start : one.when.end], " ").strip(" ,，:：。")
    above = _lead(page, sentence)
    label = page.text[slice(*page.block_of(sentence).label)]
    if label and (_BARE_LABEL.fullmatch(one.label) or one.start > sentence.start):
        above = f"{page.title[:_LONGEST_TITLE]} {_heading(page, sentence)[:_NEAR]} {label}".strip()
    elif one.start > sentence.start:
        above = f"{above} {page.text[sentence.start : one.start].strip(' ,，;；')[:_NEAR]}"
    elif len(own) < SAYS_ENOUGH + len(one.label):
        above = f"{page.title[:_LONGEST_TITLE]} {_heading(page, sentence)[:_NEAR]}".strip()
    return f"{above} {words}".strip()[:_LONGEST]


def _lead(page: Page, sentence: Sentence) -> str:
    """(一)网上申报。…: the short sentence at the head of the block names what follows."""
    first = page.sentences_of(sentence.block)[0]
    short = first != sentence and first.end - first.start <= _SHORT_LEAD
    return page.text[first.start : first.end].strip("。 ") if short else ""


_SHORT_LEAD = 14
_BARE_LABEL = re.compile(
    r"[\u4e00-\u9fff]{0,2}(?:时间|日期|期限|时段|时限|截止)(?:要求|安排|节点)?|期间"
)
"""时间:… names nothing by itself."""
_LONGEST_TITLE = 50


def _heading(page: Page, sentence: Sentence) -> str:
    for number in range(sentence.block - 1, max(-1, sentence.block - FARTHEST), -1):
        block = page.blocks[number]
        if block.kind == "heading":
            return page.text[block.body : block.end].strip()
    return ""
