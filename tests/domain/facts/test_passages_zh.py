"""Whole Chinese passages: what is promised, what is due and what happened in each, and no more.

`families/zh_passages.txt` holds passages parted by a line of `====`. `T:` gives the title, `P:` the
day of publication, each `->` one fact: `measure` with its amounts as in `benefits_zh`, `deadline`
and `event` with kind (or several, parted by `/`), day and, where it matters, clock and status.
Behind `;` follow attributes of which a part must stand in the fact: `who`, `base`, `by`, `inst`.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.facts.fact import Fact
from domain.reading import read
from tests.domain.facts.test_benefits_zh import _said, _wanted

FILE = Path(__file__).parent / "families" / "zh_passages.txt"
READ = ("measure", "deadline", "event")
NAMES = {"who": "eligible", "base": "rate_base", "by": "responsible", "inst": "instrument"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    title: str
    published: str
    text: str
    facts: tuple[str, ...]


def _passage(block: str) -> Passage:
    heads = {"T: ": "", "P: ": "2025-08-28"}
    text, facts = [], []
    for line in block.strip().split("\n"):
        if line[:3] in heads:
            heads[line[:3]] = line[3:]
        elif line.startswith("-> "):
            facts.append(line[3:])
        else:
            text.append(line)
    title, published = heads.values()
    return Passage(title=title, published=published, text="\n".join(text), facts=tuple(facts))


PASSAGES = [_passage(block) for block in FILE.read_text("utf-8").strip().split("\n====\n")]


@pytest.mark.parametrize("passage", [pytest.param(one, id=one.text[:40]) for one in PASSAGES])
def test_a_passage_holds_what_it_says_and_no_more(passage: Passage) -> None:
    reading = read(passage.text, title=passage.title, published=passage.published)
    found = [fact for fact in reading.facts if fact.type in READ]
    missing = []
    for line in passage.facts:
        met = next((fact for fact in found if _fits(line, fact)), None)
        if met is None:
            missing.append(line)
        else:
            found.remove(met)
    assert (missing, found) == ([], [])


def _fits(line: str, fact: Fact) -> bool:
    head, *attributes = (part.strip() for part in line.split(";"))
    kind, _, rest = head.partition(" ")
    if fact.type != kind or not all(_has(fact, one) for one in attributes):
        return False
    if kind == "measure":
        wanted = _wanted(rest)
        return _said(fact, wanted) == wanted
    kinds, day, *more = rest.split()
    on = fact.time is not None and (fact.time.end == day or _whole(fact, day))
    return (
        on and fact.attributes["kind"] in kinds.split("/") and all(_is(fact, one) for one in more)
    )


def _whole(fact: Fact, day: str) -> bool:
    """A month or a year, or two days with ~ between."""
    time = fact.time
    if time is None:
        return False
    first, _, last = day.partition("~")
    if last:
        return (time.start, time.end) == (first, last)
    return len(day) < len(time.end) and time.start.startswith(day) and time.end.startswith(day)


def _is(fact: Fact, word: str) -> bool:
    clock = fact.time.clock if fact.time else None
    return word == clock if ":" in word else word == fact.status


def _has(fact: Fact, one: str) -> bool:
    name, _, part = one.partition("=")
    return any(words in str(fact.attributes.get(NAMES[name], "")) for words in part.split("/"))
