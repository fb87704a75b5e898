"""Which sentences of an English page may speak of one benefit together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.facts.english.giving import LIMIT
from domain.facts.english.halves import halves
from domain.facts.page import Page, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences that may speak of one benefit together."""

    sentences: tuple[Sentence, ...]
    topic: str
    """What heads them."""
    lines: bool
    """Pairs below one another rather than running text."""


_MOST_LINES = 24


def passages_of(page: Page) -> Iterator[Passage]:
    """Pairs below one another belong together; other blocks are read sentence by sentence."""
    lines: list[Sentence] = []
    topic = ""
    asked = False
    answered = 0
    for number, block in enumerate(page.blocks):
        if lines and (
            block.kind != "pair" or len(lines) >= _MOST_LINES or _ends(page, lines, number)
        ):
            yield Passage(sentences=tuple(lines), topic=topic, lines=True)
            lines = []
        if _names(page, number):
            topic = page.text[block.body : block.end].strip()
            topic = _BEFORE_QUESTION.sub("", topic)
            asked = topic.endswith("?")
            answered = number + 1
        if block.kind == "pair":
            lines += page.sentences_of(number)
        elif block.kind not in ("furniture", "signature", "heading"):
            if asked and (number == answered or _ANSWER.match(page.folded, block.start)):
                yield Passage(sentences=page.sentences_of(number), topic=topic, lines=False)
            else:
                yield from _running(page, number, topic)
    if lines:
        yield Passage(sentences=tuple(lines), topic=topic, lines=True)


_BEFORE_QUESTION = re.compile(r"\A.*[.!]\s(?=[A-Z][^.!?]{4,100}\?\Z)", re.DOTALL)
""" "My model has been registered. | Is there a bonus?"."""
_LONGEST_NAME = 70
_LONGEST_QUESTION = 140


def _names(page: Page, number: int) -> bool:
    """A short line that ends in no stop and says no number names what follows; so does a question.

    "HOW MUCH:" is one too.
    """
    block = page.blocks[number]
    words = page.folded[block.body : block.end].strip()
    if block.kind == "furniture" or page.quantities_in(block.body, block.end):
        return False
    if words.endswith("?"):
        return len(words) <= _LONGEST_QUESTION
    named = block.kind in ("heading", "item") or words.endswith(":")
    return named and len(words) <= _LONGEST_NAME and not words.endswith((".", ";", ","))


def _ends(page: Page, lines: list[Sentence], number: int) -> bool:
    """Whether a card ends above a pair: at a number, a label it has had, an empty line.

    "STREAM B: …" and "2. Rent: …" begin something new. Empty lines between all pairs part none.
    """
    block = page.blocks[number]
    if _NUMBERED.match(page.folded, block.start, block.end):
        return True
    own = [page.block_of(one) for one in lines]
    label = page.folded[slice(*block.label)].lower()
    if label and any(page.folded[slice(*one.label)].lower() == label for one in own):
        return True
    numbers = sorted({one.block for one in lines})
    return (
        len(numbers) > 1
        and _parted(page, number)
        and not any(_parted(page, one) for one in numbers[1:])
    )


def _parted(page: Page, number: int) -> bool:
    """Whether an empty line stands above a block."""
    gap = page.folded[page.blocks[number - 1].end : page.blocks[number].start]
    return gap.count("\n") > 1


_NUMBERED = re.compile(
    r"\s*(?:\d{1,2}[.)]\s|\(?[a-h]\)\s|(?:STREAM|Stream|Track|Item|Part|Option) [A-Z\d])"
)


_ANSWER = re.compile(r"\s*(?:A(?:nswer)?\s?[:.]|A\d{1,2}\s?[:.])")
"""What answers one question speaks of one thing."""


def _running(page: Page, number: int, topic: str) -> Iterator[Passage]:
    """Sentence by sentence, those that go on about the same benefit together."""
    waiting: list[Sentence] = []
    for sentence in page.sentences_of(number):
        if waiting and not _goes_on(page, waiting, sentence):
            yield Passage(sentences=tuple(waiting), topic=topic, lines=False)
            waiting = []
        if (
            page.folded[sentence.end - 1] == "?"
            and sentence.end - sentence.start < _LONGEST_QUESTION
        ):
            topic = page.text[sentence.start : sentence.end]
            continue
        waiting.append(sentence)
    if waiting:
        yield Passage(sentences=tuple(waiting), topic=topic, lines=False)


_CONTINUES = re.compile(
    r"(?:The |Its |Their |This |These |Each |An? |All |Both )?(?:[a-z-]+ ){0,2}?"
    r"(?:maximum|ceiling|cap|limit|upper limit|amount|sum|subsid\w+|both|figure|grants?|awards?"
    r"|payments?|Both|Vouchers?|They|It|coupons?)\b"
    r"|There (?:is|are) (?:also )?(?:an? )?(?:[a-z]+ )?(?:lid|cap|ceiling|limit|maximum)\b"
    r"|(?:No|Any|An individual|A single|Every) (?:one )?[a-z]+ (?:\w+ )?"
    r"(?:receives?|gets?|can|may|obtains?|is|will)\b",
)


OF_ALL = re.compile(
    r"(?:(?:Both|All|They|These|Each)\b(?: \w+)? (?:is|are|will be|cannot|may not)"
    r"|(?:Total|(?:The|Its|Annual|In total|Altogether|Taken together)\b[^.;,]{0,30}?"
    r"\b(?:total|sum|combined|cumulative|aggregate|together))\b[^.;]{0,80}?"
    r"\b(?:exceed|more than|most|limit\w*|capped)"
    r"|(?:One|A single|The same|Any one|No) (?:[a-z]+ ){1,2}(?:may|can|shall|will)\b[^.;]{0,40}?"
    r"\b(?:in total|altogether|in all|combined)\b)"
)
""" "Both are capped at", "The total of rewards shall not exceed": a limit of all before it."""


def _goes_on(page: Page, waiting: list[Sentence], sentence: Sentence) -> bool:
    """ "The maximum is …" belongs to the rate before it; "Vouchers can offset …" to the pot."""
    before = [*page.quantities_in(waiting[0].start, waiting[-1].end), *halves(page, waiting[-1])]
    kinds = {one.kind for one in before} & {"money", "percent"}
    own = page.quantities_in(sentence.start, sentence.end)
    of_all = OF_ALL.match(page.folded, sentence.start)
    if not kinds or not own or not (of_all or _CONTINUES.match(page.folded, sentence.start)):
        return False
    limited = LIMIT.search(page.folded, sentence.start, sentence.end) or any(
        one.comparator in ("le", "lt") for one in own
    )
    rated = any(one.kind == "percent" for one in own)
    if limited and of_all:
        return True
    return bool(limited and kinds == {"percent"}) or (kinds == {"money"} and rated)
