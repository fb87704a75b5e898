"""Whether a sum or percentage is something to be had, and which part it plays in the benefit."""

import re

from domain.facts.amounts import AmountRole
from domain.facts.english.giving import (
    BENEFIT,
    CONDITION,
    EACH_OF,
    GIVING,
    LED_BY_EACH,
    LIMIT,
    LIMIT_BEHIND,
    LIMIT_MOVED,
    MOVES,
    NOT_COVERED,
    OFF_PRICE,
    OWN_SHARE,
    OWN_THING,
    PAID_FOR_EACH,
    PER_ONE,
)
from domain.facts.english.offering import OF_MEASURE, gives, is_offered
from domain.facts.english.outlays import is_changed, is_no_promise, is_own_budget, is_paid_out
from domain.facts.english.pots import (
    A_FUND,
    GOES_TO,
    OF_IT,
    POT,
    SPENT_ON,
    TO_FUNDS,
    TOTALS,
    is_pooled,
)
from domain.facts.english.questions import ASKED_BACK, ASKED_LIMIT, ASKED_POT
from domain.facts.english.rates import role_of_rate
from domain.facts.english.surroundings import Around
from domain.facts.quantity import Quantity


def role_of(
    here: Around, quantity: Quantity, offered: bool, last: AmountRole | None
) -> AmountRole | None:
    """Return the part an amount plays in a benefit, or None where it is no part of any.

    `last` is the part of the amount before it in the sentence.
    """
    if quantity.kind == "percent":
        return role_of_rate(here, quantity, offered, last)
    if quantity.kind != "money":
        return None
    moved = LIMIT_MOVED.search(here.before)
    if moved:
        return _of_moved((moved["what"] or moved["what2"]).lower(), here.before, quantity)
    if NOT_COVERED.match(here.after):
        return "threshold" if offered or here.told else None
    if is_no_promise(here) or is_paid_out(here) or (quantity.written and quantity.value <= 1):
        return None
    if (
        last == "cap"
        and here.lemma in MOVES
        and re.search(r"\bto\s(?:[A-Z]{3}\s?)?\Z", here.before)
    ):
        return "cap"  # "for those who also get the voucher it drops to 3.5 million"
    if last == "cap" and here.gapped and quantity.comparator == "eq" and _TIER.search(here.before):
        return "cap"
    return _of_pot(here, last) or _sum_of(here, quantity, offered, last)


_FINES = re.compile(
    r"\b(?:fines?|fined|penalt(?:y|ies)|penali[sz]ed|sanctions?)\b[^.;]{0,40}\Z", re.IGNORECASE
)
_CEILING = re.compile(r"\b(?:ceiling|cap|maximum|limit|at most|no more than)\b", re.IGNORECASE)


def is_certain(here: Around, quantity: Quantity, role: AmountRole | None) -> bool:
    """Return whether the words leave no doubt: no likelihood learnt elsewhere weighs against them.

    What is taken back, given back, fined or not covered is no benefit; a labelled limit is a cap.
    """
    if quantity.kind != "money":
        return False
    if role == "cap":
        return bool(_CEILING.search(here.label)) or bool(LIMIT_MOVED.search(here.before))
    if role == "threshold":
        return bool(NOT_COVERED.match(here.after))
    return role is None and (is_no_promise(here) or bool(_FINES.search(here.before)))


def _of_moved(what: str, before: str, quantity: Quantity) -> AmountRole:
    """What a limit, a pot or a sum is since it was changed."""
    if what.startswith(("budget", "pot", "pool", "quota")) or quantity.value >= _SHARED:
        return "pool"
    if LED_BY_EACH.search(before):
        return "per_unit"
    limit = what.startswith(("ceil", "cap", "lim", "max")) or quantity.comparator == "le"
    return "cap" if limit else "fixed"


_SHARED = 100_000_000
"""No applicant gets as much: such a limit is that of a pot."""


def _of_pot(here: Around, last: AmountRole | None) -> AmountRole | None:
    """A sum that is spent on benefits, or a part of a pot that was told before."""
    if SPENT_ON.match(here.after) and not here.past:
        return "pool"
    if last != "pool" or here.conditional:
        return None
    return "pool" if GOES_TO.match(here.after) or OF_IT.match(here.after) else None


def _sum_of(
    here: Around, quantity: Quantity, offered: bool, last: AmountRole | None
) -> AmountRole | None:
    if A_FUND.match(here.after) or TO_FUNDS.match(here.after):
        return None
    if last and _limited(here, quantity) and OF_MEASURE.match(here.after):
        return "per_unit"
    if last and _limited(here, quantity) and not OWN_THING.search(here.before):
        of_one = last in ("rate", "per_unit", "fixed") and (
            TOTALS.search(here.before) or here.gapped or here.lemma in GIVING
        )
        return "cap" if of_one or not is_pooled(here, quantity) else "pool"
    return _sum(here, quantity, offered, last)


