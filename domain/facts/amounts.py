"""The amounts of a benefit and the part each plays: pool, cap, fixed, per unit, rate, threshold."""

from dataclasses import dataclass
from typing import Literal

from domain.facts.fact import Comparator
from domain.facts.numerals import plain
from domain.facts.page import Sentence
from domain.facts.quantity import Quantity

AmountRole = Literal["pool", "cap", "fixed", "per_unit", "rate", "threshold"]
Period = Literal["once", "year", "project", "total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One sum or percentage of a benefit."""

    role: AmountRole
    quantity: Quantity
    period: Period | None
    start: int
    """Where the clause of the amount begins."""
    sentence: Sentence

    def as_json(self) -> dict[str, object]:
        """Return it as the contract writes it."""
        high = self.quantity.high
        found: dict[str, object] = {
            "role": self.role,
            "value": plain(self.quantity.value),
            "unit": self.quantity.unit,
            "comparator": self.comparator,
            "period": self.period,
            "start": self.quantity.start,
            "end": self.quantity.end,
        }
        return found | {"value_high": plain(high)} if high is not None else found

    @property
    def comparator(self) -> Comparator:
        """A cap is at most what it says, also where it says "beyond that, no more"."""
        if self.role == "cap" and self.quantity.comparator in ("eq", "approx", "gt", "ge"):
            return "le"
        return self.quantity.comparator
