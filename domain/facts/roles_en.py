"""Which part a sum or percentage plays in an English benefit, by its place in the sentence."""

import re
from typing import TYPE_CHECKING

from domain.facts.quantity import Quantity

if TYPE_CHECKING:
    from domain.facts.amounts import AmountRole, Context

_BENEFIT = (
    r"(?:(?:seed|start-up|prize) money|grants?\b|subsid\w+|rewards?\b|rewarded|rewarding"
    r"|vouchers?\b|coupons?\b|reimburs\w+|awards?\b|awarded|bonus\w*|prizes?\b|allowances?"
    r"|rebates?|discounts?\b|refund\w*|relief|stipends?|incentives?\b|compensat\w+|waive[srd]?\b"
    r"|waivers?|top-ups?\b|cash-?back|scholarships?|concessions?\b|assistance)"
)
"""What is given, and the verbs made of it."""
_OFFERS = (
    r"(?:gives?\b(?! (?:full|play|priority|rise|way))|pays?\b|offers?\b|covers?\b|covering"
    r"|match(?:es|ed|ing)?\b|knocks? off"
    r"|sets? aside|allocat\w+|earmark\w*|budget\w*|reserves?\b|promis\w+|pledg\w+"
    r"|capp?ed|shoulders?\b|foots?\b|bears?\b|remits?\b|hands? out|lends?\b|settles?\b)"
)
_OBTAINS = (
    r"(?:claim\w*|receives?|receiving|obtains?|get\b|gets\b|redeem\w*|draw(?: down)?\b"
    r"|appl(?:y|ies) for|qualif(?:y|ies)|eligible|entitled|offset|are paid|be paid|is paid"
    r"|recoup|deduct\w*|collects?\b)"
)
_LIMITS = (
    r"(?:up to|at most|maximum|max\.|upper limit|ceiling|limit(?:ed)? (?:of|to|is)|limit\b|cap\b"
    r"|capped|no more than|not exceed\w*)"
)
GIVING = re.compile(rf"\b(?:{_BENEFIT}|{_OFFERS}|{_OBTAINS}|rents?\b)", re.IGNORECASE)
"""Somebody gives or gets something, in the words near a sum."""
GRANT = re.compile(
    rf"\b(?:{_BENEFIT}|{_OFFERS}|rents?\b|(?:can|may|could|will|to|shall|must|who|which|that|and"
    rf"|additionally|also|then|each|team|firm|company|applicant)\s(?:\w+ ){{0,2}}{_OBTAINS}"
    r"|eligible for|ceiling of|cap of|package|(?:housing|financial|funding|start-up) support"
    r"|pots?\b)",
    re.IGNORECASE,
)
"""A sentence that may state a benefit."""
BENEFIT_LABEL = re.compile(
    rf"\b(?:{_BENEFIT}|support|funding|rate|amount|rents?|payment|budget|pot|pool)\b", re.IGNORECASE
)
"""A label under which a benefit stands."""
LIMIT = re.compile(rf"\b{_LIMITS}", re.IGNORECASE)
"""A sum behind it is the most that can be had."""

