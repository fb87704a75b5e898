"""Facts an article states, each with the words that state it."""

from collections.abc import Callable, Iterator

from domain.facts.benefits import benefits
from domain.facts.deadlines import deadlines
from domain.facts.documents import documents
from domain.facts.english.benefits import benefits as english_benefits
from domain.facts.english.deadlines import deadlines as english_deadlines
from domain.facts.english.events import events as english_events
from domain.facts.english.figures import figures
from domain.facts.english.tables import tables as english_tables
from domain.facts.events import events
from domain.facts.fact import Fact
from domain.facts.merge import merged
from domain.facts.numbers import numbers
from domain.facts.page import Page
from domain.facts.statement import Statement
from domain.facts.tables import tables

Extractor = Callable[[Page, frozenset[int]], Iterator[Statement]]
"""Reads one type of fact; is told which numbers and dates an earlier one has taken."""

EXTRACTORS: tuple[Extractor, ...] = (
    documents,
    deadlines,
    english_deadlines,
    benefits,
    english_tables,
    english_benefits,
    tables,
    figures,
    numbers,
    events,
    english_events,
)
"""In the order of reading. A new type of fact is a module and a line here."""


def facts(page: Page) -> tuple[Fact, ...]:
    """Return the facts of a page, in the order in which it states them."""
    taken: frozenset[int] = frozenset()
    stated: list[Statement] = []
    for extract in EXTRACTORS:
        found = list(extract(page, taken))
        taken = taken.union(*(statement.uses for statement in found))
        stated += found
    return merged(page, stated)
