"""What an extractor hands over: a fact before it has an identity."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from domain.facts.fact import (
    Comparator,
    Confidence,
    Evidence,
    Fact,
    FactType,
    Field,
    Moment,
    Status,
)
from domain.facts.numerals import plain
from domain.facts.page import Page

Span = tuple[int, int]
RULES_VERSION = "2"
"""Raised when the rules change what they find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A fact and where it stands; offsets into the text (or the title, by `field`)."""

    type: FactType
    subject: str
    spans: tuple[Span, ...]
    rule: str
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    counted: str | None = None
    comparator: Comparator | None = None
    status: Status = "unknown"
    time: Moment | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    confidence: Confidence = "medium"
    field: Field = "text"
    uses: frozenset[int] = frozenset()
    """Where the numbers begin that no other extractor should read again."""


def fact(page: Page, statement: Statement) -> Fact:
    """Return the statement as a fact of the contract, with its quotes and its id."""
    text = page.title if statement.field == "title" else page.text
    evidence = tuple(
        Evidence(start=start, end=end, quote=text[start:end], field=statement.field)
        for start, end in sorted(set(statement.spans))
    )
    value = None if statement.value is None else plain(statement.value)
    high = None if statement.high is None else plain(statement.high)
    return Fact(
        id=_identity(statement, value, evidence),
        type=statement.type,
        subject=statement.subject,
        value=value,
        value_high=high,
        unit=statement.unit,
        counted=statement.counted,
        comparator=statement.comparator,
        status=statement.status,
        time=statement.time,
        attributes=statement.attributes,
        evidence=evidence,
        confidence=statement.confidence,
        rule=f"{statement.rule}/{RULES_VERSION}",
    )


def _identity(statement: Statement, value: str | None, evidence: tuple[Evidence, ...]) -> str:
    first = evidence[0]
    parts = (
        statement.type,
        value,
        statement.unit,
        statement.subject,
        first.start,
        first.end,
        first.field,
    )
    amounts = [(a["role"], a["value"], a["start"]) for a in statement.attributes.get("amounts", ())]
    kind = statement.attributes.get("kind")
    return hashlib.sha256(repr((parts, amounts, kind)).encode()).hexdigest()[:16]
