"""Which facts a reader sees first, and under which heading a story stands."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from domain.facts.fact import Fact
from domain.source import TIERS
from domain.story import Story

Section = Literal["documents", "deadlines", "measures", "figures", "news"]

SECTIONS: tuple[Section, ...] = ("documents", "deadlines", "measures", "figures", "news")
"""The order of a digest: what binds, what runs out, what pays, what is aimed at, what happened."""

_WORTH = {
    "policy_document": 6,
    "deadline": 6,
    "measure": 5,
    "target": 4,
    "investment": 4,
    "metric": 3,
    "event": 2,
}
_TRUST = {"high": 2, "medium": 1, "low": -3}
_BEHIND = 12  # what is named in passing or denied comes after everything that is told
_ALIKE = 3  # what each further fact of one type loses: another type tells more


def section(story: Story) -> Section:
    """Return the first section that one of the story's trustworthy facts belongs to."""
    found = {_section(fact) for fact in facts_of(story) if fact.confidence != "low"}
    return next((name for name in SECTIONS if name in found), "news")


def sections(story: Story) -> frozenset[Section]:
    """Return every section that somebody who tells the story states something for."""
    stated = (fact for coverage in story.coverage for fact in coverage.facts)
    found = {_section(fact) for fact in stated if _is_told(fact)}
    return frozenset(found) or frozenset({"news"})


def facts_of(story: Story) -> tuple[Fact, ...]:
    """Return the facts of the leading article; with none there, of the first that has some."""
    lead = story.lead
    ordered = (lead, *(coverage for coverage in story.coverage if coverage is not lead))
    return next((coverage.facts for coverage in ordered if coverage.facts), ())


def highlights(facts: Iterable[Fact], limit: int) -> tuple[Fact, ...]:
    """Return the facts that tell most, in the article's own order where they weigh the same.

    A fact weighs by its type, how sure it is, and how much of it is in its fields. What is said
    twice counts once; cited documents stay behind; no type crowds out the others.
    """
    rest = _distinct(facts)
    chosen: list[Fact] = []
    seen: Counter[str] = Counter()
    while rest and len(chosen) < limit:
        best = max(rest, key=lambda fact: _weight(fact) - _ALIKE * seen[fact.type])
        rest.remove(best)
        chosen.append(best)
        seen[best.type] += 1
    return tuple(sorted(chosen, key=lambda fact: SECTIONS.index(_section(fact))))


def importance(story: Story) -> tuple[int, int, int, float]:
    """Return what to sort stories by that are told together: what matters most comes first.

    By what it brings, as in a digest; then who tells it, how much the best fact tells, and when.
    """
    lead = story.lead.article
    best = max((_weight(fact) for fact in facts_of(story)), default=0)
    place = SECTIONS.index(section(story)), TIERS.index(lead.tier)
    return *place, -best, -lead.when.timestamp()


def ordered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return every distinct fact, those that tell most first."""
    return tuple(sorted(_distinct(facts), key=_weight, reverse=True))


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        kept.setdefault(saying(fact), fact)
    return list(kept.values())


def saying(fact: Fact) -> tuple[object, ...]:
    """Return what two facts have in common that say the same thing."""
    if fact.type == "policy_document":
        return fact.type, fact.attributes.get("number") or fact.subject.casefold()
    day = fact.time.start if fact.time else None
    if fact.type in ("measure", "event", "deadline"):
        return fact.type, fact.subject.casefold(), day, str(fact.attributes.get("amounts"))
    return fact.value, fact.value_high, fact.unit, fact.subject.casefold(), day


def _weight(fact: Fact) -> int:
    told = sum((fact.value is not None, fact.time is not None, fact.comparator not in (None, "eq")))
    told += min(3, len(fact.attributes.get("amounts") or ()))
    behind = _BEHIND if _is_cited(fact) or fact.status == "negated" else 0
    return 2 * _WORTH[fact.type] + 2 * _TRUST[fact.confidence] + told - behind


def _section(fact: Fact) -> Section:
    match fact.type:
        case "policy_document" if not _is_cited(fact):
            return "documents"
        case "deadline":
            return "deadlines"
        case "measure":
            return "measures"
        case "target" | "metric" | "investment":
            return "figures"
        case _:
            return "news"


def _is_told(fact: Fact) -> bool:
    return fact.confidence != "low" and fact.status != "negated"


def _is_cited(fact: Fact) -> bool:
    # Only the document that an article is or announces is its news; others are named in passing.
    return fact.type == "policy_document" and fact.attributes.get("role") != "primary"
