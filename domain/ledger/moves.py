"""Which figures have moved: what is told now beside what was so before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.facts.stated import Stated
from domain.ledger.entry import precedence
from domain.ledger.figure import figure_of
from domain.ledger.likeness import compatible, number
from domain.ledger.metrics import PARTS

MOST = 4
"""That a picture shows."""
_LOOKED_AT = 20
"""News of so many figures is looked into; a week has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A figure that is another one now."""

    before: Stated
    after: Stated

    @property
    def change(self) -> Decimal:
        """By which part of what it was: 0.18 is 18 % more."""
        old, new = number(self.before.fact.value), number(self.after.fact.value)
        return Decimal(0) if not old or new is None else (new - old) / abs(old)


def moves(news: Iterable[Stated], known: Sequence[Stated]) -> tuple[Move, ...]:
    """Return what has moved, each figure once, the largest changes first.

    Only what came true counts, of a later time than what it is compared with; figures that can
    both be true (rounded ones, bounds) have not moved.
    """
    found: list[Move] = []
    told = sorted(filter(_counts, news), key=precedence)
    for one in sorted(told, key=_day, reverse=True)[:_LOOKED_AT]:
        if any(figure_of(move.after) == figure_of(one) for move in found):
            continue
        earlier = [other for other in known if _precedes(other, one)]
        before = max(earlier, key=_day, default=None)
        if before is None or compatible(before.fact, one.fact):
            continue
        # In another language it is the same figure where both were the same before.
        if not any(figure_of(move.before) == figure_of(before) for move in found):
            found.append(Move(before=before, after=one))
    return tuple(sorted(found, key=lambda move: -abs(move.change))[:MOST])


def _precedes(other: Stated, one: Stated) -> bool:
    if not _counts(other) or _day(other) >= _day(one) or _part(other) != _part(one):
        return False
    return figure_of(other) == figure_of(one)


def _part(one: Stated) -> str:
    """Return "half" or "quarter" where a figure is of one: it is compared with such ones only."""
    time = one.fact.time
    return time.precision if time and time.precision in PARTS else ""


def _counts(one: Stated) -> bool:
    fact = one.fact
    told = fact.type == "metric" and fact.status not in ("forecast", "planned", "negated")
    return told and fact.confidence != "low" and bool(number(fact.value))


def _day(one: Stated) -> date:
    time = one.fact.time
    return date.fromisoformat(time.end) if time else one.article.when.date()
