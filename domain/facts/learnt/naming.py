"""How a fact says that an opinion found it, or made another thing of it than a rule did."""

from dataclasses import replace
from typing import Final

from domain.facts.fact import Confidence
from domain.facts.statement import Statement

LEARNT: Final = ".learnt"
"""How the name of a rule ends in whose place an opinion stands."""


def by_opinion(statement: Statement, confidence: Confidence = "low") -> Statement:
    """Return a statement that no rule made so: what signs alone found is trusted least."""
    return replace(statement, rule=f"{statement.rule}{LEARNT}", confidence=confidence)
