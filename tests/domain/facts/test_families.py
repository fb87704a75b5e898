"""Families of forms: one-line sentences written from knowledge of the genre, each with its facts.

A line of `families/*.txt` is `sentence | expectation ; expectation`, or `sentence | none`. An
expectation is a type and what matters of the fact: `@2027` its time, `=words` in its subject,
`#indicator`, `/place`, `role:…`, `by:…` an investor, a number with its unit, a comparator, a
status, a kind. Alternatives are parted by commas.
"""

import calendar
import re
from decimal import Decimal
from pathlib import Path

import pytest

from domain.facts.fact import Fact
from domain.reading import read

_PUBLISHED = "2025-09-11"
_FAMILIES = Path(__file__).parent / "families"
_READ = {"target", "metric", "investment", "event"}
_COMPARATORS = {"eq", "gt", "ge", "lt", "le", "approx", "range"}
_STATUSES = {"achieved", "in_progress", "planned", "target", "forecast", "negated", "unknown"}


def _lines() -> list[tuple[str, str]]:
    found = []
    for file in sorted(_FAMILIES.glob("*_zh.txt")):
        for line in file.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                sentence, _, expected = line.rpartition(" | ")
                found.append((sentence.replace("\\n", "\n"), expected))
    return found


@pytest.mark.parametrize(("sentence", "expected"), _lines())
def test_a_form_of_the_genre_is_read(sentence: str, expected: str) -> None:
    found = [fact for fact in read(sentence, published=_PUBLISHED).facts if fact.type in _READ]
    wanted = [] if expected == "none" else expected.split(" ; ")
    unmet = []
    for one in wanted:
        met = next((fact for fact in found if not _differences(fact, one.split())), None)
        if met is None:
            unmet.append(one)
        else:
            found.remove(met)
    assert not unmet, [_shown(fact) for fact in found]
    assert not found, [_shown(fact) for fact in found]


def _differences(fact: Fact, expected: list[str]) -> list[str]:
    kinds, *rest = expected
    wrong = [] if fact.type in kinds.split(",") else [kinds]
    return wrong + [token for token in rest if not _holds(fact, token)]


def _holds(fact: Fact, token: str) -> bool:
    if token[0] == "=":
        return token[1:] in fact.subject
    if token[0] == "@":
        return _is_time(fact, token[1:])
    if token[0] == "#":
        return fact.type == "investment" or fact.attributes.get("indicator") == token[1:]
    if token[0] == "/":
        return token[1:] in str(fact.attributes.get("place"))
    if token.startswith("role:"):
        return fact.attributes.get("role") in (*token[5:].split(","), None)
    if token.startswith("by:"):
        return token[3:] in str(fact.attributes.get("investors"))
    words = set(token.split(","))
    if words <= _COMPARATORS:
        return fact.comparator in words
    if words <= _STATUSES:
        return fact.status in words
    return _is_number(fact, token) if token[0].isdigit() else fact.attributes.get("kind") in words


def _is_number(fact: Fact, token: str) -> bool:
    found = re.fullmatch(r"([\d.]+(?:e\d+)?)(万?)(?:~([\d.]+(?:e\d+)?))?(m2|[A-Za-z_]+)", token)
    assert found is not None, token
    value = Decimal(found[1]) * (10**4 if found[2] else 1)
    high = Decimal(found[3]) if found[3] else None
    own = None if fact.value_high is None else Decimal(fact.value_high)
    return fact.unit == found[4] and abs(Decimal(fact.value or 0)) == value and own == high


def _is_time(fact: Fact, token: str) -> bool:
    if token == "-":
        return fact.time is None
    last = token.partition("/")[2] or token
    return fact.time is not None and fact.time.end == _last_day(last)


def _last_day(token: str) -> str:
    year, _, rest = token.partition("-")
    if rest[:1] in ("Q", "H"):
        rest = str(int(rest[1]) * (3 if rest[0] == "Q" else 6))
    month = int(rest[:2]) if rest else 12
    day = int(rest[3:]) if "-" in rest else calendar.monthrange(int(year), month)[1]
    return f"{year}-{month:02d}-{day:02d}"


def _shown(fact: Fact) -> str:
    time = f"@{fact.time.role} {fact.time.start}..{fact.time.end}" if fact.time else "@-"
    number = f"{fact.value}~{fact.value_high}" if fact.value_high else fact.value
    return (
        f"{fact.type} {fact.comparator} {number} {fact.unit} {fact.status} {time}"
        f" ={fact.subject} {dict(fact.attributes)}"
    )
