"""Whether an English sum is on offer: given, handed out, named as a benefit."""

import re

from domain.facts.amounts import AmountRole
from domain.facts.english.giving import (
    BENEFIT,
    COUNTS_ON,
    EACH_OF,
    FURTHER,
    GETTING,
    GIVER,
    GIVING,
    GIVING_PHRASE,
    HANDING,
    LABEL,
    LED_BY_EACH,
    LENDING,
    NAMED_BEHIND,
    NO_BENEFIT,
    OFF_PRICE,
    PAID_FOR,
    THERE_IS,
    TO_RECIPIENT,
    TO_SOMEBODY,
    VALUED,
)
from domain.facts.english.pots import (
    AVAILABLE,
    INTO_POT,
    OF_VOUCHERS,
    POT,
    is_apposed,
)
from domain.facts.english.questions import ASKED, ASKED_BACK
from domain.facts.english.surroundings import Around

OF_MEASURE = re.compile(
    r"\s?(?:/|per |an? |for each |for every )(?:square (?:metre|meter)|sq\.? ?m|m2|m\u00b2"
    r"|hour|card|gpu|kwh|tonne|ton"
    r"|petaflops?|pflops|p\b|terabyte|tb|token|million tokens|kilowatt|mu\b)",
    re.IGNORECASE,
)
"""A measure of which one applicant has many: a limit for one of them is no limit of his."""


def gives(here: Around) -> bool:
    """Return whether a verb of giving or getting governs a sum."""
    told = here.before + here.after
    return here.lemma in GIVING | GETTING or bool(
        GIVING_PHRASE.search(told)
        or THERE_IS.search(here.before)
        or COUNTS_ON.search(here.before)
        or OFF_PRICE.match(here.after)
    )


_EARNS = re.compile(
    r"\b(?:earns?|nets?|brings?|wins?|gets?|fetch(?:es)?|means|is worth)\s"
    r"(?:you|them|him|her|(?:the|an?|its|your|every|each) [\w-]+|compan\w+|firms|start-ups|teams)\s"
    r"(?:an? )?(?:one-off |extra |further |up to )?(?:[A-Z]{3}\s?)?\Z"
)
""" "Local registration | earns you | RMB 150,000"."""


def hands(here: Around, offered: bool, limit: bool) -> bool:
    """Whether "pays", "provides" is the giving of a benefit."""
    if here.lemma == "save":
        return offered and bool(OF_MEASURE.match(here.after))
    if here.lemma not in HANDING or PAID_FOR.match(here.after):
        return False
    if offered or limit or TO_SOMEBODY.search(here.lead + here.before):
        return True
    if TO_RECIPIENT.match(here.after):
        return True
    if _TO_WHOM.match(here.after):
        return bool(
            GIVER.search(here.lead + here.before) or LED_BY_EACH.search(here.lead + here.before)
        )
    each = EACH_OF.match(here.after) or _LED_TO.search(here.lead + here.before)
    return bool(each and GIVER.search(here.lead + here.before))


_LED_TO = re.compile(
    r"(?:\A|[,;] |\band )to (?:the |each |all |every )?(?:[\w-]+ ){0,3}?(?!these|those"
    r"|this)[a-z]{3,}s\b",
    re.IGNORECASE,
)
""" "To foundries that give priority …, the city pays | 5 percent"."""
_TO_WHOM = re.compile(
    r"(?: a (?:month|year))?,? to (?:the |each |every |its )?(?:\w+ )?"
    r"(?:you\b|them\b|us\b|employers?|compan\w+|firms?|teams?|founders?|owners?|hosts?|universit\w+|lab\w*|banks?)\b"
)


_FOR_SOMEBODY = re.compile(
    r"\s?(?:,\s)?(?:(?:one-?off|once|flat|each|a (?:year|month)|per (?:[\w-]+ ){1,2})[ ,]*)*"
    r"(?:for|to) (?!the (?:first|second))[\w -]{3,60}",
    re.IGNORECASE,
)
""" "Talent: RMB 10,000 | per month for postdoctoral researchers"."""
_FOR_WHAT = re.compile(r"\s(?:for|to) (?:the|each|every|an?|any|new|newly|first)\b", re.IGNORECASE)
""" "CNY 2 million | for the first registration of a model": told without a verb."""
_SUMS = ("fixed", "cap", "per_unit", "pool")


def is_offered(here: Around, offered: bool, limit: bool, last: AmountRole | None) -> bool:
    """Return whether a sum is something to be had; `offered`: its sentence speaks of benefits."""
    if LABEL.search(here.label) and (
        offered or limit or BENEFIT.search(here.label) or POT.search(here.label)
    ):
        return True
    if INTO_POT.match(here.after) or (offered and (_goes_on(here, last) or _is_bare(here))):
        return True
    named = BENEFIT.search(here.before) or NAMED_BEHIND.match(here.after)
    if (here.lemma in NO_BENEFIT and not named) or VALUED.match(here.after):
        return False
    if (
        named
        or POT.search(here.before)
        or is_apposed(here)
        or _is_available(here, offered or limit)
    ):
        return True
    return gives(here) or hands(here, offered, limit) or (limit and offered)


def _goes_on(here: Around, last: AmountRole | None) -> bool:
    """Whether it goes on from the sum before it: a tier, a further sum, a pot that has grown."""
    next_one = last == "per_unit" and EACH_OF.match(here.after)
    if _EARNS.search(here.before):
        return True
    if last in _SUMS and (here.gapped or next_one or FURTHER.search(here.before)):
        return True
    return bool(POT.search(here.before)) and here.lemma in RISING


_TO_RANK = re.compile(r"(?:and )?(?:for|to) (?:[a-z-]+ ){1,4}(?:[A-Z]{3}\s?)?", re.IGNORECASE)


def _is_bare(here: Around) -> bool:
    """A sum that stands without words before it: behind a label, as an answer, for something."""
    if _TO_RANK.fullmatch(here.before):
        return True
    if here.verb or re.search(r"[a-z]{2}", here.before):
        return False
    if (here.label and _FOR_SOMEBODY.match(here.after)) or _FOR_WHAT.match(here.after):
        return True
    asked = ASKED.search(here.topic) or (BENEFIT.search(here.topic) and "?" in here.topic)
    return bool(asked) and not ASKED_BACK.search(here.topic)


def _is_available(here: Around, told: bool) -> bool:
    """ "2 million yuan | in vouchers", "is available", "a loan of 1 million | is on offer"."""
    there = AVAILABLE.match(here.after)
    return bool(OF_VOUCHERS.match(here.after)) or bool(
        there and (told or LENDING.search(here.before))
    )


RISING = ("rise", "increase", "grow", "double", "stand", "total", "raise", "amount")
