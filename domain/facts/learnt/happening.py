"""Events that no rule knows, and signs do: what happened is said as nearly as the words allow."""

from collections.abc import Sequence
from dataclasses import replace

from domain.facts.fact import Confidence
from domain.facts.learnt import verdict
from domain.facts.learnt.naming import LEARNT
from domain.facts.page import Page
from domain.facts.rules import rules
from domain.facts.when import When
from domain.text.lexicon import Hit


def learnt(page: Page, when: When, near: Sequence[Hit], verb: Hit | None = None) -> Hit | None:
    """Return `verb`, else the nearest of some verbs, else an empty hit behind the day.

    It bears the name of no rule, since none found it: `naming.LEARNT` stands in its place. None
    where there is no verb and the opinion of which event it is has no rule to its name.
    """
    hit = verb or min(near, key=lambda one: abs(one.start - when.start), default=None)
    hit = hit or _unsaid(page, when)
    if hit is None:
        return None
    return hit._replace(rule=replace(hit.rule, id=f"{page.language}.event{LEARNT}"))


def confidence_in(hit: Hit, when: When) -> Confidence:
    """Return how sure an event is: a day is more than a month, a rule more than an opinion."""
    if hit.rule.id.endswith(LEARNT):
        return "low"
    return "high" if when.precision == "day" else "medium"


def _unsaid(page: Page, when: When) -> Hit | None:
    kind = verdict.event_kind(page, when, None)
    known = rules("events", page.language).rules
    rule = next((one for one in known if one.meaning == kind), None)
    return Hit(when.end, when.end, rule) if rule else None
