"""What an article says twice is one fact with two pieces of evidence."""

from collections.abc import Iterable
from dataclasses import replace

from domain.facts.fact import Fact
from domain.facts.numerals import plain
from domain.facts.page import Page
from domain.facts.statement import Span, Statement, fact
from domain.text.fold import fold


def merged(page: Page, statements: Iterable[Statement]) -> tuple[Fact, ...]:
    """Return the facts, repeated ones joined, in the order of their first words."""
    statements = _without_headline(page, list(statements))
    by_key: dict[object, Statement] = {}
    for statement in statements:
        key = _key(statement)
        known = by_key.get(key)
        by_key[key] = _joined(known, statement) if known else statement
    ordered = sorted(by_key.values(), key=lambda one: (min(one.spans), one.type, str(one.value)))
    return tuple(fact(page, statement) for statement in ordered)


def _without_headline(page: Page, statements: list[Statement]) -> list[Statement]:
    """A number of the headline that the text states again is the text's."""
    line = _headline(page)
    if line is None:
        return statements
    said = {number for one in statements if one.spans[0][0] >= line[1] for number in _numbers(one)}
    return [
        one
        for one in statements
        if one.type in ("policy_document", "event")
        or one.spans[0][0] >= line[1]
        or one.spans[0][0] < line[0]
        or not _numbers(one) <= said
    ]


def _headline(page: Page) -> Span | None:
    """The line of the text that repeats the title."""
    title = "".join(fold(page.title).split())
    for block in page.blocks[:6]:
        line = "".join(page.folded[block.start : block.end].split())
        if len(line) > 6 and (line in title or title in line) and title:
            return block.start, block.end
    return None


def _numbers(statement: Statement) -> set[tuple[str, str]]:
    found = {(one["value"], one["unit"]) for one in statement.attributes.get("amounts", ())}
    if statement.value is not None:
        found.add((plain(statement.value), statement.unit or ""))
    return found


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
        statement.comparator,
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
