"""Whether an English percentage is the rate of a benefit."""

import re

from domain.facts.amounts import AmountRole
from domain.facts.english.giving import (
    BENEFIT,
    COST,
    CUTTING,
    GROWTH,
    HANDING,
    INSTALMENTS,
    LABEL,
    LENDING,
    LIMIT,
    LOAN_RATE,
    MOVES,
    OF_PEOPLE,
    OTHER_RATE,
    PAID_IN_PARTS,
    PARALLEL,
    PRICE,
    RAISED,
    RATE_BEHIND,
    REDUCED_RATE,
    SCHEDULE,
    SHARE,
)
from domain.facts.english.offering import gives
from domain.facts.english.pots import (
    OF_WHICH,
)
from domain.facts.english.surroundings import Around
from domain.facts.quantity import Quantity


def role_of_rate(
    here: Around, quantity: Quantity, offered: bool, last: AmountRole | None
) -> AmountRole | None:
    """Return "rate" where a percentage is the rate of a benefit, else None."""
    if last == "per_unit" and quantity.written:
        return None
    if last == "rate" and PARALLEL.match(here.before):
        return "rate"
    if quantity.unit == "percentage_point":
        return "rate" if here.lemma in ("subsidise", "subsidize", "discount") else None
    if _is_no_rate(here, offered):
        return None
    if here.gapped and offered and last == "rate" and not GROWTH.search(here.before):
        return "rate"
    return "rate" if _is_rate(here, quantity, offered) else None


def _is_no_rate(here: Around, offered: bool) -> bool:
    """A percentage that rises or falls, of a condition, of people, of a payment by stages."""
    lemma = here.lemma
    if lemma in ("bear", "contribute", "raise") and here.least:
        return True  # "partners must bear no less than 40% of the costs"
    if LOAN_RATE.search(here.before) and LENDING.search(f"{here.label} {here.lead}{here.before}"):
        return not COST.match(" " + here.after.lstrip())
    if PAID_IN_PARTS.match(here.after) or here.before.endswith("remaining "):
        return True
    if INSTALMENTS.search(here.before) or INSTALMENTS.search(here.lead):
        return True
    if here.conditional or OF_PEOPLE.match(here.after) or SCHEDULE.match(here.after):
        return True
    if lemma in CUTTING:
        saved = re.search(r"\bcosts?\b", here.before) and not PRICE.search(here.before)
        return bool(saved)
    if _SHARE_OF_FUNDS.search(here.before) and COST.match(" " + here.after.lstrip()):
        return False
    if lemma in MOVES:
        return not (offered and SHARE.search(here.before) and RAISED.search(here.before))
    return bool(OF_WHICH.search(here.before))


_SHARE_OF_FUNDS = re.compile(
    r"\b(?:funds?|subsid(?:y|ies)|support|grants?|money)\s(?:\w+\s)?(?:accounts? for"
    r"|makes? up|amounts? to)\b"
    r"[^,.;]{0,24}\Z",
    re.IGNORECASE,
)
""" "Central funds account for no more than | 20% of the total investment"."""
_AT_RATE = re.compile(r"\b(?:by|at|with)\s\Z")
_HELPING = frozenset(
    ("subsidise", "subsidize", "reimburse", "refund", "match", "compensate", "rebate", "discount")
)
"""Whoever does this to a share of something gives it."""


def _is_rate(here: Around, quantity: Quantity, offered: bool) -> bool:
    lemma = here.lemma
    if lemma in _HELPING and (not here.past or _AT_RATE.search(here.before)):
        return True
    if _SHARE_OF_FUNDS.search(here.before):
        return True
    of_cost = bool(COST.match(" " + here.after.lstrip())) or quantity.written
    shared = bool(SHARE.search(here.before)) and not OTHER_RATE.search(here.before)
    named = bool(BENEFIT.search(here.before)) or bool(LIMIT.search(here.before) and of_cost)
    named = named or (offered and shared)
    cut = bool(RATE_BEHIND.match(here.after))
    if (named and shared) or (REDUCED_RATE.search(here.before) and PRICE.search(here.before)):
        return True
    if cut or LABEL.search(here.label):
        named = named or bool(BENEFIT.search(here.label))
        return offered or named or of_cost or not here.label or cut
    if of_cost and (gives(here) or lemma in HANDING or named or offered):
        return True
    if lemma in CUTTING and PRICE.search(here.before + here.lead):
        return True
    return offered and (gives(here) or lemma in HANDING or named)
