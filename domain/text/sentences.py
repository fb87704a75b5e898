"""Sentences and clauses, as offsets."""

import re
from collections.abc import Iterator

LONGEST_SENTENCE = 2_000
"""Characters; longer ones are cut, so that no rule ever looks at more."""

_ZH_SENTENCE = re.compile(r"[^。!?\n]{1,2000}[。!?]{0,3}[\")]{0,2}")
_EN_STOP = re.compile(r"[.!?][\")\]]{0,3}\s+(?=[\"(\[]{0,2}[A-Z0-9$])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Co|Ltd|Inc|Corp|Dr|Mr|Mrs|Ms|Prof|No|Nos|St|vs|etc|approx|max|min|incl|est|excl|resp|Dept|e\.g|i\.e|cf|Fig|Art|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K|U\.N|a\.m|p\.m)"
    r"|(?<![A-Za-z])[A-Z])\.\Z"
)
_NUMBERED = re.compile(r"(?:\A|\n)\s*\d{1,2}\.\Z")
_CLAUSE = {
    "zh": re.compile(r"(?:[^,。;:!?\n]|(?<=\d),(?=\d{3})|(?<=\d):(?=\d{2})){1,2000}"),
    "en": re.compile(r"[^,;:\n]{1,2000}"),
}
_EN_CLAUSE_GAP = re.compile(r"(?<!\d),(?!\d)|(?<=\d),(?=\s)|[;:\n]|\s-{1,2}\s")


def sentences(folded: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of [start, end): whole, with their final stop."""
    cut = _chinese_sentences if language == "zh" else _english_sentences
    for first, last in cut(folded, start, end):
        lead = len(folded[first:last]) - len(folded[first:last].lstrip())
        tail = len(folded[first:last]) - len(folded[first:last].rstrip())
        if first + lead < last - tail:
            yield first + lead, last - tail


def clauses(folded: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence, without the marks between them."""
    if language == "zh":
        for found in _CLAUSE["zh"].finditer(folded, start, end):
            yield found.start(), found.end()
        return
    at = start
    for gap in _EN_CLAUSE_GAP.finditer(folded, start, end):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < end:
        yield at, end


def _chinese_sentences(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A mark of quotation behind a stop closes, or, where none is open, begins what follows."""
    first, marks = start, 0
    for found in _ZH_SENTENCE.finditer(folded, start, end):
        last = found.end()
        first = first if first == found.start() - 1 and folded[first] == '"' else found.start()
        marks += folded.count('"', found.start(), last)
        if marks % 2 and folded[last - 1] == '"' and folded[last - 2] in "。!?":
            last -= 1
        if first < last:
            yield first, last
        first = last if last < found.end() else found.end()


def _english_sentences(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for stop in _EN_STOP.finditer(folded, start, end):
        dot = folded[max(at, stop.start() - 12) : stop.start() + 1]
        short = stop.start() - at < LONGEST_SENTENCE
        if short and (_ABBREVIATION.search(dot) or _NUMBERED.search(folded[at : stop.start() + 1])):
            continue
        yield from _cut(at, stop.end())
        at = stop.end()
    yield from _cut(at, end)


def _cut(start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end, LONGEST_SENTENCE):
        yield at, min(at + LONGEST_SENTENCE, end)
