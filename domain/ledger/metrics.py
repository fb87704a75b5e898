"""One figure over time, as all sources state it: a dated series, targets beside what came true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.facts.fact import Fact
from domain.facts.stated import Stated
from domain.ledger.entry import Entry, joined, precedence
from domain.ledger.likeness import alike, comparable, compatible, key

_LIKE = 0.6
"""From here on two subjects in one script are one."""

Kind = Literal["actual", "target", "forecast", "planned"]
_KINDS: dict[str, Kind] = {"target": "target", "forecast": "forecast", "planned": "planned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What a figure was, or is to be, at one time."""

    start: date | None
    end: date | None
    """None: the articles do not say; it is as of when they came out."""
    kind: Kind
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One figure over time, the oldest point first."""

    subject: str
    unit: str | None
    points: tuple[Point, ...]


def series(stated: Iterable[Stated]) -> tuple[Series, ...]:
    """Gather metrics and targets into series, those with the most points first."""
    groups: list[list[Stated]] = []
    for one in sorted(stated, key=precedence):
        home = next((group for group in groups if _one_thing(group, one)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    found = [_series(group) for group in groups]
    return tuple(sorted(found, key=lambda one: (-len(one.points), one.subject)))


def same_figure(one: Fact, other: Fact) -> bool:
    """Tell whether two facts are of one figure, whatever they say of it and of which time.

    In one script by subject; across languages by what is counted, where, and the same value at
    the same time: a coincidence of all these is no coincidence.
    """
    if one.unit != other.unit or _apart(one, other, "place"):
        return False
    if comparable(one.subject, other.subject):
        return key(one.subject) == key(other.subject) or (
            alike(one.subject, other.subject) >= _LIKE and not _apart(one, other, "indicator")
        )
    indicator = one.attributes.get("indicator")
    named = indicator not in (None, "other") and indicator == other.attributes.get("indicator")
    return named and one.value == other.value and _when(one) == _when(other)


def _one_thing(group: Sequence[Stated], one: Stated) -> bool:
    return any(same_figure(other.fact, one.fact) for other in group)


def _series(group: Sequence[Stated]) -> Series:
    times: dict[tuple[object, ...], list[Stated]] = {}
    for one in group:
        times.setdefault((_kind(one.fact), *_occasion(one)), []).append(one)
    points = [
        Point(
            start=_when(told[0].fact)[0],
            end=_when(told[0].fact)[1],
            kind=_kind(told[0].fact),
            entry=entry,
        )
        for told in times.values()
        for entry in joined(told, _one_occasion, _agree)
    ]
    lead = group[0].fact
    return Series(subject=lead.subject, unit=lead.unit, points=tuple(sorted(points, key=_order)))


def _occasion(one: Stated) -> tuple[object, ...]:
    """Return the time a figure is of; where none is given, the month in which it was told."""
    if one.fact.time is not None:
        return _when(one.fact)
    return one.article.when.year, one.article.when.month


def _one_occasion(_one: Stated, _other: Stated) -> float:
    return 1.0


def _agree(one: Stated, other: Stated) -> bool:
    return compatible(one.fact, other.fact)


def _order(point: Point) -> tuple[date, Kind, int]:
    said = point.end or point.entry.lead.article.when.date()
    return said, point.kind, point.entry.lead.number


def _when(fact: Fact) -> tuple[date | None, date | None]:
    if fact.time is None:
        return None, None
    return date.fromisoformat(fact.time.start), date.fromisoformat(fact.time.end)


def _kind(fact: Fact) -> Kind:
    return "target" if fact.type == "target" else _KINDS.get(fact.status, "actual")


def _apart(one: Fact, other: Fact, name: str) -> bool:
    mine, theirs = one.attributes.get(name), other.attributes.get(name)
    return bool(mine and theirs and mine != theirs)
