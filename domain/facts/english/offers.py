"""Whether a sum or percentage is something to be had, and which part it plays in the benefit."""

import re

from domain.facts.amounts import AmountRole
from domain.facts.english.giving import (
    BENEFIT,
    CONDITION,
    COST,
    CUTTING,
    EACH_OF,
    FURTHER,
    GETTING,
    GIVER,
    GIVING,
    GIVING_PHRASE,
    GROWTH,
    HANDING,
    INSTALMENTS,
    LABEL,
    LED_BY_EACH,
    LENDING,
    LIMIT,
    LIMIT_BEHIND,
    LOAN_RATE,
    MOVES,
    NAMED_BEHIND,
    NO_BENEFIT,
    NOT_COVERED,
    OF_PEOPLE,
    OTHER_RATE,
    OWN_SHARE,
    OWN_THING,
    PAID_FOR,
    PAID_FOR_EACH,
    PARALLEL,
    PER_ONE,
    PRICE,
    RAISED,
    RATE_BEHIND,
    REDUCED_RATE,
    SCHEDULE,
    SHARE,
    THERE_IS,
    TO_RECIPIENT,
    TO_SOMEBODY,
    VALUED,
)
from domain.facts.english.outlays import is_changed, is_no_promise, is_own_budget, is_paid_out
from domain.facts.english.pots import (
    A_FUND,
    AVAILABLE,
    GOES_TO,
    INTO_POT,
    OF_IT,
    OF_VOUCHERS,
    OF_WHICH,
    POT,
    SPENT_ON,
    TO_FUNDS,
    TOTALS,
    is_apposed,
    is_pooled,
)
from domain.facts.english.questions import ASKED, ASKED_BACK, ASKED_LIMIT, ASKED_POT
from domain.facts.english.surroundings import Around
from domain.facts.quantity import Quantity


def role_of(
    here: Around, quantity: Quantity, offered: bool, last: AmountRole | None
) -> AmountRole | None:
    """Return the part an amount plays in a benefit, or None where it is no part of any.

    `last` is the part of the amount before it in the sentence.
    """
    if quantity.kind == "percent":
        return _rate(here, quantity, offered, last)
    if quantity.kind != "money":
        return None
    if NOT_COVERED.match(here.after):
        return "threshold" if offered or here.told else None
    if is_no_promise(here) or is_paid_out(here) or (quantity.written and quantity.value <= 1):
        return None
    if last == "cap" and here.gapped and quantity.comparator == "eq" and _TIER.search(here.before):
        return "cap"
    return _of_pot(here, last) or _sum_of(here, quantity, offered, last)


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
    if last and _limited(here, quantity) and _OF_MEASURE.match(here.after):
        return "per_unit"
    if last and _limited(here, quantity) and not OWN_THING.search(here.before):
        of_one = last in ("rate", "per_unit", "fixed") and TOTALS.search(here.before)
        return "cap" if of_one or not is_pooled(here, quantity) else "pool"
    return _sum(here, quantity, offered, last)


_TIER = re.compile(r"\b(?:and|or|while)\s(?:[A-Z]{3}\s?)?\Z")
""" "2 million for a large firm and | 1 million for a small one"."""


def _gives(here: Around) -> bool:
    told = here.before + here.after
    return here.lemma in GIVING | GETTING or bool(
        GIVING_PHRASE.search(told) or THERE_IS.search(here.before)
    )


def _hands(here: Around, offered: bool, limit: bool) -> bool:
    """Whether "pays", "provides" is the giving of a benefit."""
    if here.lemma not in HANDING or PAID_FOR.match(here.after):
        return False
    if offered or limit or TO_SOMEBODY.search(here.lead + here.before):
        return True
    if TO_RECIPIENT.match(here.after):
        return True
    return bool(EACH_OF.match(here.after) and GIVER.search(here.lead + here.before))


def _rate(
    here: Around, quantity: Quantity, offered: bool, last: AmountRole | None
) -> AmountRole | None:
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


RISING = ("rise", "increase", "grow", "double", "stand", "total", "raise", "amount")


def _is_no_rate(here: Around, offered: bool) -> bool:
    """A percentage that rises or falls, of a condition, of people, of a payment by stages."""
    lemma = here.lemma
    if lemma in ("bear", "contribute", "raise") and here.least:
        return True  # "partners must bear no less than 40% of the costs"
    if LOAN_RATE.search(here.before) and LENDING.search(f"{here.label} {here.lead}{here.before}"):
        return not COST.match(" " + here.after.lstrip())
    if INSTALMENTS.search(here.before) or INSTALMENTS.search(here.lead):
        return True
    if here.conditional or OF_PEOPLE.match(here.after) or SCHEDULE.match(here.after):
        return True
    if lemma in CUTTING:
        saved = re.search(r"\bcosts?\b", here.before) and not PRICE.search(here.before)
        return bool(saved)
    if lemma in MOVES:
        return not (offered and SHARE.search(here.before) and RAISED.search(here.before))
    return bool(OF_WHICH.search(here.before))


