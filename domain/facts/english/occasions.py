"""Dated occasions that no verb tells: lines of a calendar, labels with a day behind them."""

import re

from domain.facts.page import Page
from domain.facts.rules import rules
from domain.text.lexicon import Hit, Rule

_NO_OCCASION = re.compile(
    r"\b(?:deadlines?|clos(?:es|ing date)|last day|due|apply|applications?|submi\w+|entries"
    r"|updated?|publi(?:shed|c comment)|issue date|source|tel|phone|valid|expir\w+|until|period"
    r"|term|comments?|objections?|date|version|page|contact|copyright|rates?|budget|amount|as of"
    r"|status|latest|limit|posted|written|author|by|edition|no\.|register(?:ed)?|founded|born)\b",
    re.IGNORECASE,
)
_LONGEST = 90


def occasion(page: Page, start: int, end: int) -> Hit | None:
    """Return what is named within [start, end) as what a day is for; None for a last day."""
    if end - start > _LONGEST or _NO_OCCASION.search(page.folded, start, end):
        return None
    found = [*rules("occasions", "en").hits(page.folded, start, end)]
    return Hit(found[0].start, found[0].end, _as_event(found[0])) if found else None


def _as_event(hit: Hit) -> Rule:
    """The rule of the verbs of the same kind: what an occasion is is an event like any other."""
    return next(rule for rule in rules("events", "en").rules if rule.meaning == hit.rule.meaning)
