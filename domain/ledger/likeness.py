"""How alike two subjects are, and whether two figures can both be true."""

import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from domain.facts.fact import Fact
from domain.text.fold import fold

ROUNDING = Decimal("0.03")
"""How far two figures may be apart where one of them is rounded or only about."""


@lru_cache(maxsize=4096)
def key(subject: str) -> str:
    """Return what counts of a subject: letters, characters and digits, simplified, in one case."""
    folded = fold(unicodedata.normalize("NFKC", fold(subject))).casefold()
    return "".join(one for one in folded if one.isalnum())


def alike(one: str, other: str) -> float:
    """Return 0 to 1: the share of neighbouring pairs of characters that two subjects share."""
    mine, theirs = _pairs(one), _pairs(other)
    if not mine or not theirs:
        return float(bool(mine or theirs) and key(one) == key(other))
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def comparable(one: str, other: str) -> bool:
    """Tell whether two subjects are in one script, so that likeness says something."""
    return key(one).isascii() == key(other).isascii()


def compatible(one: Fact, other: Fact) -> bool:
    """Tell whether both figures can be true: equal, rounded, or within the other's bound."""
    mine, theirs = number(one.value), number(other.value)
    if mine is None or theirs is None or one.unit != other.unit:
        return one.value == other.value and one.unit == other.unit
    if mine == theirs:
        return number(one.value_high) == number(other.value_high)
    return _allows(one, mine, theirs) or _allows(other, theirs, mine)


def number(text: str | None) -> Decimal | None:
    """Return the number of a fact's field."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _allows(said: Fact, limit: Decimal, value: Decimal) -> bool:
    """超过1000亿 and 1026亿 agree, 超过1000亿 and 2000亿 do not: nobody rounds so far."""
    near = abs(limit - value) <= abs(limit) * ROUNDING
    match said.comparator:
        case "gt" | "ge":
            return value >= limit and (near or abs(value - limit) <= abs(limit) * Decimal("0.1"))
        case "lt" | "le":
            return value <= limit and (near or abs(value - limit) <= abs(limit) * Decimal("0.1"))
        case "approx":
            return near
        case "range":
            high = number(said.value_high)
            return high is not None and limit <= value <= high
        case _:
            return False


@lru_cache(maxsize=4096)
def _pairs(subject: str) -> frozenset[str]:
    """A figure is compared with hundreds: its pairs are found once."""
    text = key(subject)
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
