"""Whether an article is about a topic, how closely, and why."""

from dataclasses import dataclass
from typing import Literal

from domain.facts.fact import Field

Band = Literal["core", "adjacent", "off"]
"""core: tell at once. adjacent: digest only. off: kept out, with its reasons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One signal that counted, with the words that gave it."""

    signal: str
    quote: str
    start: int
    end: int
    weight: float
    field: Field = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """The judgement on one article for one topic."""

    topic: str
    band: Band
    score: float
    """0 to 1, two decimals."""
    reasons: tuple[Reason, ...]
