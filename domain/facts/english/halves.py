"""Half of a price is a rate; a sum is meant a year, once, for a project."""

import re
from dataclasses import replace
from decimal import Decimal

from domain.facts.amounts import Amount, AmountRole, Period
from domain.facts.english.surroundings import Around
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.text.sought import Sought

_PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    (
        "year",
        re.compile(
            r"\b(?:(?:a|per|each|every|any|one|any one|single|calendar|and|policy)"
            r" year\b(?! period)"
            r"|annual(?:ly)?(?! (?:[a-z&-]+ )?(?:revenues?|sales|turnover|income|output|spend"
            r"|invest|tax|report|evaluation|salar|pay\b|profit))|per annum|yearly|/\s?year"
            r"|(?:for|over|in) the (?:whole|entire"
            r"|full) year|p\.\s?a\.)",
            re.IGNORECASE,
        ),
    ),
    (
        "once",
        re.compile(
            r"\b(?:one-off|one-time|lump[ -]sum|once|single payment|one payment)\b", re.IGNORECASE
        ),
    ),
    (
        "project",
        re.compile(
            r"\b(?:per|each|every|single|for a|for one|any) (?:\w+ )?(?:project|scenario)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "total",
        re.compile(r"\b(?:in total|cumulative\w*|combined|altogether|overall)\b", re.IGNORECASE),
    ),
)


_PART = re.compile(
    r"[,;\n](?! (?:(?:paid|given|granted|payable|awarded|disbursed) )?"
    r"(?:once|one-off|single|per|each|a year|annually|every year|in a lump sum)\b)"
)


def period_of(here: Around, role: AmountRole) -> Period | None:
    """Return for how long, or for what, a sum is meant."""
    if role in ("rate", "threshold"):
        return None
    behind = _PART.split(here.after)[0]
    words = f"{here.label} {here.before} {behind}"
    return next((period for period, pattern in _PERIODS if pattern.search(words)), None)


_PART_OF = (
    r"(?: of)? (?:the|their|its|of|market)? ?(?:\w+ ){0,3}?(?:rents?|prices?|costs?|fees?|rate"
    r"|charges?|interest|tuition|premiums?|bills?|invoices?|losses|wages?|salar(?:y|ies)|expens\w+"
    r"|outlays?|expenditures?|spending|investments?|loss|principal|contracts?|purchases?)\b"
)
_HALF = Sought(
    rf"\b(?P<half>half){_PART_OF}|\bat (?P<half2>half) of cost\b|\b(?P<half3>half)(?: of)? what\b"
    r"|\b(?P<halved>halved)\b|\b(?P<halfoff>half)(?= off\b|[- ]price\b)"
    r"|\b(?:gets?|receives?) (?P<half4>half)(?=[.,;]|$)"
    rf"|\b(?P<part>(?:a|one) (?:third|quarter|fifth|tenth)){_PART_OF}",
    re.IGNORECASE,
)
_SHARES = {
    "third": Decimal("33.33"),
    "quarter": Decimal(25),
    "fifth": Decimal(20),
    "tenth": Decimal(10),
}


def halves(page: Page, sentence: Sentence) -> list[Quantity]:
    """Half is a rate of 50 percent, where somebody pays half of something; so is a fifth."""
    found = []
    taken = [one.number_start for one in page.quantities_in(sentence.start, sentence.end)]
    for match in _HALF.finditer(page.folded, sentence.start, sentence.end):
        start, end = match.span(match.lastgroup or 0)
        if start not in taken:
            part = page.folded[start:end].lower().split()[-1]
            found.append(_share(start, end, _SHARES.get(part, Decimal(50))))
    return found


def _share(start: int, end: int, value: Decimal) -> Quantity:
    return Quantity(
        start=start,
        number_start=start,
        end=end,
        kind="percent",
        value=value,
        unit="percent",
        written=True,
    )


def listed(amounts: list[Amount]) -> list[Amount]:
    """The comparator of the first holds for a whole list."""
    first = amounts[0].quantity.comparator
    return [
        replace(one, quantity=replace(one.quantity, comparator=first))
        if one.quantity.comparator == "eq"
        else one
        for one in amounts
    ]
