"""An article prepared for the rules: scanned once, asked often."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeVar

from domain.facts import quantities_en, quantities_zh, times_en, times_zh
from domain.facts.english.context_days import with_context
from domain.facts.english.years import of_headings
from domain.facts.quantity import Quantity
from domain.facts.section_times import in_their_sections
from domain.facts.titles import Title, titles
from domain.facts.when import When
from domain.gazetteer import Name, names
from domain.text.blocks import Block, blocks_of, is_furniture
from domain.text.capitals import quieted
from domain.text.dateline import behind_dateline
from domain.text.fold import fold
from domain.text.outline import outline
from domain.text.sentences import sentences
from domain.text.sought import Sought

_EXCHANGE = Sought(
    r"\(?(?:US)?\$1\s?=\s?[^()\n]{3,40}\)?|\(?1(?:美元|元人民币|港元)[约合=]{1,3}[^()\n]{2,24}\)?"
)
_QUOTED = re.compile(r'"[^"\n]{1,9}"')
MOST_LINES = 2_500
MOST_TIMES = 1_500
MOST_TITLES = 400
MOST_IN_A_SENTENCE = 50
"""Bounds on what is looked at: no article has more, and no nonsense costs more."""

_SILENT = ("furniture", "signature")
_HEAD = 400


def _is_number_at_head(title: Title) -> bool:
    """成科字[2024]73号 发布时间:2024-09-27: of the furniture above a text its number is told."""
    return title.name[0] == title.name[1] and title.start < _HEAD and bool(title.number)


class Sentence(NamedTuple):
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
    report: When | None
    """The period that the title says the page reports on, where it says one."""

    outline: tuple[tuple[int, ...], ...]
    """For each block the numbers of the headings it stands under, the nearest first."""

    starts: "Starts"
    parsed: dict[tuple[int, int], list[Any]] = field(default_factory=dict, compare=False)
    """The tagged words of the sentences that somebody asked for, by their offsets."""
    told: dict[tuple[str, int, int], Any] = field(default_factory=dict, compare=False)
    """What else was found out about a stretch of the text and may be asked again."""

    def quantities_in(self, start: int, end: int) -> tuple[Quantity, ...]:
        """Return the quantities whose number begins within [start, end)."""
        starts = self.starts.quantities
        return self.quantities[bisect_left(starts, start) : bisect_left(starts, end)]

    def times_in(self, start: int, end: int) -> tuple[When, ...]:
        """Return the times that begin within [start, end)."""
        starts = self.starts.times
        return self.times[bisect_left(starts, start) : bisect_left(starts, end)]

    def names_in(self, start: int, end: int) -> tuple[Name, ...]:
        """Return the names of the gazetteer that begin within [start, end)."""
        starts = self.starts.names
        return self.names[bisect_left(starts, start) : bisect_left(starts, end)]

    def block_of(self, sentence: Sentence) -> Block:
        """Return the block a sentence stands in."""
        return self.blocks[sentence.block]

    def sentence_at(self, position: int) -> Sentence | None:
        """Return the sentence that holds a position, if one does."""
        at = bisect_right(self.starts.sentences, position) - 1
        found = self.sentences[at] if at >= 0 else None
        return found if found and position < found.end else None

    def sentences_of(self, block: int) -> tuple[Sentence, ...]:
        """Return the sentences of the block with that number."""
        blocks = self.starts.blocks
        return self.sentences[bisect_left(blocks, block) : bisect_left(blocks, block + 1)]

    def sentences_before(self, sentence: Sentence, most: int) -> tuple[Sentence, ...]:
        """Return the last `most` sentences that end before one in its block, in their order."""
        at = bisect_left(self.starts.sentences, sentence.start)
        near = self.sentences[max(0, at - most) : at]
        return tuple(one for one in near if one.block == sentence.block)


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """Where the found things begin, for the search by position."""

    quantities: tuple[int, ...]
    times: tuple[int, ...]
    names: tuple[int, ...]
    blocks: tuple[int, ...]
    """The block number of each sentence."""
    sentences: tuple[int, ...]


def page(text: str, title: str, language: Literal["zh", "en"], published: date | None) -> Page:
    """Return the article as the rules want it; `text` and `title` are canonical."""
    folded = quieted(fold(text)) if language == "en" else fold(text)
    blocks = blocks_of(folded, language)[:MOST_LINES]
    silent = tuple((block.start, block.end) for block in blocks if block.kind in _SILENT)
    found_titles = titles(folded, language)
    report = times_zh.reported(fold(title), published) if language == "zh" else None
    titled = _spans(found_titles)
    found_times = tuple(
        when
        for when in _times(folded, language, published, report, blocks)[:MOST_TIMES]
        if not _inside(when.start, titled)
    )
    closed = _merged(
        [*silent, *_spans(found_titles), *_spans(found_times), *_quoted(folded), *_rates(folded)]
    )
    counter = quantities_zh if language == "zh" else quantities_en
    cut = _sentences(folded, blocks, language)
    above = outline(folded, blocks)
    found_times = in_their_sections(found_times, folded, blocks, above, published)
    seen = tuple(when for when in found_times if not _inside(when.start, silent))
    quantities = _few(_without_conversions(folded, counter.quantities(folded, closed)), cut)
    found_names = tuple(found for found in names(folded) if not _inside(found.start, silent))
    seen = _few(seen, cut)
    return Page(
        text=text,
        folded=folded,
        title=title,
        language=language,
        published=published,
        blocks=blocks,
        sentences=cut,
        quantities=quantities,
        times=seen,
        titles=tuple(
            one for one in found_titles if not _inside(one.start, silent) or _is_number_at_head(one)
        )[:MOST_TITLES],
        names=found_names,
        report=report,
        outline=above,
        starts=Starts(
            quantities=tuple(one.number_start for one in quantities),
            times=tuple(one.start for one in seen),
            names=tuple(one.start for one in found_names),
            blocks=tuple(one.block for one in cut),
            sentences=tuple(one.start for one in cut),
        ),
    )


def _times(
    folded: str,
    language: str,
    published: date | None,
    report: When | None,
    blocks: tuple[Block, ...],
) -> tuple[When, ...]:
    if language == "zh":
        return times_zh.times(folded, published, report)
    found = of_headings(folded, blocks, times_en.times(folded, published))
    return with_context(folded, blocks, found, published)


_Found = TypeVar("_Found", Quantity, When)


def _few(found: tuple[_Found, ...], cut: tuple[Sentence, ...]) -> tuple[_Found, ...]:
    """The first so many of each sentence: a page of nothing but numbers says nothing."""
    if len(found) <= MOST_IN_A_SENTENCE:
        return found
    kept: list[_Found] = []
    at, here = 0, 0
    for one in found:
        while at < len(cut) and cut[at].end <= one.start:
            at, here = at + 1, 0
        here += 1
        if here <= MOST_IN_A_SENTENCE:
            kept.append(one)
    return tuple(kept)


def _sentences(folded: str, blocks: tuple[Block, ...], language: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(start=behind_dateline(folded, start, end, language), end=end, block=number)
        for number, block in enumerate(blocks)
        if block.kind not in _SILENT
        for start, end in sentences(folded, block.body or block.start, block.end, language)
        if not is_furniture(folded, start, end, language)
    )


_NEARLY = Decimal("0.05")


def _is_area_again(folded: str, one: Quantity, other: Quantity) -> bool:
    """ "900 mu (some 148 acres)": nearly the same area right behind it is a conversion."""
    if one.kind != "area" or other.kind != "area" or not one.value:
        return False
    apart = folded[one.end : other.start].strip() in ("(", ",", "or", ", or")
    return apart and abs(other.value - one.value) <= _NEARLY * one.value


def _without_conversions(folded: str, found: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """109亿元（约合15亿美元）, RMB 20 billion (about USD 3.1 billion): one sum, said twice."""
    kept: list[Quantity] = []
    for one in found:
        gap = (
            folded[kept[-1].end : one.start]
            if kept and kept[-1].kind == one.kind == "money"
            else ""
        )
        if kept and _is_area_again(folded, kept[-1], one):
            continue
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