_COST = (
    r"(?:costs?|fees?|price|prices|expens\w+|expenditures?|invoices?|bills?|rents?|rental"
    r"|tuition|premiums?|interest|outlays?|spend(?:ing)?|salar\w+|wages?|charges?|purchases?"
    r"|payments?|loans?|equipment|(?:paid-in |registered )?capital|contract value|amounts?"
    r"|investment|value|tax\w*|bonus\w*|sums?)"
)
_OF_COST = re.compile(
    rf"\s?(?:of|off|on|towards?)\s(?:[a-z'&-]+\s){{0,5}}?{_COST}\b", re.IGNORECASE
)
_EN = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "growth": (
            r"\b(?:up|rose|grew|growth|increase|rise|down|fell|higher|lower|account\w*"
            r"|shares?|utili[sz]ation|grow|by|makes? up|made up|exceed\w*|dropp?\w*|stays?)\b"
            r"[^,]{0,24}\Z"
        ),
        "threshold": (
            r"\b(?:revenues?|sales|spend(?:ing)?|spent|salary|turnover|contracts?|registered "
            r"capital|worth|valued|income|annual (?:sales|revenue|output)|capital|purchased?"
            r"|invest(?:ed|ment|ing)?|raised|bought)\b"
        ),
        "pool": (
            r"\b(?:budget\w*|pool|pot|kitty|total|package|vouchers worth|subsidies worth"
            r"|sets? aside|allocat\w+|earmark\w*|reserves?|reserved|programme|program|tranche"
            r"|issue|issuing|hand out|distribute|the first\Z|worth of|a fund)\b"
        ),
        "pool_behind": (
            r"\s(?:of (?:this year's |the |its )?|(?:a|per) year in |in (?:provincial "
            r"|municipal |city )?|worth of )(?:\"?[a-z-]+ ){0,3}?\"?(?:[a-z-]+ )?(?:vouchers"
            r"|subsidies|coupons|grants)\b|\s(?:a|per) year (?:in|for) |\s(?:support )?package\b"
            r"|\s(?:programme|program|pool|budget|scheme|pot)\b"
        ),
        "per_unit": (
            r"\s(?:for each|for every|per|a|an)\s(?!(?:\w+ )?(?:company|applicant|firm|year"
            r"|team|enterprise|project|person|month|start-?up|recipient|lab|institution|student"
            r"|household|one)\b)\w+|\s(?:each|apiece)\b"
        ),
    }.items()
}
_TO_EACH = re.compile(
    r"\b(?:gives?|giv(?:en|ing)|pays?|grants?|awards?|offers?|hands?|hand(?:ing)? out)\s"
    r"(?:each|every)\b",
    re.IGNORECASE,
)
_SHARED_OUT = re.compile(r"[^,.]{0,60}\b(?:each (?!year)|per (?!year))", re.IGNORECASE)


_AHEAD = 160
"""Characters behind a rate in which its limit may follow."""


def rate_role(context: "Context", quantity: Quantity) -> "AmountRole | None":
    """Return "rate" where somebody pays this share of a cost."""
    lead, after = f"{context.label}: {context.before}", context.after.lstrip()
    cut = re.search(r"\b(?:cut|reduced?|discount\w*)\b", lead)
    if _EN["growth"].search(context.before) and not cut:
        return None
    given = GIVING.search(lead) or re.match(
        r"(?:\w+ ){0,2}(?:subsid|discount|rebate|reimburs|grant|refund|relief)", after
    )
    if _OF_COST.match(" " + after) or quantity.written:
        return "rate" if given or LIMIT.search(context.rest[:_AHEAD]) or _pays(context) else None
    behind = re.match(r"(?:\w+ ){0,2}(?:subsid|discount|rebate|reimburs|refund|relief)", after)
    named = re.search(rf"\b{_BENEFIT}(?: of| is| at| equals?|:)\s(?:[a-z]+ ){{0,2}}\Z", lead, re.I)
    taken_off = re.search(r"\b(?:off|refunds?|covers?|pays?|waives?|reimburses?)\s\Z", lead)
    of = given and re.match(r"(?:of|off|on)\b", after)
    return "rate" if behind or named or taken_off or of else None


def _pays(context: "Context") -> bool:
    return bool(GIVING.search(context.earlier))


def sum_role(context: "Context", quantity: Quantity) -> "AmountRole":
    """Return the part of a sum: a condition, the pot, a limit, for each unit, or fixed."""
    lead = f"{context.label}: {context.before}" if context.label else context.before
    if _is_condition(lead, quantity):
        return "threshold"
    if quantity.comparator == "le" and re.search(
        r"\b(?:apply|claim|receive|obtain|get|redeem|draw|grants? of)\b", context.before
    ):
        return "cap"
    if LIMIT.search(lead) or re.match(r"\s(?:ceiling|cap|limit|maximum)\b", context.after):
        return "cap"
    if _TO_EACH.search(lead):
        return "cap" if quantity.comparator in ("le", "lt") else "fixed"
    pooled = _EN["pool"].search(lead) or _EN["pool_behind"].match(context.after)
    if pooled and not _SHARED_OUT.match(context.after):
        return "pool"
    if quantity.comparator in ("le", "lt") or quantity.high is not None:
        return "cap"
    behind = re.match(r"\s(?:each|apiece)\b", context.after)
    unit = _EN["per_unit"].match(context.after)
    many = behind and re.search(r"s (?:of|worth)\s*\Z", lead)
    return "per_unit" if (unit and not behind) or many else "fixed"


def _is_condition(lead: str, quantity: Quantity) -> bool:
    named = _EN["threshold"].search(lead) and quantity.comparator in ("gt", "ge")
    return bool(named) and not _EN["pool"].search(lead)
