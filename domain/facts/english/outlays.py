"""English sums that are no offer: paid out already, spent by their owner, fallen to."""

import re

from domain.facts.english.giving import BENEFIT, CUTTING, GETTING, LABEL, PRICE
from domain.facts.english.pots import OF_VOUCHERS
from domain.facts.english.surroundings import Around

_OUTLAYS = frozenset(
    ("disburse", "pay", "distribute", "release", "transfer", "draw", "spend", "use", "redeem")
)
_AVERAGE = re.compile(
    r"\b(?:average|mean|median|typical|biggest|largest|highest|smallest|lowest|top)"
    r" (?:[\w-]+ ){0,2}"
    r"(?:grant|subsidy|voucher|award|payment|reward|rebate|loan)s?\b[^.;]{0,12}"
    r"(?:\b(?:was|were|came|stood|has|had|reached|went)\b|,)",
    re.IGNORECASE,
)


_BROUGHT = re.compile(
    r"\b(?:bring|brings|brought|bringing|takes?|took|taking) (?:its|the|their|his) "
    r"(?:total|cumulative|overall|combined) [\w ]{0,30}\bto (?:[a-z]+ ){0,2}\Z",
    re.IGNORECASE,
)
""" "That brings its total funding to": what has come together so far."""


_WRONG = re.compile(
    r"\b(?:earlier|previous|original|first) version of (?:this|our|the) (?:article|story"
    r"|report|item|piece|notice)\b|\b(?:misstated|misreported|misquoted)\b"
    r"|\b(?:wrongly|incorrectly|mistakenly|erroneously|in error)\b",
    re.IGNORECASE,
)
""" "An earlier version of this article said": what a correction takes back."""
_GUESSED = re.compile(
    r"\b(?:assum|expect|estimat|reckon|forecast|predict)(?:e|s|es|ed|ing)?\b[^;]{0,60}\Z"
)


_BACK = frozenset(("repay", "return", "refund", "reimburse", "pay"))
_MUST = re.compile(
    r"\b(?:must|have to|has to|(?:is|are) (?:required|obliged|liable) to|shall)\s(?:\w+ly )?"
    r"(?:repay|return|refund|pay back|give back)\b",
    re.IGNORECASE,
)
""" "Must repay the first instalment of 400,000": what somebody gives back."""


_OURS = re.compile(
    r"\b(?:[Ww]e|[Tt]he [Gg]roup|[Oo]ur (?:company|group|unit)"
    r"|I)\b(?: \w+){0,4} (?:receive[sd]?|get|got|obtain(?:ed)?"
    r"|collect(?:ed)?|claim(?:ed)?)\s(?:up to )?(?:[A-Z]{3}\s?)?\Z"
)
""" "We stand to receive RMB 38 million": what a firm says that it gets itself."""


def is_no_promise(here: Around) -> bool:
    """Return whether a sum is taken back, or somebody's guess of what a firm will get."""
    said = here.lead + here.before
    if _WRONG.search(said) or (here.lemma in _BACK and _MUST.search(said)):
        return True
    return here.lemma in GETTING and bool(_GUESSED.search(said) or _OURS.search(said))


def is_paid_out(here: Around) -> bool:
    """ "270 million had been disbursed", "the average grant was": what was paid, no offer."""
    if _BROUGHT.search(here.before):
        return True
    return (here.past and here.lemma in _OUTLAYS) or bool(_AVERAGE.search(here.before))


_BUDGETING = frozenset(
    ("budget", "earmark", "reserve", "allocate", "arrange", "appropriate", "provide")
)
_BUDGET = re.compile(r"\bbudgets?\b", re.IGNORECASE)
_HELPED = re.compile(
    r"\b(?:compan\w+|firms?|enterprises?|start-?ups?|business\w*|applicants?|tenants?|compute|computing"
    r"|schemes?|programmes?|programs?|polic(?:y|ies)|measures?|purchas\w+|buy\w*|rent\w*|loans?|talents?"
    r"|research\w*|implement\w*|SMEs?|projects?|users?|users|scenarios?|model\w*|special funds?)\b",
    re.IGNORECASE,
)


_SCHEME = re.compile(
    rf"{BENEFIT.pattern}|\b(?:schemes?|programmes?|measures|compan\w+|firms?|applicants?|receives?|gets?)\b",
    re.IGNORECASE,
)


def is_own_budget(here: Around, offered: bool) -> bool:
    """ "Has earmarked 45 million for the expansion", "its budget is": spent on the owner itself."""
    if offered or LABEL.search(here.label) or (here.topic and BENEFIT.search(here.topic)):
        return False
    if here.lemma not in _BUDGETING and not _BUDGET.search(here.before):
        return False
    if _SCHEME.search(here.told) or _SCHEME.search(here.later):
        return False
    said = f"{here.topic} {here.lead} {here.before} {here.after}"
    return not (_HELPED.search(said) or BENEFIT.search(said) or OF_VOUCHERS.match(here.after))


_CHANGED_TO = re.compile(r"\b(?:to|by|from)\s(?:[A-Z]{3}\s?)?\Z")


def is_changed(here: Around) -> bool:
    """ "Investment halved to 3.1 billion": where something fell to, unless it is a price."""
    if here.lemma not in CUTTING or not _CHANGED_TO.search(here.before):
        return False
    return not (PRICE.search(here.lead + here.before) or BENEFIT.search(here.lead + here.before))
