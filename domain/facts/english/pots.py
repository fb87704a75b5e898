"""The pots that benefits come from: what is set aside for many, and what goes into it."""

import re

from domain.facts.english.giving import BENEFIT, GETTING, GIVING_PHRASE
from domain.facts.english.surroundings import Around
from domain.facts.quantity import Quantity

POT = re.compile(
    r"\b(?:budgets?|pots?|pool|kitty|purse|envelope|special (?:\w+ ){0,3}funds?|funds arranged"
    r"|(?:support|subsidy|incentive) funds"
    r"|programme|program|scheme|package|tranche|funding volume"
    r"|(?:total|overall|aggregate) (?:[a-z]+ )?(?:funding|support|amount|value|worth|sum"
    r")|totall?ing"
    r"|prize (?:fund|pool|purse)|prize money(?= (?:amounts|comes|totals|adds)))\b",
    re.IGNORECASE,
)
"""Where it comes from."""


POT_SPLIT = re.compile(POT.pattern, re.IGNORECASE)


TOTAL_OF = re.compile(
    r"\btotal (?:[a-z]+ )?(?:amount|value|sum|volume|budget|quota) of (?:[\w-]+ ){0,3}?"
    r"(?:vouchers|subsidies|grants|awards|rewards|funds|coupons)\b",
    re.IGNORECASE,
)


TOTALS = re.compile(r"\btotal\b", re.IGNORECASE)
"""Of a pot, unless a rate or a sum for one stands before it."""


SPENT_ON = re.compile(
    r"\s(?:(?:[\w-]+\s){0,5}?to (?:subsidi[sz]e|reward|reimburse|refund|(?:help|support|aid|assist)"
    r" (?:[\w-]+ ){0,2}(?:compan\w+|manufacturers|firms|start-ups|SMEs|enterprises|businesses"
    r"|factories))\b"
    r"|(?:[\w-]+\s){0,4}?on (?:[\w-]+\s){0,2}?(?:subsidies|vouchers|grants|rewards|awards)\b"
    r"|(?:[\w-]+\s)?(?:voucher|subsidy|grant|award|incentive)s? "
    r"(?:programme|program|scheme|pot|pool|package|budget)\b)",
    re.IGNORECASE,
)
"""A sum that is spent on benefits."""


SHARED_OUT = re.compile(r"\b(?:share|split|divide|compete for|vie for)\s\Z", re.IGNORECASE)


AVAILABLE = re.compile(
    r"\s?(?:yuan )?(?:(?:per|for each) \w+ )?(?:(?:in|of|worth of) [\w -]{3,40})?"
    r"\b(?:is|are|will be) (?:available|on offer|set aside|earmarked|reserved|allocated"
    r"|budgeted)\b",
    re.IGNORECASE,
)


OF_VOUCHERS = re.compile(
    r"\s?(?:a year |per year |annually )?(?:in|of|worth of|for)\s(?:[\"\w'-]+\s){0,4}?\"?"
    r"(?:[\w-]+ )?(?:vouchers|coupons|special funds|subsidies|grants|bonuses|awards"
    r"|rewards|prizes|allowances|incentives)\b",
    re.IGNORECASE,
)


VOUCHERS_WORTH = re.compile(r"\b(?:vouchers|subsidies|coupons|grants) worth\b[^,;]{0,16}\Z", re.I)


INTO_POT = re.compile(
    r"\s?(?:a year |annually |more )?(?:into|towards?) (?:(?:an?|the|its|this|our)\s)?"
    r"(?:[\w-]+\s){0,3}?"
    r"(?:schemes?|programmes?|programs?|pots?|pool|budget|vouchers?|subsid(?:y|ies)|grants)\b",
    re.IGNORECASE,
)
"""Money that goes into a pot."""


GOES_TO = re.compile(
    r"\s?(?:more )?(?:(?:will|would|shall|should|can|could) |(?:is|are) to )?(?:go(?:es)?|flows?"
    r"|(?:be |is |are )?(?:spent|used|directed|channell?ed|devoted|dedicated|meant|intended))?"
    r"\s?(?:to|on|for|towards?|into)\s(?:[\w-]+\s){0,4}?"
    r"(?:vouchers|coupons|subsid(?:y|ies)|grants|rewards|awards|bonuses|allowances|incentives|relief"
    r"|rebates|stipends|scholarships)\b",
    re.IGNORECASE,
)
""" "200 million | will go to vouchers and 120 million | to grants": parts of a pot."""


ALTOGETHER = re.compile(r"\s?(?:in total|altogether|overall|all told)\b", re.IGNORECASE)


