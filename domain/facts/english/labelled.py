"""The label of a line as a subject, and where the words of a number begin."""

import re

from domain.facts.about import Subject
from domain.facts.english.sentence_words import words_of
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity

_MARK = re.compile(r"[,;:()\n]|\s-{1,2}\s|\.\s")


LONGEST = 90


_LONGEST_LEAD = 60


def of_label(page: Page, sentence: Sentence, quantity: Quantity) -> Subject | None:
    """ "Storage: 260 PB": the label of the line says what the number is."""
    block = page.block_of(sentence)
    lead = page.folded[block.body : quantity.start]
    if block.kind != "pair" or not block.label[1] or len(lead) > _LONGEST_LEAD or ". " in lead:
        return None
    inner = Sentence(start=block.body, end=max(block.body, quantity.start), block=sentence.block)
    if any(word.tag in ("verb", "aux") for word in words_of(page, inner)):
        return None
    label = page.text[slice(*block.label)].strip()
    counted = (quantity.counter or label) if quantity.kind == "count" else None
    text = label if counted in (None, label) else f"{label}: {counted}"
    return Subject(
        text=text[:LONGEST],
        owner=text[:LONGEST],
        counted=counted,
        start=block.label[0],
        end=quantity.end,
        clause=(block.label[0], quantity.start),
    )


def clause_start(folded: str, start: int, floor: int, position: int) -> int:
    """Where the words of a number begin: behind the last mark, or the number before it."""
    begin = start
    depth = 0
    for mark in _MARK.finditer(folded, start, position):
        sign = mark.group()
        if sign == "(":
            depth += 1
            begin = mark.end()
        elif sign == ")":
            depth -= 1
        elif sign == "," and folded[mark.end() : mark.end() + 1].isdigit():
            continue
        else:
            begin = mark.end()
    words = len(folded[begin:position].split())
    if words <= 1 and begin > start and floor <= start:
        previous = [mark.end() for mark in _MARK.finditer(folded, start, begin - 1)]
        begin = previous[-1] if previous else start
    return max(begin, min(floor, position)) if floor > begin else begin


def behind_marks(folded: str, at: int) -> int:
    """Return where the words begin behind blanks and marks."""
    while at < len(folded) and folded[at] in " ,;:-\n":
        at += 1
    return at
