"""The words of an English sentence and what each is by itself."""

import re
from dataclasses import dataclass
from typing import Literal

from domain.facts.english.verbs import Verb, verbs
from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.facts.rules import words as listed_words

Tag = Literal[
    "noun", "verb", "part", "ing", "aux", "to", "prep", "det", "pron", "rel", "and", "adv", "not",
    "mark", "time", "number", "if",
]  # fmt: skip
"""verb: finite, infinitive, or completing an auxiliary. part, ing: a participle that stands by
itself ("firms selected by", "covering 5 hectares"). time, number: what the scanners found, whole.
if: a conjunction that opens a condition or a circumstance. noun: also adjectives and names."""


@dataclass(slots=True)
class Word:
    """A word, a mark, a time or a quantity; offsets into the text."""

    start: int
    end: int
    text: str
    tag: Tag
    verb: Verb | None = None


_TOKEN = re.compile(
    r"[A-Za-z][\w&'./+-]*[\w]|[A-Za-z]|\d(?:[\w.,%-]*[\w%])?|[\"(),;:!?|\[\]>]|-{1,2}|\S"
)


def _closed(tag: Tag, text: str) -> dict[str, Tag]:
    return dict.fromkeys(text.split(), tag)


_CLASSES: dict[str, Tag] = {
    **_closed("det", "a an the its their his her our your my each every some any no another both"),
    **_closed("det", "these those all this several many few most either first second third"),
    **_closed(
        "prep", "of in on at by for from with into onto over under above below between among"
    ),
    **_closed(
        "prep", "across through during within without per via against toward towards than as"
    ),
    **_closed("prep", "about around near like until till after before upon along behind beyond"),
    **_closed("prep", "despite including excluding versus since up down out off throughout plus"),
    **_closed("prep", "past compared according regarding concerning worth amid"),
    **_closed("and", "and or but nor while whereas &"),
    **_closed("if", "if when where whose because although though once unless provided whenever"),
    **_closed("rel", "which who that whom what"),
    **_closed("aux", "is are was were be been being am has have had having do does did will would"),
    **_closed("aux", "shall should can could may might must cannot ought"),
    **_closed("pron", "it we they he she you i them us him there this ones themselves itself"),
    **_closed("not", "not never neither no-one nobody"),
    **_closed("adv", "already now so far also still then currently nearly almost just even again"),
    **_closed(
        "adv", "further more most well soon later together alone respectively annually yearly"
    ),
    **_closed(
        "adv",
        "aside bit able likely due yet so only roughly some too ever thus hence here today once",
    ),
    **_closed(
        "adv",
        "twice less ahead away thereby thereafter nonetheless nevertheless furthermore likewise"
        " otherwise afterwards hitherto henceforth always often sometimes perhaps indeed meantime"
        " nowadays hereby",
    ),
    **_closed("adv", "instead back abroad home altogether meanwhile moreover however therefore"),
    "to": "to",
    "n't": "not",
    "'ll": "aux",
    "'s": "det",
}


_NOT_ADVERBS = listed_words("en", "not_adverbs")


def scanned(page: Page, start: int, end: int) -> list[Word]:
    """The plain words, with what the scanners found put in place of its words."""
    spans: list[tuple[int, int, Tag]] = [
        (one.start, one.end, "time") for one in page.times_in(start, end)
    ]
    spans += [(_begin(page, one), one.end, "number") for one in page.quantities_in(start, end)]
    spans.sort()
    found: list[Word] = []
    at = start
    for first, last, tag in spans:
        if first < at:
            continue
        found += _plain(page, at, first)
        found.append(Word(first, last, page.folded[first:last].lower(), tag))
        at = last
    return [*found, *_plain(page, at, end)]


def _begin(page: Page, one: Quantity) -> int:
    """Where a number begins: with its comparator, unless that is a verb ("exceeded")."""
    lead = page.folded[one.start : one.number_start].lower().split()
    return one.number_start if any(word in verbs() for word in lead) else one.start


def _plain(page: Page, start: int, end: int) -> list[Word]:
    return [
        Word(found.start(), found.end(), text := found.group().lower(), _first_tag(text))
        for found in _TOKEN.finditer(page.folded, start, end)
        if found.group() != '"'
    ]


def _first_tag(text: str) -> Tag:
    tag = _CLASSES.get(text)
    if tag:
        return tag
    if not text[0].isalnum():
        return "mark"
    return "adv" if text.endswith("ly") and text not in _NOT_ADVERBS else "noun"
