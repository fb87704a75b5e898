"""The same benefit as several articles state it, and what became of it from version to version."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from domain.facts.fact import Fact
from domain.facts.stated import Stated
from domain.ledger.entry import Entry, joined
from domain.ledger.likeness import alike, comparable, number

_SURE = 0.8
"""From here on two subjects are one, whatever their amounts."""
_LIKELY = 0.4
"""From here on they are one where an amount agrees, too."""
_FAINT = 0.33
"""Between two versions enough, where the kind and an amount stayed the same."""
_WORDED = 0.7
"""In other figures but these words two articles speak of one benefit, and contradict each other."""
_FIGURES = re.compile(r"[\d.,]+")
_Amount = tuple[Any, Any, Any]
_ROLES = ("pool", "rate", "cap", "fixed", "per_unit", "threshold")

Direction = Literal["up", "down", "new", "gone", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What became of one amount of a measure."""

    role: str
    direction: Direction
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A measure in two versions; None where a version does not have it."""

    before: Fact | None
    after: Fact | None
    shifts: tuple[Shift, ...] = ()


def join(stated: Iterable[Stated]) -> tuple[Entry, ...]:
    """Return each benefit once, for measures of one document or one story.

    Confirmed by those whose amounts agree as far as they name the same ones.
    """
    return joined(stated, lambda one, other: sameness(one.fact, other.fact), agree)


def sameness(one: Fact, other: Fact) -> float:
    """Return how surely two measures are one benefit; 0 where they are not.

    Amounts need no language: two of them in common are enough between English and Chinese, or one
    sum where the other article says no more. In one script the subject has to be alike, or the
    words but for their figures.
    """
    mine, theirs = _amounts(one), _amounts(other)
    shared = len(mine & theirs)
    kind = one.attributes.get("instrument") == other.attributes.get("instrument")
    if not comparable(one.subject, other.subject):
        whole = bool(mine) and mine == theirs and kind
        part = _is_part(mine, theirs, kind=kind)
        return shared + kind if shared >= 2 or whole or part else 0.0
    near, said = alike(one.subject, other.subject), _nearness(one, other)
    if near >= _SURE or (said >= _LIKELY and shared) or shared >= 3:
        return shared + max(near, said) + kind
    if kind and _roles(mine) == _roles(theirs) and _worded(one, other) >= _WORDED:
        return shared + kind
    return 0.0


def _is_part(mine: set[_Amount], theirs: set[_Amount], *, kind: bool) -> bool:
    """One article names a sum, the other that sum and more; what a programme spends is told by it
    alone, a cap only where the instrument is the same.
    """
    shared = mine & theirs
    roles = {role for role, _, unit in shared if unit != "percent"}
    return bool(roles) and shared in (mine, theirs) and (kind or roles == {"pool"})


def _roles(amounts: set[_Amount]) -> set[Any]:
    return {role for role, _, _ in amounts}


def _worded(one: Fact, other: Fact) -> float:
    """Return how alike the words are that state two measures, whatever their figures."""
    return alike(*(_FIGURES.sub("", given.evidence[0].quote) for given in (one, other)))


def agree(one: Stated, other: Stated) -> bool:
    """Tell whether no amount of the same role contradicts."""
    mine, theirs = by_role(one.fact), by_role(other.fact)
    return all(equal(mine[role], theirs[role]) for role in mine.keys() & theirs.keys())


def compare(before: Sequence[Fact], after: Sequence[Fact]) -> tuple[Difference, ...]:
    """Return what became of each measure: changed ones first, then new, gone, unchanged.

    A measure is known again by its subject, and by its instrument where that leaves a doubt.
    """
    pairs = sorted(
        (
            (_kept(old, new), -at, -to)
            for at, old in enumerate(before)
            for to, new in enumerate(after)
        ),
        reverse=True,
    )
    old_to_new: dict[int, int] = {}
    for score, at, to in pairs:
        if score and -at not in old_to_new and -to not in old_to_new.values():
            old_to_new[-at] = -to
    kept = [
        Difference(before=before[at], after=after[to], shifts=_shifts(before[at], after[to]))
        for at, to in sorted(old_to_new.items())
    ]
    new = [one for to, one in enumerate(after) if to not in old_to_new.values()]
    gone = [one for at, one in enumerate(before) if at not in old_to_new]
    found = [*kept, *(Difference(before=None, after=one) for one in new)]
    found += [Difference(before=one, after=None) for one in gone]
    return tuple(sorted(found, key=_telling))


def by_role(fact: Fact) -> dict[str, Mapping[str, Any]]:
    """Return a measure's amounts by role, of several in one role the first."""
    found: dict[str, Mapping[str, Any]] = {}
    for one in _given(fact):
        found.setdefault(str(one.get("role")), one)
    return found


def _kept(old: Fact, new: Fact) -> float:
    """Return how surely a measure became another; its words may have changed, not its kind."""
    if not comparable(old.subject, new.subject):
        return 0.0
    near, said = alike(old.subject, new.subject), _nearness(old, new)
    shared = len(_amounts(old) & _amounts(new))
    same = old.attributes.get("instrument") == new.attributes.get("instrument")
    if near >= _LIKELY or (said >= _FAINT and same and shared):
        return 2 * near + 0.5 * said + 0.2 * same + 0.1 * shared
    return 0.0


def _nearness(one: Fact, other: Fact) -> float:
    """Return how alike two measures are put, by their subjects or by their own words."""
    said = alike(one.evidence[0].quote, other.evidence[0].quote)
    return max(alike(one.subject, other.subject), said)


def _shifts(old: Fact, new: Fact) -> tuple[Shift, ...]:
    mine, theirs = by_role(old), by_role(new)
    found = []
    for role in (*_ROLES, *sorted((mine.keys() | theirs.keys()) - set(_ROLES))):
        before, after = mine.get(role), theirs.get(role)
        if before is not None and after is not None and equal(before, after):
            continue
        if before is not None or after is not None:
            direction = _direction(before, after)
            found.append(Shift(role=role, direction=direction, before=before, after=after))
    return tuple(found)


def _direction(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Direction:
    if before is None:
        return "new"
    if after is None:
        return "gone"
    old, new = number(before.get("value")), number(after.get("value"))
    if old is None or new is None or before.get("unit") != after.get("unit") or old == new:
        return "changed"
    return "up" if new > old else "down"


def _telling(difference: Difference) -> int:
    if difference.before and difference.after:
        return 0 if difference.shifts else 3
    return 1 if difference.after else 2


def equal(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two amounts are the same sum or share."""
    return (one.get("value"), one.get("unit")) == (other.get("value"), other.get("unit"))


def _amounts(fact: Fact) -> set[_Amount]:
    return {(one.get("role"), one.get("value"), one.get("unit")) for one in _given(fact)}


def _given(fact: Fact) -> list[Mapping[str, Any]]:
    given = fact.attributes.get("amounts")
    return [one for one in given or () if isinstance(one, Mapping)]
