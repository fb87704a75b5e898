"""One figure over time, as all sources state it: a dated series, targets beside what came true."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Literal

from domain.facts.fact import Fact
from domain.facts.stated import Stated
from domain.gazetteer import names
from domain.ledger.entry import Entry, joined, precedence
from domain.ledger.likeness import alike, comparable, compatible, key
from domain.text.fold import fold

_LIKE = 0.6
"""From here on two subjects in one script are one."""

Kind = Literal["actual", "target", "forecast", "planned"]
PARTS = ("half", "quarter")
"""Times that are no whole years: their sums cannot be compared with those of years."""
_KINDS: dict[str, Kind] = {"target": "target", "forecast": "forecast", "planned": "planned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What a figure was, or is to be, at one time."""

    start: date | None
    end: date | None
    """None: the articles do not say; it is as of when they came out."""
    kind: Kind
    entry: Entry

    @property
    def is_partial(self) -> bool:
        """Whether it is of a half or a quarter: what flows in it is less than in a year."""
        time = self.entry.lead.fact.time
        return time is not None and time.precision in PARTS


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
        # It may be what two figures have in common that looked like two until now.
        homes = [group for group in groups if _one_thing(group, one)]
        groups = [group for group in groups if all(group is not home for home in homes)]
        groups.append([*chain.from_iterable(homes), one])
    found = [_series(group) for group in groups]
    return tuple(sorted(found, key=lambda one: (-len(one.points), one.subject)))


def same_figure(one: Fact, other: Fact) -> bool:
    """Tell whether two facts are of one figure, whatever they say of it and of which time.

    In one script by subject; across languages by what is counted, where, and the same value at
    the same time: a coincidence of all these is no coincidence.
    """
    if one.unit != other.unit or _elsewhere(one, other):
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
    lead = min(group, key=precedence).fact
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


def _elsewhere(one: Fact, other: Fact) -> bool:
    """Tell whether both name a place, and not the same one; 成都 and Chengdu are the same."""
    mine, theirs = _place(one), _place(other)
    return bool(mine and theirs and mine != theirs)


def _place(fact: Fact) -> str:
    return _placed(str(fact.attributes.get("place") or ""))


@lru_cache(maxsize=1024)
def _placed(written: str) -> str:
    """Return what the gazetteer calls a place; "全市" and "the city" name none by themselves."""
    if _COLLECTIVE.fullmatch(written):
        return ""
    folded = fold(written)
    whole = (name for name in names(folded) if name.end - name.start == len(folded))
    return next((name.entry.id for name in whole), folded.casefold())


_COLLECTIVE = re.compile(
    r"[我本该全][省市区县国]|(?:the (?:city|province|zone)|citywide|nationwide)", re.I
)


def _apart(one: Fact, other: Fact, name: str) -> bool:
    mine, theirs = one.attributes.get(name), other.attributes.get(name)
    return bool(mine and theirs and mine != theirs)
