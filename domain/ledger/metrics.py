"""One figure over time, as all sources state it: a dated series, targets beside what came true."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from domain.facts.fact import Fact
from domain.facts.stated import Stated
from domain.ledger.entry import Entry, joined, precedence
from domain.ledger.figure import Figure, figure_of
from domain.ledger.likeness import compatible, number

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

    figure: Figure
    """What sets it apart from others."""
    subject: str
    unit: str | None
    points: tuple[Point, ...]


def series(stated: Iterable[Stated]) -> tuple[Series, ...]:
    """Gather metrics and targets into series, those with the most points first."""
    groups: dict[Figure, list[Stated]] = {}
    for one in sorted(stated, key=precedence):
        groups.setdefault(figure_of(one), []).append(one)
    for figure, group in list(groups.items()):
        whole, parts = _without_parts(group)
        groups[figure] = whole
        groups |= {figure._replace(by=f"f{one.number}"): [one] for one in parts}
    found = [_series(figure, group) for figure, group in _met(groups).items()]
    return tuple(sorted(found, key=lambda one: (-len(one.points), one.subject)))


def _without_parts(group: Sequence[Stated]) -> tuple[list[Stated], list[Stated]]:
    """Set apart what cannot be the figure itself: no article contradicts itself.

    Of two values of one time in one article the largest is what there is in all; the others are
    what was added, or a part of it, whatever their words.
    """
    largest: dict[tuple[object, ...], Stated] = {}
    for one in group:
        at = (one.article.id, _kind(one.fact), *_occasion(one))
        if at not in largest or _amount(one) > _amount(largest[at]):
            largest[at] = one
    whole: list[Stated] = []
    parts: list[Stated] = []
    for one in group:
        best = largest[one.article.id, _kind(one.fact), *_occasion(one)]
        (whole if compatible(best.fact, one.fact) else parts).append(one)
    return whole, parts


def _amount(one: Stated) -> Decimal:
    return number(one.fact.value) or Decimal(0)


def _met(groups: Mapping[Figure, list[Stated]]) -> dict[Figure, list[Stated]]:
    """Join what is one figure in two languages: what is counted, where, and a value at a time.

    A coincidence of all these is no coincidence, whatever their other words.
    """
    found: dict[Figure, list[Stated]] = {}
    for figure, group in groups.items():
        twin = next((one for one in found if _translates(one, figure, found[one], group)), None)
        if twin is None:
            found[figure] = list(group)
        else:
            found[twin] += group
    return found


def _translates(
    mine: Figure, theirs: Figure, one: Sequence[Stated], other: Sequence[Stated]
) -> bool:
    where = mine.place, mine.unit, bool(mine.place)
    if where != (theirs.place, theirs.unit, True) or mine.rest.isascii() == theirs.rest.isascii():
        return False
    same = bool(mine.things) and mine.things == theirs.things
    return same and bool(_values(one) & _values(other))


def _values(group: Iterable[Stated]) -> set[tuple[object, ...]]:
    """Return each value with its time and what it was taken for, where all are known."""
    return {
        (one.fact.attributes["indicator"], one.fact.value, *_when(one.fact))
        for one in group
        if one.fact.time and one.fact.attributes.get("indicator") not in (None, "other")
    }


def _series(figure: Figure, group: Sequence[Stated]) -> Series:
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
    return Series(
        figure=figure,
        subject=lead.subject,
        unit=lead.unit,
        points=tuple(sorted(points, key=_order)),
    )


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
