"""A quantity as it stands in a text: a number, its unit, and how exactly it is meant."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from domain.facts.fact import Comparator

QuantityKind = Literal["money", "percent", "count", "area", "compute", "bytes", "duration", "times"]

SIGNS: dict[str, Comparator] = {
    **dict.fromkeys(("≥", "≧", "⩾", ">="), "ge"),
    **dict.fromkeys(("≤", "≦", "⩽", "<="), "le"),
    **dict.fromkeys((">", "＞", "﹥"), "gt"),
    **dict.fromkeys(("<", "＜", "﹤"), "lt"),
    "≈": "approx",
}
SIGN = re.compile(rf"(?P<sign>{'|'.join(SIGNS)})[ ]?\Z")
"""A sign that compares, right before a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number with its unit; offsets into the text."""

    start: int
    """Where the words of the comparator begin, or the number if there are none."""
    number_start: int
    end: int
    """Behind the unit and what qualifies it (以上, or more)."""
    kind: QuantityKind
    value: Decimal
    high: Decimal | None = None
    unit: str
    """As in the contract: CNY, percent, count, PFLOPS, m2 …"""
    comparator: Comparator = "eq"
    counter: str = ""
    """Counts only: the Chinese classifier (家), or the English noun phrase behind the number."""
    per: str = ""
    """What the amount is for, where it is written at it: 元/平方米, yuan per month."""
    subject: str = ""
    """Tables only: the first cell of the row."""
    negative: bool = False
    written: bool = False
    """Written in words (三家, five zones)."""