VOUCHERS_STAND = re.compile(
    r"\b(?:vouchers|subsidies|coupons|grants|(?:support(?:ing)?|special) funds)\b[^,;.]{0,40}"
    r"\b(?:(?:remain|stay|total|amount|come|stand|add up)\w* (?:at|to|up to)?"
    r"|(?:are|were) worth)\s?\Z",
    re.IGNORECASE,
)


OF_IT = re.compile(r"\s?of (?:it|them|which|this|that)\b", re.IGNORECASE)


OF_A_LOAN = re.compile(
    r"\b(?:loans?|credits?|grants?|subsid\w+|awards?|vouchers?|guarantees?) (?:of|worth)\b"
    r"[^,;]{0,16}\Z",
    re.IGNORECASE,
)


FOR_ONE = re.compile(
    r"\b(?:(?:per|each|every|single)\b(?! year)|(?:any|for|to) one\b(?! year))", re.IGNORECASE
)
"""What one gets is no pot."""


TO_FUNDS = re.compile(
    r"\s(?:to|into|in|among|across) (?:[\w-]+\s){0,3}?(?:sub-?funds?|funds?|portfolio)\b",
    re.IGNORECASE,
)
"""Money that one fund puts into others."""


A_FUND = re.compile(
    r"[\s-](?!for|per|to|in|from|each)(?:[\w-]+\s){0,4}?(?<!special )(?<!matching )"
    r"(?:funds?|venture|stake|project)\b",
    re.IGNORECASE,
)
"""What is set up, not what is given."""


OF_WHICH = re.compile(r"\bof (?:which|that|this|it)\b", re.IGNORECASE)
"""A share of a pot, and no rate."""


_BUDGET_FOR = re.compile(
    r"\s?\)?\sfor\s[^,;.:]{1,60}?\s(?:to|at|is|was|are|from|stands|reach(?:es|ed)|comes|totals)\s"
    r"(?:[a-z]+ ){0,2}(?:[A-Z]{3}\s?)?\Z"
)
""" "The budget | for vouchers to 200 million": what a pot is for is not what is given."""
_APPOSED = re.compile(
    rf"{POT.pattern}(?: (?:for|of|in) [\w -]{{2,24}}?)?[,:(]\s?(?:[a-z]+ )?\Z"
    r"|\bthe (?:money|funds?|funding)(?: (?:for|of|in) [\w -]{2,24}?)? \(\Z",
    re.IGNORECASE,
)
""" "The city's voucher pot for 2026, | RMB 200m"."""


def is_apposed(here: Around) -> bool:
    """Return whether a sum stands right behind a pot that it is the size of."""
    bare = not re.search(r"[a-z]{2}", here.before)
    return bare and bool(_APPOSED.search(here.lead))


def is_pooled(here: Around, quantity: Quantity) -> bool:
    """Return whether a sum is a pot: by its name, by what is done with it, by its vouchers."""
    ahead = re.split(r"[,;.]", here.after)[0]
    if FOR_ONE.search(here.before + ahead):
        return False
    if _is_named_pot(here, quantity) or is_apposed(here):
        return True
    if quantity.comparator in ("le", "range") and OF_A_LOAN.search(here.before):
        return False
    lemma = here.lemma
    if AVAILABLE.match(here.after) or lemma in _SETTING_ASIDE:
        return True
    if GIVING_PHRASE.search(here.before + ahead) and "take" not in here.before:
        return True
    if lemma in GETTING:
        return False
    if not POT.search(here.before):
        return False
    tail = POT_SPLIT.split(here.before)[-1]
    return not BENEFIT.search(tail) or bool(_BUDGET_FOR.match(tail))


_SETTING_ASIDE = frozenset(
    (
        "allocate",
        "earmark",
        "reserve",
        "budget",
        "arrange",
        "appropriate",
        "issue",
        "pencil",
        "vote",
    )
)


def _is_named_pot(here: Around, quantity: Quantity) -> bool:
    """Whether the words around a sum say that many share it."""
    worth = any(one.search(here.before) for one in (VOUCHERS_WORTH, TOTAL_OF, VOUCHERS_STAND))
    if worth or POT.search(here.label) or SHARED_OUT.search(here.before):
        return True
    if OF_VOUCHERS.match(here.after) and quantity.value >= _LARGE:
        return True
    alone = not here.verb
    if alone and (ALTOGETHER.match(here.after) or re.search(r"\bbudget\b", here.topic, re.I)):
        return True
    return bool(INTO_POT.match(here.after))


_LARGE = 10_000_000
