"""What an article says twice is one fact with two pieces of evidence."""

from collections.abc import Iterable
from dataclasses import replace

from domain.facts.fact import Fact
from domain.facts.page import Page
from domain.facts.statement import Statement, fact


def merged(page: Page, statements: Iterable[Statement]) -> tuple[Fact, ...]:
    """Return the facts, repeated ones joined, in the order of their first words."""
    by_key: dict[object, Statement] = {}
    for statement in statements:
        key = _key(statement)
        known = by_key.get(key)
        by_key[key] = _joined(known, statement) if known else statement
    ordered = sorted(by_key.values(), key=lambda one: (min(one.spans), one.type, str(one.value)))
    return tuple(fact(page, statement) for statement in ordered)


def _key(statement: Statement) -> object:
    amounts = tuple(
        (one["role"], one["value"], one["start"]) for one in statement.attributes.get("amounts", ())
    )
    time = (statement.time.start, statement.time.end) if statement.time else None
    number = statement.attributes.get("number") if statement.type == "policy_document" else None
    if statement.type == "policy_document":
        return (statement.type, number or statement.subject)
    if statement.type in ("event", "deadline"):
        return (statement.type, statement.attributes.get("kind"), time, statement.subject)
    return (
        statement.type,
        statement.subject,
        statement.value,
        statement.high,
        statement.unit,
        time,
        amounts,
    )


def _joined(known: Statement, again: Statement) -> Statement:
    return replace(
        known,
        spans=(*known.spans, *again.spans),
        attributes={**again.attributes, **known.attributes},
        uses=known.uses | again.uses,
    )