_TIER = re.compile(r"\b(?:and|or|while)\s(?:[A-Z]{3}\s?)?\Z")
""" "2 million for a large firm and | 1 million for a small one"."""


def _asked(here: Around, quantity: Quantity) -> AmountRole | None:
    """ "What is the maximum?", "How much money is there?": the question says what a sum is."""
    if here.conditional or here.past:
        return None
    if ASKED_POT.search(here.topic):
        return "pool"
    if ASKED_BACK.search(here.topic):
        return None
    limit = ASKED_LIMIT.search(here.topic) and quantity.comparator == "eq"
    return "cap" if limit else None


def _sum(
    here: Around, quantity: Quantity, offered: bool, last: AmountRole | None
) -> AmountRole | None:
    asked = _asked(here, quantity)
    if asked or _is_lower_rent(here):
        return asked or "per_unit"
    limit = _limited(here, quantity)
    if OWN_SHARE.search(here.label) or _is_condition(here, quantity):
        return (
            "threshold"
            if offered or gives(here) or BENEFIT.search(here.lead + here.after)
            else None
        )
    if not is_offered(here, offered, limit, last):
        return None
    if is_own_budget(here, offered) or is_changed(here):
        return None
    if limit and OF_MEASURE.match(here.after):
        return "per_unit"
    if is_pooled(here, quantity):
        return "pool"
    if limit or quantity.comparator in ("le", "lt"):
        return "cap"
    return _of_one(here, last)


def _of_one(here: Around, last: AmountRole | None) -> AmountRole:
    """A set sum, or one for each of several things."""
    if here.gapped and last == "per_unit":
        return "cap" if PER_ONE.match(here.after) else "per_unit"
    if OFF_PRICE.match(here.after):
        return "per_unit" if _EVERY.search(here.after) else "fixed"
    many = re.match(r"\s(?:each|apiece)\b", here.after) and _MANY.search(here.before)
    each = (
        many
        or EACH_OF.match(here.after)
        or PAID_FOR_EACH.match(here.after)
        or LED_BY_EACH.search(here.lead + here.before)
    )
    return "per_unit" if each else "fixed"


_EVERY = re.compile(r"\b(?:every|each|per)\b", re.IGNORECASE)
_MANY = re.compile(r"s (?:of|worth)\s(?:[A-Z]{3}\s?)?\Z", re.IGNORECASE)
"""Vouchers of 20,000 yuan each: one recipient may have several."""


def _limited(here: Around, quantity: Quantity) -> bool:
    near = re.split(r"[,;]|\d[\d,.]*\s", here.before)[-1]
    return (
        quantity.comparator in ("le", "lt")
        or bool(LIMIT.search(f"{here.label}: {near}"))
        or bool(LIMIT_BEHIND.match(here.after))
    )


_CLAUSE_TAIL = re.compile(r"\b(?:whose|which|that|where|if|when)\b", re.IGNORECASE)


_AS_BENEFIT = re.compile(rf"\s(?:as an?|in)\s(?:[\w-]+\s){{0,3}}?{BENEFIT.pattern}", re.IGNORECASE)
""" "Graduates who join a company 30,000 yuan | as a settling-in allowance"."""
_STARTS = re.compile(
    r"\b(?:starts?|begins?|kicks? in) (?:at|from|with)\s(?:[A-Z]{3}\s?)?\Z", re.IGNORECASE
)
""" "The grant | starts at CNY 100,000 and ends at 2 million"."""


def _is_condition(here: Around, quantity: Quantity) -> bool:
    """ "Firms whose revenue exceeds", "on a salary of … or above", "reaches RMB 500,000"."""
    if _STARTS.search(here.before):
        return True
    if _AS_BENEFIT.match(here.after):
        return False
    if BENEFIT.search(_CLAUSE_TAIL.split(here.before)[-1]):
        return False
    if gives(here) and not here.conditional:
        named = CONDITION.search(here.before) and quantity.comparator in ("gt", "ge")
        return bool(named) and not BENEFIT.search(here.before) and not POT.search(here.before)
    near = re.split(r"[,;]", here.before)[-1]
    if here.conditional or (OWN_THING.search(near) and quantity.comparator in ("lt", "le")):
        return True
    return bool(CONDITION.search(here.before)) and quantity.comparator in ("gt", "ge")


_RENT = re.compile(r"\brents?\b", re.IGNORECASE)


def _is_lower_rent(here: Around) -> bool:
    """ "Pays 30 yuan per square metre, a third of the market rent": what is asked, not given."""
    return (
        here.lemma == "pay"
        and bool(EACH_OF.match(here.after))
        and bool(_RENT.search(here.after) or _RENT.search(here.lead + here.before))
        and bool(re.search(r"\b(?:market|normal|usual|full|standard|instead)\b", here.after))
    )
