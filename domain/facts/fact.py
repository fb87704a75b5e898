"""The shape of a fact: the contract that `read --json`, the tables and the scorer share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FactType = Literal[
    "policy_document", "measure", "target", "metric", "investment", "event", "deadline"
]
FACT_TYPES: tuple[FactType, ...] = (
    "policy_document",
    "measure",
    "target",
    "metric",
    "investment",
    "event",
    "deadline",
)

Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx", "range"]
Status = Literal[
    "achieved",
    "in_progress",
    "planned",
    "target",
    "forecast",
    "draft",
    "in_force",
    "negated",
    "unknown",
]
TimeRole = Literal["as_of", "horizon", "event", "effective", "expiry", "deadline", "period"]
Precision = Literal["day", "month", "quarter", "half", "year", "plan"]
Confidence = Literal["high", "medium", "low"]
Field = Literal["text", "title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The exact words: `text[start:end] == quote`, always. Offsets count code points."""

    start: int
    end: int
    quote: str
    field: Field = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as the text gives it: both ends are ISO dates (2027 is all of its days)."""

    role: TimeRole
    start: str
    end: str
    precision: Precision
    text: str
    clock: str | None = None
    """The hour of a deadline, "17:00", where the text names one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something an article states, in typed fields, and the words it states it in."""

    id: str
    """A stable hash within one revision of one article."""
    type: FactType
    subject: str
    value: str | None = None
    """A plain decimal string, fully normalised: "100000000" for 1亿."""
    value_high: str | None = None
    """The upper end, for ranges only."""
    unit: str | None = None
    counted: str | None = None
    comparator: Comparator | None = None
    status: Status = "unknown"
    time: Moment | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """By type; the names and values are those of `docs/facts.md`."""
    evidence: tuple[Evidence, ...]
    confidence: Confidence = "medium"
    rule: str = ""
    """Which rule, in which version, found it."""
