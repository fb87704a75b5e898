"""What an English rate is a percentage of."""

import re

from domain.facts.amounts import Amount
from domain.facts.english.parties import RECIPIENT
from domain.facts.page import Page

BASE = re.compile(
    r"\s?,?\s?(?:back\s)?(?:(?:calculated|based|measured|reckoned)\s)?(?:of|off|on)\s(?:the\s|their\s|its\s|our\s|those\s|actual\s)?(?P<base>[a-z][^,.;:\n()]{2,60}?)"
    r"(?=\s(?:and(?!\s(?:[\w-]+\s){0,2}(?:fees?|costs?|expens\w+|charges?|rents?|salaries|wages|premiums?"
    r"|spending|investments?|hours|services?|purchases?|outlays?)\b)|up|with|capped|to|for|on|in|at|per|is|are|will|shall|subject|limited|but|though"
    r"|paid|compensated|borne|met|by|reimbursed|refunded|covered|returned|waived|subsidi[sz]ed|which|that|from|over"
    r"|until)\b|[,.;:()\n]|$)",
    re.IGNORECASE,
)
_LED_BASE = re.compile(
    r"(?:\([a-z\d]\)\s|\d{1,2}[.)]\s)?(?:Of|From|On)\s(?:the\s|all\s|their\s|its\s)?(?P<base>[a-z][^,;.\n]{2,80}?)"
    r"(?=,|\s(?:small|large|companies|firms|applicants|the|an?)\b)"
)
""" "Of the fees invoiced by a listed provider, small companies get back 40%"."""
_HALF_OF = re.compile(
    r"\s(?:of\s)?(?:the|their|its|our|your|his|any|all)\s(?P<base>[a-z][^,.;:\n()]{2,60}?)"
    r"(?=\s(?:and|for|on|in|at|up|with|to|over|during|until|is|are|will|shall|but|within)\b"
    r"|[,.;:()\n]|$)",
    re.IGNORECASE,
)
""" "Half | the interest for the first two years"."""
WHAT_THEY_PAY = re.compile(
    r"\s?(?:of|off)\s(?P<base>what\s(?P<who>(?:[\w&'-]+\s){1,6}?)"
    r"(?:pay|pays|paid|spend|spends|spent|invest|invests|invested|lay out|put in)\b"
    r"(?:\s(?:for|on|in|to|into)\s(?:[\w&'-]+\s?){1,6})?)",
    re.IGNORECASE,
)
""" "Half of | what local firms pay for cloud computing"."""
BASE_BEFORE = re.compile(
    r"\b(?P<base>(?:[a-z&-]+\s){0,3}(?:rents?|costs?|fees?|prices?|bills?|premiums?|salary|interest|spending|expenditure|outlays?|wages?|expenses"
    r"|tuition|invoice|loans?))\s(?:[\w-]+\s){0,7}\Z",
    re.IGNORECASE,
)
_LONGEST = 90


_ASKED_BASE = re.compile(
    r"\b(?:share|part|proportion|percentage|portion|much) of (?:my|our|the|your|their|a) "
    r"(?P<base>(?:\w+ ){0,3}?\w+)(?= (?:is|are|will|can|does|do|gets?)\b|\?)"
)


def rate_base(page: Page, group: list[Amount], topic: str = "") -> str | None:
    """Return what a rate is a percentage of; `topic`: the question or heading above may say it."""
    rate = next((one for one in group if one.role == "rate"), None)
    if rate is None:
        return None
    at = rate.quantity.end
    paid = WHAT_THEY_PAY.match(page.folded, at, rate.sentence.end)
    if paid:
        return page.text[slice(*paid.span("base"))].strip()
    following = page.quantities_in(at, min(at + _LONGEST, rate.sentence.end))
    if rate.quantity.written:
        half = _HALF_OF.match(page.folded, at, rate.sentence.end)
        if half:
            return page.text[slice(*half.span("base"))]
    for end in (at, *(one.end for one in following[:1] if one.kind == "percent")):
        found = BASE.match(page.folded, end, min(len(page.folded), end + _LONGEST))
        if found:
            stop = _longer(page, found.end("base"), rate.sentence.end)
            return page.text[found.start("base") : stop]
    before = BASE_BEFORE.search(
        page.folded, max(rate.sentence.start, at - _LONGEST), rate.quantity.start
    )
    if before:
        return page.text[slice(*before.span("base"))].strip()
    led = _LED_BASE.match(page.folded, rate.sentence.start, rate.quantity.start)
    if led:
        return page.text[slice(*led.span("base"))].strip()
    asked = _ASKED_BASE.search(topic)
    return asked["base"] if asked else _by_label(page, rate)


_COST_LABEL = re.compile(
    r"(?:[\w'&-]+\s){0,4}(?:costs?|fees?|rents?|premiums?|expens\w+|expenditures?|wages|salaries|bills?"
    r"|tuition|interest|charges?)",
    re.IGNORECASE,
)
_SUBSIDISED = re.compile(
    r"(?P<base>[A-Z][\w' -]{3,60}?) (?:is|are|shall be|will be|can be) (?:subsidi[sz]ed"
    r"|refunded|reimbursed"
    r"|covered|compensated) (?:at|by|with|to|up to)\s"
)


def _by_label(page: Page, rate: Amount) -> str | None:
    """ "Patent costs: 70% back", "Insurance for robots is subsidised at | 60%"."""
    label = page.block_of(rate.sentence).label
    if label[1] and _COST_LABEL.fullmatch(page.folded, *label):
        return page.text[slice(*label)]
    told = _SUBSIDISED.match(page.folded, rate.sentence.start, rate.quantity.number_start)
    if told is None or RECIPIENT.search(told["base"]):
        return None
    return page.text[slice(*told.span("base"))]


_OF_COST = re.compile(
    r"\b(?:increase|growth|rise|investment|spending|expenditures?|outlays?|invested|spent|inputs?)\Z",
    re.IGNORECASE,
)
_IN_WHAT = re.compile(
    r"\s(?:in|on|for)\s(?:the\s|their\s|its\s)?(?!(?:the |each |a |one |any )?(?:first"
    r"|second|third|next|year|month|period|up|firms?|compan|enterpris|start-?ups?|SMEs?|project|applicant|total|full"
    r"|cash|question)\b)[A-Za-z][\w&'-]*(?:\s(?:and\s)?[a-z][\w-]*){0,2}?"
    r"(?=\s(?:and|up|with|capped|to|for|on|in|at|per|is|are|will|shall|subject|of|by|that)\b"
    r"|[,.;:()\n]|$)"
)
""" "The actual investment | in equipment", "the yearly increase | in R&D spending"."""


def _longer(page: Page, end: int, stop: int) -> int:
    """Where a base ends that says what the money is spent on."""
    if not _OF_COST.search(page.folded, max(0, end - 16), end):
        return end
    found = _IN_WHAT.match(page.folded, end, stop)
    return found.end() if found else end
