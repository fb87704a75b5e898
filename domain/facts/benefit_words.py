"""What the words around a sum say in a Chinese sentence: given, limited, a pot, only business."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.facts.rules import rules

_MARK = re.compile(r"(?<!\d),|,(?!\d{3})|[;。:!?\n|→]")
_BRACKETS = re.compile(r"\([^()\n]{0,60}\)")
_LONGEST_GAP = 6
_NEAR = 4
"""Characters between a word and the bracket that tells its sum."""
_HEADS = re.compile(r"(?:比例|标准|额度|金额|额)?(?:为|是|如下|的)?\Z")
HEADS = ("give", "cap", "pot", "provide")
AWARDS = ("give", "cap", "pot")


class Word(NamedTuple):
    """A telling word of a sentence; offsets into the text."""

    start: int
    end: int
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The words around one sum, by their place against it."""

    start: int
    """Where its clause begins."""
    end: int
    """Where its clause ends."""
    own: tuple[Word, ...]
    """In its clause, behind the sum before it."""
    wide: tuple[Word, ...]
    """In its clause, before it."""
    behind: tuple[Word, ...]
    """In its clause, between it and the next sum."""
    carried: str
    """The meaning of a clause of its own that heads this one: 年度限额，企业200万元."""
    before: str
    """The folded text of its clause before it, behind the sum before it."""
    after: str
    """The folded text of its clause behind it, up to the next sum."""

    def has(self, *meanings: str) -> bool:
        """Return whether a word of one of these meanings stands before it in its clause."""
        return any(word.meaning in meanings for word in self.wide)

    def nearest(self, *meanings: str) -> Word | None:
        """Return the last word before it, of any or of these meanings."""
        return next((w for w in reversed(self.own) if not meanings or w.meaning in meanings), None)


_GOES_ON = re.compile(r"\s*(?:其中|分别|具体|即)")
_LONGEST_HEAD = 80


def _headed(page: Page, start: int) -> str:
    """各市切出专门额度。其中…: the award word in which the sentence before ends."""
    here = page.sentence_at(start)
    before = page.sentences_before(here, 1) if here else ()
    if not before or page.quantities_in(before[0].start, before[0].end):
        return ""
    first = max(before[0].start, before[0].end - _LONGEST_HEAD)
    said = page.folded[first : before[0].end].rstrip("。;:,")
    hits = list(rules("benefits", "zh").hits(said, 0, len(said)))
    near = hits and len(said) - hits[-1].end <= 2 and hits[-1].rule.meaning in AWARDS
    return hits[-1].rule.meaning if near else ""


class Words:
    """The telling words of one sentence, found in one pass."""

    def __init__(self, page: Page, start: int, end: int, label: str) -> None:
        self.folded, self.start, self.end = page.folded, start, end
        lexicon = rules("benefits", "zh")
        said = [hit.rule.meaning for hit in lexicon.hits(label, 0, len(label))]
        self.label = next((one for one in reversed(said) if one in AWARDS), "")
        if "business" in said and self.label != "give":
            self.label = ""
        if not self.label and _GOES_ON.match(self.folded, start, end):
            self.label = _headed(page, start)
        self.words = [
            Word(hit.start, hit.end, hit.rule.meaning)
            for hit in lexicon.hits(self.folded, start, end)
        ]
        self.brackets = [one.span() for one in _BRACKETS.finditer(self.folded, start, end)]
        self.opened = [one[0] for one in self.brackets]
        self.marks = [
            one.start()
            for one in _MARK.finditer(self.folded, start, end)
            if not self._bracketed(one.start())
        ]
        self.plain = [word for word in self.words if not self._bracketed(word.start)]
        self.starts = [word.start for word in self.words]
        self.heads = list(self._headings())

    def _headings(self) -> Iterator[tuple[int, Word]]:
        """The marks of clauses that hold no sum and end in a word of awards, with that word."""
        named = [word for word in self.words if word.meaning in HEADS]
        ends = [word.end for word in named]
        for mark in self.marks:
            at = bisect_right(ends, mark) - 1
            near = at >= 0 and mark - ends[at] <= _LONGEST_GAP
            if near and _HEADS.fullmatch(self.folded[ends[at] : mark]):
                yield mark, named[at]

    def any(self, *meanings: str, start: int = 0, end: int = 10**9) -> bool:
        """Return whether a word of one of these meanings begins within [start, end)."""
        first = bisect_left(self.starts, start)
        return any(
            word.meaning in meanings for word in self.words[first : bisect_left(self.starts, end)]
        )

    def around(self, quantity: Quantity, before: int, after: int) -> Around:
        """Return the words around a sum that stands between two others: their end and start."""
        inside = self._bracketed(quantity.number_start)
        first, last = self._clause(quantity, inside)
        carried = self._carried(first)
        if inside:
            last = bisect_left(self.starts, inside[0]) - 1
            close = last >= 0 and 0 <= inside[0] - self.words[last].end <= _NEAR
            carried = self.words[last].meaning if close else carried
        floor = max(first, before)
        ceiling = min(last, after)
        kept = self.words if inside else self.plain
        low = bisect_left(kept, first, key=_start)
        here = bisect_left(kept, quantity.number_start, key=_start)
        wide = tuple(kept[low:here])
        behind = kept[bisect_left(kept, quantity.end, key=_start) :]
        text = self.folded[floor : quantity.start]
        return Around(
            start=first,
            end=last,
            own=tuple(w for w in wide if w.start >= floor),
            wide=wide,
            behind=tuple(takewhile(lambda word: word.start < ceiling, behind)),
            carried=carried,
            before=_BRACKETS.sub("", text) if not inside else text,
            after=self.folded[quantity.end : ceiling],
        )

    def part(self, position: int) -> int:
        """Return where the part of the sentence begins, behind the last semicolon or stop."""
        at = max(self.folded.rfind(mark, self.start, position) for mark in ";。\n")
        return max(self.start, at + 1)

    def _bracketed(self, position: int) -> tuple[int, int] | None:
        at = bisect_right(self.opened, position) - 1
        return self.brackets[at] if at >= 0 and position < self.brackets[at][1] else None

    def _clause(self, quantity: Quantity, inside: tuple[int, int] | None) -> tuple[int, int]:
        if inside:
            return inside[0] + 1, inside[1] - 1
        before = bisect_left(self.marks, quantity.number_start) - 1
        after = bisect_left(self.marks, quantity.end)
        first = self.marks[before] + 1 if before >= 0 else self.start
        return first, self.marks[after] if after < len(self.marks) else self.end

    def _carried(self, first: int) -> str:
        """The meaning of an earlier clause that holds no sum and ends in a word of awards."""
        at = bisect_left(self.heads, first, key=_mark) - 1
        if at >= 0:
            mark, word = self.heads[at]
            if min(mark, word.start) >= self.part(first):
                return word.meaning
        return self.label


def _start(word: Word) -> int:
    return word.start


def _mark(head: tuple[int, Word]) -> int:
    return head[0]
