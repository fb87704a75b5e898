"""Mentions with what they are, to learn from: labelled articles, and sentences that rules hold."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

import msgspec

from domain.facts.learnt import verdict
from domain.facts.learnt.signs import (
    named,
    signs_of_page,
    signs_of_quantity,
    signs_of_sentence,
    signs_of_time,
)
from domain.facts.learnt.weights import Subject
from domain.facts.page import Page, page
from domain.reading import read
from tests.corpus.gold import interval
from tests.domain.facts import benefit_pages_zh, benefits_zh, deadlines_zh
from tests.domain.facts.families import PUBLISHED, family
from tests.domain.facts.test_benefits_zh import EVERY
from tests.domain.facts.test_english_families import ENGLISH
from tests.domain.facts.test_families import _PUBLISHED, _lines
from tests.domain.facts.test_passages_zh import PASSAGES

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a mention is: of which type or role, and of which kind."""

    what: str
    kind: str = ""


NOTHING = Label(what="none")
Told = dict[int, Label]
"""What mentions are, by where they begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One mention: its signs, what it is by its label, and what the rules take it for."""

    group: str
    """The article it is of: examples of one article are never learnt from and judged on."""
    subject: Subject
    language: Language
    signs: tuple[str, ...]
    label: str
    ruled: str


def of_articles(folders: Iterable[str]) -> Iterator[Example]:
    """Yield the mentions of all labelled articles in those folders of the corpus."""
    for folder in folders:
        for path in sorted((CORPUS / folder).glob("*.json")):
            case = json.loads(path.read_text("utf-8"))
            if case.get("score_facts", True) is not False:
                yield from _of_article(case)


def of_sentences() -> Iterator[Example]:
    """Yield the mentions of the sentences that the rules are held to by tests.

    The tests say that the rules read them rightly, so what the rules say is the label.
    """
    for number, (text, title, published) in enumerate(_sentences()):
        prepared, told = _prepared(text, title, published)
        ruled = _ruled(prepared, told)
        yield from _examples(f"sentence {number}", prepared, ruled, ruled, ())


def _sentences() -> Iterator[tuple[str, str, str]]:
    for name in ENGLISH:
        yield from ((one.text, "", PUBLISHED) for one in family(name))
    yield from ((text, "", _PUBLISHED) for text, _ in _lines())
    yield from ((text, "", PUBLISHED) for text, _ in EVERY)
    yield from ((one, "", PUBLISHED) for one in benefits_zh.NOTHING)
    yield from ((one.text, one.title, one.published) for one in PASSAGES)
    title = "关于组织申报人工智能项目的通知"
    yield from ((text, title, "2025-08-20") for text, _ in deadlines_zh.DUE + deadlines_zh.TABLES)
    yield from ((text, title, "2025-08-20") for text in deadlines_zh.NOT_DUE)
    yield from ((text, title, PUBLISHED) for title, text, *_ in benefit_pages_zh.PAGES)


def _prepared(text: str, title: str, published: str | None) -> tuple[Page, dict[str, Any]]:
    with patch.object(verdict, "TRUST", None):
        reading = read(text, title=title, published=published)
    told: dict[str, Any] = json.loads(msgspec.json.encode(reading))
    language: Language = "en" if told["language"] == "en" else "zh"
    day = date.fromisoformat(published) if published else None
    return page(told["text"], told["title"], language, day), told


def _of_article(case: dict[str, Any]) -> Iterator[Example]:
    published = case["published"][:10] if case.get("published") else None
    prepared, told = _prepared(case["text"], case["title"], published)
    numbers: Told = {}
    days: Told = {}
    for fact in case["facts"]:
        spans = list(_found(prepared.text, _several(fact["evidence"])))
        if fact["type"] in ("event", "deadline"):
            _label_day(prepared, fact, spans, days)
        for value, label in _values(fact):
            _label_number(prepared, value, label, spans, numbers)
    either = list(_found(prepared.text, case.get("optional", ())))
    yield from _examples(case["id"], prepared, (numbers, days), _ruled(prepared, told), either)


