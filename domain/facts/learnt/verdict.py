"""What rules and opinion come to: a rule's word counts, and is outvoted by signs strong enough."""

from typing import cast

from domain.facts.amounts import AmountRole
from domain.facts.fact import FactType, Moment, Status
from domain.facts.learnt.opinion import Opinion, of_day, of_quantity
from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.facts.when import When

NUMBERS = {"en": 2.0, "zh": 2.0}
DAYS = {"en": 1.5, "zh": 2.0}
"""How much a rule's word weighs, as the logarithm of odds, by language: found on articles that
neither the rules nor the weights had seen (docs/decisions/0017)."""

_AMOUNT = "amount "


def role(page: Page, quantity: Quantity, ruled: AmountRole | None) -> AmountRole | None:
    """Return the part a number plays in a benefit, None where it plays none."""
    opinion = _amended(page, quantity)
    if opinion is None:
        return ruled
    weight = NUMBERS[page.language]
    outside = max(value for name, value in opinion.items() if not name.startswith(_AMOUNT))
    best, most = None, outside + (weight if ruled is None else 0.0)
    for name, value in opinion.items():
        if name.startswith(_AMOUNT):
            own = name.removeprefix(_AMOUNT)
            total = value + (weight if own == ruled else 0.0)
            if total > most:
                best, most = own, total
    return cast("AmountRole | None", best)


def kind(page: Page, quantity: Quantity, ruled: FactType | None) -> FactType | None:
    """Return what a number outside of benefits states, None where it states nothing wanted."""
    opinion = _amended(page, quantity)
    if opinion is None:
        return ruled
    weight = NUMBERS[page.language]
    scores = {
        name: value + (weight if name == (ruled or "none") else 0.0)
        for name, value in opinion.items()
        if not name.startswith(_AMOUNT)
    }
    best = max(scores, key=lambda name: scores[name])
    return None if best == "none" else cast("FactType", best)


def status(page: Page, kind: FactType, ruled: Status, moment: Moment | None) -> Status:
    """Return a status that goes with the kind: only a target is aimed at."""
    if kind == "target":
        return "target"
    if ruled != "target":
        return ruled
    if kind == "investment" or page.published is None or moment is None:
        return "planned"
    return "achieved" if moment.end <= page.published.isoformat() else "planned"


def day(page: Page, when: When, ruled: FactType | None) -> FactType | None:
    """Return what a day is of, an event or a deadline, None where it is of neither."""
    opinion = of_day(page, when)
    if opinion is None:
        return ruled
    weight = DAYS[page.language]
    scores = {
        name: value + (weight if name == (ruled or "none") else 0.0)
        for name, value in opinion.items()
    }
    best = max(scores, key=lambda name: scores[name])
    return None if best == "none" else cast("FactType", best)


def _amended(page: Page, quantity: Quantity) -> Opinion | None:
    key = ("learnt number", quantity.number_start, quantity.end)
    if key not in page.told:
        page.told[key] = of_quantity(page, quantity)
    found: Opinion | None = page.told[key]
    return found
