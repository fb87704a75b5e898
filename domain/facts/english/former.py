"""English sums that were given before: "up from 10 million", "instead of 5"."""

import re

from domain.facts.page import Page
from domain.facts.quantity import Quantity

_FORMER = re.compile(
    r"\b(?:up from|down from|previously|formerly|instead of|rather than|compared with"
    r"|compared to|against)\s\Z",
    re.IGNORECASE,
)


_TO = re.compile(r"\s?(?:(?:this|last) year|in \d{4}|now|today|currently|at present)?\s?to\s?")
""" "From 0.10 yuan this year | to 0.06 yuan"."""
_FOR_OTHERS = re.compile(
    r"\s(?:for|to) (?:everyone|everybody|all|any|the|others?|those|most|[a-z]+s\b)", re.IGNORECASE
)
""" "60 percent, against 40 percent | for everyone else": a tier, and not what was before."""


def is_former(page: Page, found: list[Quantity], one: Quantity) -> bool:
    """Return whether a sum was given before: "to 20 million from 10", "up from 10 million"."""
    before = page.folded[max(0, one.start - 16) : one.start]
    if _FORMER.search(before):
        return not _FOR_OTHERS.match(page.folded, one.end)
    if not before.endswith("from "):
        return False
    near = [other for other in found if other.unit == one.unit and other is not one]
    ahead = any(page.folded[other.end : one.start].strip() == "from" for other in near)
    return ahead or any(_TO.fullmatch(page.folded, one.end, other.start) for other in near)
