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
    if lead and _STATUS_ONLY.fullmatch(page.folded, *block.label):
        return None
    if block.kind != "pair" or not block.label[1] or len(lead) > _LONGEST_LEAD or ". " in lead:
        return None
    if _ARTICLE.search(lead):
        return None  # "On our radar: a 5 billion yuan fund": its noun follows
    inner = Sentence(start=block.body, end=max(block.body, quantity.start), block=sentence.block)
    if any(word.tag in ("verb", "aux") for word in words_of(page, inner)):
        return None
    label = page.text[slice(*block.label)].strip()
    counted = (quantity.counter or label) if quantity.kind == "count" else None
    counted_or_named = counted or _named_behind(page, sentence, quantity)
    text = label if counted_or_named in ("", label) else f"{label}: {counted_or_named}"
    return Subject(
        text=text[:LONGEST],
        owner=text[:LONGEST],
        counted=counted,
        start=block.label[0],
        end=quantity.end,
        clause=(block.label[0], quantity.start),
    )


def _named_behind(page: Page, sentence: Sentence, quantity: Quantity) -> str:
    """ "At a glance: 18 hospitals, 99.1 percent | sensitivity"."""
    if quantity.kind != "percent":
        return ""
    found = _NOUN.match(page.text, quantity.end, sentence.end)
    return found["noun"] if found else ""


_NOUN = re.compile(
    r" (?!(?:by|in|of|to|at|on|as|from|up|down)\b)(?P<noun>[a-z][a-z -]{3,30})(?=[,;.]|\Z)"
)
_BARE_LABEL = re.compile(
    r"(?:(?:total |planned |estimated )?(?:investment|budget|cost|value|capacity|area|amount|price)"
    r"(?: amount| value| ceiling)?|floor (?:area|space)|site area|employees|jobs|output)",
    re.IGNORECASE,
)
_NAME_LABEL = re.compile(
    r"(?:project(?: name| title)?|name(?: of [a-z ]{3,24})?|subject(?: matter)?|investment target"
    r"|title)",
    re.IGNORECASE,
)
_MOST_ABOVE = 8
_LONGEST_NAME = 70


def owner_of(page: Page, sentence: Sentence, label: str) -> str:
    """ "Project name: X / Budget: 8 million", "1. X. Investment: 3 billion": whose the label is."""
    if not _BARE_LABEL.fullmatch(label.strip()):
        return ""
    block = page.block_of(sentence)
    first = page.sentences_of(sentence.block)[0]
    if first != sentence and block.kind == "item" and not block.label[1]:
        name = _ITEM_MARK.sub("", page.text[first.start : first.end]).strip(" .")
        return name if len(name) <= _LONGEST_NAME and ":" not in name else ""
    for above in reversed(page.blocks[max(0, sentence.block - _MOST_ABOVE) : sentence.block]):
        if above.kind not in ("pair", "row"):
            return ""
        if _NAME_LABEL.fullmatch(page.folded[slice(*above.label)].strip()):
            return page.text[above.body : above.end].strip(" .|")[:_LONGEST_NAME]
    return ""


_ITEM_MARK = re.compile(r"\A\s*(?:\(?\d{1,2}[.)]|[-*])\s*")
_ARTICLE = re.compile(r"(?:\A|\s)(?:an?|the)\s\Z", re.IGNORECASE)
_OWN = re.compile(r"(?P<label>[A-Z][A-Za-z0-9 ]{2,24})(?:, [a-z ]{3,40})?:\s")


def label_of(page: Page, sentence: Sentence) -> tuple[int, int]:
    """The label a sentence stands under: of its line, or one of its own, "Result: 620"."""
    block = page.block_of(sentence)
    if sentence.start <= block.body + 1 and block.label[1]:
        return block.label
    own = _OWN.match(page.folded, sentence.start, sentence.end)
    return own.span("label") if own else (0, 0)


_STATUS_ONLY = re.compile(r"(?:plans?|targets?|goals?|results?|actual|forecast)", re.IGNORECASE)
_OUTCOME = re.compile(r"(?:results?|actual|outcome)\b", re.IGNORECASE)


def is_outcome(page: Page, sentence: Sentence) -> bool:
    """ "Plan: 600 firms. Result: 620.": what is told is of what was planned before."""
    start, end = label_of(page, sentence)
    return bool(end and _OUTCOME.match(page.folded, start, end))


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