def _examples(
    group: str,
    prepared: Page,
    told: tuple[Told, Told],
    ruled: tuple[Told, Told],
    either: Sequence[tuple[int, int]],
) -> Iterator[Example]:
    titled = named(signs_of_page(prepared))
    for sentence in prepared.sentences:
        around = [*titled, *named(signs_of_sentence(prepared, sentence))]
        numbers = prepared.quantities_in(sentence.start, sentence.end)
        days = prepared.times_in(sentence.start, sentence.end)
        seen = [
            *((q.number_start, 0, signs_of_quantity(prepared, sentence, q)) for q in numbers),
            *((w.start, 1, signs_of_time(prepared, sentence, w)) for w in days),
        ]
        for at, which, own in seen:
            if not any(start <= at < end for start, end in either):
                label, rule = told[which].get(at, NOTHING), ruled[which].get(at, NOTHING)
                for subject, one, other in _asked(which, label, rule):
                    yield Example(
                        group=group,
                        subject=subject,
                        language=prepared.language,
                        signs=(*around, *named(own)),
                        label=one,
                        ruled=other,
                    )


def _asked(which: int, label: Label, rule: Label) -> Iterator[tuple[Subject, str, str]]:
    """The questions that a mention answers: what it is, then of what kind."""
    yield ("days" if which else "numbers"), label.what, rule.what
    of_kind: dict[str, Subject] = {"event": "events", "deadline": "deadlines"}
    if label.what in of_kind and label.kind:
        same = rule.what == label.what
        yield of_kind[label.what], label.kind, rule.kind if same else ""


def _values(fact: dict[str, Any]) -> Iterator[tuple[Decimal, Label]]:
    if fact["type"] == "measure":
        for amount in fact["attributes"].get("amounts", ()):
            role = _several(amount["role"])[0]
            yield _size(amount["value"]), Label(what=f"amount {role}")
    elif fact["type"] in ("target", "metric", "investment"):
        yield _size(fact["value"]), Label(what=fact["type"])


def _label_number(
    prepared: Page, value: Decimal, label: Label, spans: list[tuple[int, int]], numbers: Told
) -> None:
    for start, end in spans:
        for one in prepared.quantities_in(start, end):
            sizes = (abs(one.value), one.high)
            if value in sizes and one.number_start not in numbers:
                numbers[one.number_start] = label
                return


def _label_day(
    prepared: Page, fact: dict[str, Any], spans: list[tuple[int, int]], days: Told
) -> None:
    time = _several(fact.get("time"))[0]
    time = time.get("end") if isinstance(time, dict) else time
    if not time:
        return
    first, last = interval(time)
    for start, end in spans:
        for when in prepared.times_in(start, end):
            if when.last == last or when.first == first:
                days[when.start] = Label(what=fact["type"], kind=_kind(fact))
                return


def _ruled(prepared: Page, told: dict[str, Any]) -> tuple[Told, Told]:
    """What the rules take the numbers and the days of a page for."""
    numbers: Told = {}
    days: Told = {}
    for fact in told["facts"]:
        spans = [(e["start"], e["end"]) for e in fact["evidence"] if e["field"] == "text"]
        if fact["type"] == "measure":
            for amount in fact["attributes"]["amounts"]:
                for one in prepared.quantities_in(amount["start"], amount["end"]):
                    numbers[one.number_start] = Label(what=f"amount {amount['role']}")
        elif fact["type"] in ("event", "deadline"):
            _rule_day(prepared, fact, spans, days)
        elif fact["value"] is not None:
            label = Label(what=fact["type"])
            _label_number(prepared, _size(fact["value"]), label, spans, numbers)
    return numbers, days


def _rule_day(
    prepared: Page, fact: dict[str, Any], spans: list[tuple[int, int]], days: Told
) -> None:
    if fact["time"] is None:
        return
    for start, end in spans:
        for when in prepared.times_in(start, end):
            if when.last.isoformat() == fact["time"]["end"]:
                days[when.start] = Label(what=fact["type"], kind=_kind(fact))
                return


def _found(text: str, quotes: Iterable[str]) -> Iterator[tuple[int, int]]:
    for quote in quotes:
        start = text.find(quote)
        while start >= 0:
            yield start, start + len(quote)
            start = text.find(quote, start + 1)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _size(value: object) -> Decimal:
    try:
        return abs(Decimal(str(value)))
    except InvalidOperation:
        return Decimal(-1)


def _kind(fact: dict[str, Any]) -> str:
    return _several(fact.get("attributes", {}).get("kind"))[0] or ""
