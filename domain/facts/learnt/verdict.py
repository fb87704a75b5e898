"""What rules and opinion come to: a rule's word counts, and is outvoted by signs strong enough."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar, cast

from domain.facts.amounts import AmountRole
from domain.facts.fact import FactType, Moment, Status
from domain.facts.learnt.opinion import Opinion, of_day, of_quantity
from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.facts.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How much a rule's word weighs, as the logarithm of odds, by what the rule says.

    Found on articles that neither the rules nor the weights had seen (docs/decisions/0017).
    """

    amount: float = 2.0
    """This number plays this part in a benefit."""
    no_amount: float = 0.75
    """This number plays no part in a benefit."""
    kind: float = 1.5
    """This number is a target, a metric, an investment."""
    nothing: float = 2.0
    """This number is nothing that is wanted."""
    event: Mapping[str, float] = field(default_factory=lambda: {"en": 6.0, "zh": 4.0})
    deadline: float = 4.0
    no_day: float = 0.5
    """Nothing happens on this day and nothing is due."""
    which: float = 3.0
    """This event it is."""
    due: float = 2.0
    """This is what is due."""


TRUST: Trust | None = Trust()
"""None: the rules alone, as they are before anything is learnt from them."""

_AMOUNT: Final = "amount "
_NONE: Final = "none"


def role(page: Page, quantity: Quantity, ruled: AmountRole | None) -> AmountRole | None:
    """Return the part a number plays in a benefit, None where it plays none."""
    opinion = _once(page, "number", quantity, quantity.number_start, of_quantity)
    if TRUST is None or opinion is None:
        return ruled
    inside = {name: one for name, one in opinion.items() if name.startswith(_AMOUNT)}
    outside = [one for name, one in opinion.items() if not name.startswith(_AMOUNT)]
    in_favour = TRUST.amount if ruled else -TRUST.no_amount
    if _together(inside.values()) + in_favour <= _together(outside):
        return None
    if ruled and f"{_AMOUNT}{ruled}" in inside:
        inside[f"{_AMOUNT}{ruled}"] += TRUST.amount
    return cast("AmountRole", _likeliest(inside).removeprefix(_AMOUNT))


def _together(likely: Iterable[float]) -> float:
    """How likely it is that one of several is it."""
    return math.log(sum(math.exp(one) for one in likely))


def kind(page: Page, quantity: Quantity, ruled: FactType | None) -> FactType | None:
    """Return what a number outside of benefits states, None where it states nothing wanted."""
    opinion = _once(page, "number", quantity, quantity.number_start, of_quantity)
    if TRUST is None or opinion is None:
        return ruled
    outside = {name: one for name, one in opinion.items() if not name.startswith(_AMOUNT)}
    return _type(outside, ruled, TRUST.kind if ruled else TRUST.nothing)


def day(page: Page, when: When, ruled: FactType | None) -> FactType | None:
    """Return what a day is of, an event or a deadline, None where it is of neither."""
    opinion = _once(page, "day", when, when.start, of_day)
    if TRUST is None or opinion is None:
        return ruled
    certain = {"event": TRUST.event[page.language], "deadline": TRUST.deadline}
    weight = certain.get(ruled or _NONE, TRUST.no_day)
    return _type(dict(opinion), ruled, weight)


def event_kind(page: Page, when: When, ruled: str | None) -> str | None:
    """Return which event happens on a day; None where neither a rule nor an opinion knows."""
    return _which(of_day(page, when, "events") if TRUST else None, ruled, "which")


def due_kind(page: Page, when: When, ruled: str | None) -> str | None:
    """Return what is due by a day."""
    return _which(of_day(page, when, "deadlines") if TRUST else None, ruled, "due")


def status(page: Page, kind: FactType, ruled: Status, moment: Moment | None) -> Status:
    """Return a status that goes with the kind of a number: only a target is aimed at."""
    if kind == "target":
        return "target"
    if ruled != "target":
        return ruled
    if kind == "investment" or page.published is None or moment is None:
        return "planned"
    return "achieved" if moment.end <= page.published.isoformat() else "planned"


def _which(opinion: Opinion | None, ruled: str | None, what: Literal["which", "due"]) -> str | None:
    if TRUST is None or opinion is None:
        return ruled
    likely = dict(opinion)
    if ruled:
        likely[ruled] = likely.get(ruled, _UNHEARD) + getattr(TRUST, what)
    return _likeliest(likely)


_UNHEARD = -5.0
"""How likely a kind is that no labelled article has."""


def _type(likely: dict[str, float], ruled: FactType | None, weight: float) -> FactType | None:
    likely[ruled or _NONE] += weight
    best = _likeliest(likely)
    return None if best == _NONE else cast("FactType", best)


def _likeliest(likely: Mapping[str, float]) -> str:
    return max(likely, key=lambda name: likely[name])


Mention = TypeVar("Mention", Quantity, When)


def _once(
    page: Page,
    what: str,
    mention: Mention,
    at: int,
    ask: Callable[[Page, Mention], Opinion | None],
) -> Opinion | None:
    """The opinion of a mention: it is asked for by several rules, and formed once."""
    key = (f"learnt {what}", at, mention.end)
    if TRUST is not None and key not in page.told:
        page.told[key] = ask(page, mention)
    found: Opinion | None = page.told.get(key)
    return found
