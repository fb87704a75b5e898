"""An article prepared for the rules: scanned once, asked often."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.facts import quantities_en, quantities_zh, times_en, times_zh
from domain.facts.quantity import Quantity
from domain.facts.titles import Title, titles
from domain.facts.when import When
from domain.gazetteer import Name, names
from domain.text.blocks import Block, blocks_of
from domain.text.fold import fold
from domain.text.sentences import sentences

_EXCHANGE = re.compile(r"\(?(?:US)?\$1\s?=\s?[^()\n]{3,40}\)?|\(?1(?:美元|元人民币|港元)[约合=]{1,3}[^()\n]{2,24}\)?")
_QUOTED = re.compile(r'"[^"\n]{1,9}"')
_SILENT = ("furniture", "signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, and the block it stands in; offsets into the text."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The canonical text and everything the scanners saw in it."""

    text: str
    folded: str
    title: str
    language: Literal["zh", "en"]
    published: date | None
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[When, ...]
    titles: tuple[Title, ...]
    names: tuple[Name, ...]

    def quantities_in(self, start: int, end: int) -> tuple[Quantity, ...]:
        """Return the quantities whose number begins within [start, end)."""
        low = bisect_left(self.quantities, start, key=lambda quantity: quantity.number_start)
        high = bisect_left(self.quantities, end, key=lambda quantity: quantity.number_start)
        return self.quantities[low:high]

    def times_in(self, start: int, end: int) -> tuple[When, ...]:
        """Return the times that begin within [start, end)."""
        low = bisect_left(self.times, start, key=lambda when: when.start)
        high = bisect_left(self.times, end, key=lambda when: when.start)
        return self.times[low:high]

    def names_in(self, start: int, end: int) -> tuple[Name, ...]:
        """Return the names of the gazetteer that begin within [start, end)."""
        low = bisect_left(self.names, start, key=lambda name: name.start)
        high = bisect_left(self.names, end, key=lambda name: name.start)
        return self.names[low:high]

    def block_of(self, sentence: Sentence) -> Block:
        """Return the block a sentence stands in."""
        return self.blocks[sentence.block]

    def sentences_of(self, block: int) -> tuple[Sentence, ...]:
        """Return the sentences of the block with that number."""
        low = bisect_left(self.sentences, block, key=lambda sentence: sentence.block)
        high = bisect_left(self.sentences, block + 1, key=lambda sentence: sentence.block)
        return self.sentences[low:high]


def page(text: str, title: str, language: Literal["zh", "en"], published: date | None) -> Page:
    """Return the article as the rules want it; `text` and `title` are canonical."""
    folded = fold(text)
    blocks = blocks_of(folded, language)
    silent = tuple((block.start, block.end) for block in blocks if block.kind in _SILENT)
    found_titles = titles(folded, language)
    scanner = times_zh if language == "zh" else times_en
    found_times = tuple(
        when
        for when in scanner.times(folded, published)
        if not _inside(when.start, _spans(found_titles))
    )
    closed = _merged([*silent, *_spans(found_titles), *_spans(found_times), *_quoted(folded), *_rates(folded)])
    counter = quantities_zh if language == "zh" else quantities_en
    return Page(
        text=text,
        folded=folded,
        title=title,
        language=language,
        published=published,
        blocks=blocks,
        sentences=_sentences(folded, blocks, language),
        quantities=_without_conversions(folded, counter.quantities(folded, closed)),
        times=tuple(when for when in found_times if not _inside(when.start, silent)),
        titles=tuple(found for found in found_titles if not _inside(found.start, silent)),
        names=tuple(found for found in names(folded) if not _inside(found.start, silent)),
    )


def _sentences(folded: str, blocks: tuple[Block, ...], language: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(start=start, end=end, block=number)
        for number, block in enumerate(blocks)
        if block.kind not in _SILENT
        for start, end in sentences(folded, block.body or block.start, block.end, language)
    )


def _without_conversions(folded: str, found: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """109亿元（约合15亿美元）, RMB 20 billion (about USD 3.1 billion): one sum, said twice."""
    kept: list[Quantity] = []
    for one in found:
        gap = (
            folded[kept[-1].end : one.start]
            if kept and kept[-1].kind == one.kind == "money"
            else ""
        )
        if gap and kept[-1].unit != one.unit and _IN_BRACKETS.fullmatch(gap):
            continue
        kept.append(one)
    return tuple(kept)


_IN_BRACKETS = re.compile(
    r"\s?\((?:约合?|折合|合|about|around|roughly|approximately|some|or|equivalent to)?\s?"
)


def _rates(folded: str) -> list[tuple[int, int]]:
    """Rates of exchange are notes, not facts."""
    return [match.span() for match in _EXCHANGE.finditer(folded)]


def _quoted(folded: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(folded)]


def _spans(found: tuple[Title, ...] | tuple[When, ...]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in found]


def _inside(position: int, spans: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> bool:
    at = bisect_left(spans, position + 1, key=lambda span: span[0]) - 1
    return at >= 0 and spans[at][0] <= position < spans[at][1]


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