_AT_RATE = re.compile(r"\b(?:by|at|with)\s\Z")
_HELPING = frozenset(
    ("subsidise", "subsidize", "reimburse", "refund", "match", "compensate", "rebate", "discount")
)
"""Whoever does this to a share of something gives it."""


def _is_rate(here: Around, quantity: Quantity, offered: bool) -> bool:
    lemma = here.lemma
    if lemma in _HELPING and (not here.past or _AT_RATE.search(here.before)):
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
    if of_cost and (_gives(here) or lemma in HANDING or named or offered):
        return True
    if lemma in CUTTING and PRICE.search(here.before + here.lead):
        return True
    return offered and (_gives(here) or lemma in HANDING or named)


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
            if offered or _gives(here) or BENEFIT.search(here.lead + here.after)
            else None
        )
    if not _is_offered(here, offered, limit, last):
        return None
    if is_own_budget(here, offered) or is_changed(here):
        return None
    if limit and _OF_MEASURE.match(here.after):
        return "per_unit"
    if limit and not is_pooled(here, quantity):
        return "cap"
    if is_pooled(here, quantity):
        return "pool"
    if quantity.comparator in ("le", "lt"):
        return "cap"
    if here.gapped and last == "per_unit":
        return "cap" if PER_ONE.match(here.after) else "per_unit"
    many = re.match(r"\s(?:each|apiece)\b", here.after) and _MANY.search(here.before)
    each = (
        many
        or EACH_OF.match(here.after)
        or PAID_FOR_EACH.match(here.after)
        or LED_BY_EACH.search(here.lead + here.before)
    )
    return "per_unit" if each else "fixed"


_OF_MEASURE = re.compile(
    r"\s?(?:/|per |an? |for each |for every )(?:square (?:metre|meter)|sq\.? ?m|m2|m\u00b2"
    r"|hour|card|gpu|kwh|tonne|ton"
    r"|petaflops?|pflops|p\b|terabyte|tb|token|million tokens|kilowatt|mu\b)",
    re.IGNORECASE,
)
"""A measure of which one applicant has many: a limit for one of them is no limit of his."""
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


def _is_condition(here: Around, quantity: Quantity) -> bool:
    """ "Firms whose revenue exceeds", "on a salary of … or above", "reaches RMB 500,000"."""
    if BENEFIT.search(_CLAUSE_TAIL.split(here.before)[-1]):
        return False
    if _gives(here) and not here.conditional:
        named = CONDITION.search(here.before) and quantity.comparator in ("gt", "ge")
        return bool(named) and not BENEFIT.search(here.before) and not POT.search(here.before)
    near = re.split(r"[,;]", here.before)[-1]
    if here.conditional or (OWN_THING.search(near) and quantity.comparator in ("lt", "le")):
        return True
    return bool(CONDITION.search(here.before)) and quantity.comparator in ("gt", "ge")


_FOR_SOMEBODY = re.compile(
    r"\s?(?:,\s)?(?:(?:one-?off|once|flat|each|a (?:year|month)|per (?:[\w-]+ ){1,2})[ ,]*)*"
    r"(?:for|to) (?!the (?:first|second))[\w -]{3,60}",
    re.IGNORECASE,
)
""" "Talent: RMB 10,000 | per month for postdoctoral researchers"."""
_RENT = re.compile(r"\brents?\b", re.IGNORECASE)


def _is_lower_rent(here: Around) -> bool:
    """ "Pays 30 yuan per square metre, a third of the market rent": what is asked, not given."""
    return (
        here.lemma == "pay"
        and bool(EACH_OF.match(here.after))
        and bool(_RENT.search(here.after) or _RENT.search(here.lead + here.before))
        and bool(re.search(r"\b(?:market|normal|usual|full|standard|instead)\b", here.after))
    )


_SUMS = ("fixed", "cap", "per_unit", "pool")


def _is_offered(here: Around, offered: bool, limit: bool, last: AmountRole | None) -> bool:
    if LABEL.search(here.label) and (
        offered or limit or BENEFIT.search(here.label) or POT.search(here.label)
    ):
        return True
    named = BENEFIT.search(here.before) or NAMED_BEHIND.match(here.after)
    next_one = last == "per_unit" and EACH_OF.match(here.after)
    if ((here.gapped or next_one) and last in _SUMS and offered) or INTO_POT.match(here.after):
        return True
    if last in _SUMS and offered and FURTHER.search(here.before):
        return True
    if offered and len(POT.findall(here.before)) and here.lemma in RISING:
        return True
    bare = offered and not here.verb and not re.search(r"[a-z]{2}", here.before)
    if bare and here.label and _FOR_SOMEBODY.match(here.after):
        return True
    if bare and ASKED.search(here.topic) and not ASKED_BACK.search(here.topic):
        return True
    if (here.lemma in NO_BENEFIT and not named) or VALUED.match(here.after):
        return False
    if (
        named
        or (AVAILABLE.match(here.after) and LENDING.search(here.before))
        or OF_VOUCHERS.match(here.after)
        or ((offered or limit) and AVAILABLE.match(here.after))
    ):
        return True
    if POT.search(here.before) or is_apposed(here):
        return True
    return _gives(here) or _hands(here, offered, limit) or (limit and offered)
