"""What readers propose: a rule that their marks suggest, a source that they miss."""

from dataclasses import dataclass
from typing import Literal

from domain.source import TIERS, Tier

Decision = Literal["open", "accepted", "dismissed"]

MARKS_FOR_TIER = 2
"""So many stories of a source that were called not relevant make its tier a question."""
MOST_OPEN = 20
"""Proposals that wait for operators at a time: more would be read by nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarWord:
    """Leave out for everybody what has a word in its title."""

    word: str
    matched: int
    """So many of the newest articles have it."""
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerTier:
    """Take a source for farther from the original than it is taken for."""

    source_id: int
    source: str
    """Its title."""
    before: Tier
    after: Tier
    marks: int
    """So many of its stories were called not relevant, and none relevant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A rule that somebody's mark suggests, as operators are asked about it."""

    number: int
    bar: BarWord | None = None
    lower: LowerTier | None = None
    title: str
    """Of the story that was called not relevant."""
    url: str

    @property
    def key(self) -> str:
        """What makes it the same as another one."""
        if self.lower is not None:
            return f"tier:{self.lower.source_id}:{self.lower.after}"
        return f"exclude:{self.bar.word if self.bar else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A proposal and what became of it."""

    proposal: Proposal
    state: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A source that a reader would like to be watched, as operators are asked about it."""

    number: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanked:
    """The source that a reader has suggested is watched now."""

    url: str
    title: str


def lower(tier: Tier) -> Tier | None:
    """Return the next tier farther from the original; None where there is none."""
    at = TIERS.index(tier) + 1
    return TIERS[at] if at < len(TIERS) else None
