"""Families of sentences: what a mechanism has to cover, and the facts that a reader finds in each.

A family is a text file. Blocks are parted by an empty line: first the text as it stands, then,
indented, one line for each fact that it holds; a block without such lines holds none. A line reads

    metric =103bn CNY gt achieved @2024 industry_scale counted~firms : output

the type, then words that the fact must have in any order: `=value` or `=low~high` (k, m, bn, t for
the powers of a thousand), unit, comparator, status, `@` and the time, the attributes that are plain
words, `name~part` for one that is text or a list, of a measure `role=value` with its unit and
`role/comparator` or `role/period`; after the colon a part of the subject.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.facts.fact import Fact
from domain.reading import read

HERE = Path(__file__).parent
PUBLISHED = "2025-09-15"
"""Every sentence is read as published on this Monday."""

SCALES = {"k": 3, "m": 6, "bn": 9, "t": 12}
NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(k|m|bn|t)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text and the facts that are expected in it."""

    text: str
    facts: tuple[str, ...]


def family(name: str) -> Iterator[Example]:
    """The examples of one file."""
    for block in (HERE / f"{name}.txt").read_text("utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        text = "\n".join(line for line in lines if not line.startswith("  "))
        yield Example(text=text, facts=tuple(line[2:] for line in lines if line.startswith("  ")))


def unmet(example: Example) -> tuple[list[str], list[str]]:
    """What is expected and not found, and what is found and not expected."""
    found = list(read(example.text, published=PUBLISHED).facts)
    missing = []
    for line in sorted(example.facts, key=len, reverse=True):
        fitting = next((fact for fact in found if fits(line, fact)), None)
        if fitting is None:
            missing.append(line)
        else:
            found.remove(fitting)
    return missing, [shown(fact) for fact in found]


def fits(line: str, fact: Fact) -> bool:
    """Whether a fact is what the line says."""
    wanted, _, subject = line.partition(" : ")
    if subject.strip().casefold() not in fact.subject.casefold():
        return False
    have = _words(fact)
    return all(_has(_plain(word), have, fact.attributes) for word in wanted.split())


def shown(fact: Fact) -> str:
    """A fact as a line of a family."""
    return " ".join([fact.type, *sorted(_words(fact) - {fact.type}), ":", fact.subject])


def _has(word: str, have: set[str], attributes: Mapping[str, Any]) -> bool:
    name, tilde, part = word.partition("~")
    if not tilde or "=" in word:
        return word in have
    name = {"base": "rate_base"}.get(name, name)
    wanted = part.replace("_", " ").casefold()
    return wanted in str(attributes.get(name, "")).casefold()


def _plain(word: str) -> str:
    """A word with its numbers written out."""
    if "=" not in word:
        return word
    role, _, value = word.partition("=")
    return f"{role}={NUMBER.sub(_written_out, value)}"


def _written_out(match: re.Match[str]) -> str:
    digits, scale = match[1], SCALES.get(match[2] or "", 0)
    whole, _, part = digits.partition(".")
    return whole + (part.ljust(scale, "0") if scale else f".{part}" if part else "")


def _words(fact: Fact) -> set[str]:
    words = {fact.type, fact.status, *(v for v in fact.attributes.values() if isinstance(v, str))}
    words |= {word for word in (fact.unit, fact.comparator) if word}
    if fact.value is not None:
        words.add(f"={_span(fact.value, fact.value_high)}")
    for amount in fact.attributes.get("amounts", ()):
        words |= _amount_words(amount)
    for moment in (fact.time, *fact.attributes.get("dates", ())):
        if moment is not None:
            words |= {f"@{time}" for time in _times(moment)}
            words |= {moment.clock} if moment.clock else set()
    return words


def _amount_words(amount: Mapping[str, Any]) -> set[str]:
    role = amount["role"]
    value = _span(amount["value"], amount.get("value_high"))
    said = {f"{role}/{amount[key]}" for key in ("comparator", "period") if amount.get(key)}
    return {f"{role}={value}{amount['unit']}", *said}


def _span(low: str, high: str | None) -> str:
    return f"{low}~{high}" if high else low


def _times(moment: Any) -> set[str]:
    """The forms a line may give a time in: its last day or month or year, and the whole stretch."""
    start, end = moment.start, moment.end
    forms = {end, f"{start}/{end}"}
    if start[:7] == end[:7] and moment.precision != "day":
        forms.add(end[:7])
    if start[:4] == end[:4] and start.endswith("01-01") and end.endswith("12-31"):
        forms.add(end[:4])
    if start.endswith("01-01") and end.endswith("12-31"):
        forms.add(f"{start[:4]}/{end[:4]}")
    quarter = (int(end[5:7]) + 2) // 3
    if moment.precision == "quarter":
        forms.add(f"{end[:4]}-Q{quarter}")
    if moment.precision == "half":
        forms.add(f"{end[:4]}-H{(quarter + 1) // 2}")
    return forms
