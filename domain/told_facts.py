"""Every fact of a story once: by the article nearest to the original that states it."""

from collections.abc import Hashable
from typing import NamedTuple

from domain.article import Article
from domain.facts.fact import Fact
from domain.highlights import ordered
from domain.story import Story, precedence


class ToldFact(NamedTuple):
    """A fact, and the article by which it is known."""

    article: Article
    fact: Fact


def told_facts(story: Story) -> tuple[ToldFact, ...]:
    """Return the facts of the leading article, then what each further one adds to them.

    Two articles seldom use the same words, and may be in two languages: a fact is known already
    by what it states, a number, a day or a document, whatever it is called.
    """
    known: set[Hashable] = set()
    found: list[ToldFact] = []
    for coverage in sorted(story.coverage, key=precedence):
        new = [fact for fact in ordered(coverage.facts) if claim(fact) not in known]
        found += (ToldFact(coverage.article, fact) for fact in new)
        known.update(claim(fact) for fact in coverage.facts)
    return tuple(found)


def claim(fact: Fact) -> Hashable:
    """Return what a fact states, without the words for it."""
    day = fact.time.start if fact.time else None
    words = fact.subject.casefold()
    match fact.type:
        case "policy_document":
            return "document", fact.attributes.get("number") or words
        case "measure":
            return "measure", _amounts(fact) or words
        case "deadline":
            return "deadline", day or words
        case "event":
            return "event", fact.attributes.get("kind"), day or words
        case _:
            return fact.value, fact.value_high, fact.unit


def _amounts(fact: Fact) -> frozenset[Hashable]:
    amounts = fact.attributes.get("amounts")
    if not isinstance(amounts, list | tuple):
        return frozenset()
    named = ("value", "value_high", "unit")
    return frozenset(
        tuple(str(one.get(name)) for name in named) for one in amounts if isinstance(one, dict)
    )
