"""What a destination is told: alerts and digests, and what goes into them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from domain.correction import Reported, Wrong
from domain.deadlines import Window
from domain.follow import News
from domain.ledger.moves import Move
from domain.notice import Broadcast, Failed, Farewell, Notices
from domain.proposal import Proposal, Suggested, Thanked
from domain.rereading import Progress
from domain.story import Coverage, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One story that should not wait."""

    story: Story
    since: datetime | None = None
    """What was seen from then on is the news; all of it where that is not known."""

    @property
    def news(self) -> Story:
        """The story as told by what is new: an old article of it was told, or was no news."""
        new = tuple(one for one in self.story.coverage if self._is_new(one))
        return replace(self.story, coverage=new) if new else self.story

    @property
    def earlier(self) -> Coverage | None:
        """What it goes on from: who leads the whole story, where that is not among the news."""
        lead = self.story.lead
        return None if lead in self.news.coverage else lead

    def _is_new(self, one: Coverage) -> bool:
        return self.since is None or one.article.first_seen_at >= self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """One story that could not be told when it came."""

    story: Story
    labels: tuple[str, ...] = ()
    """What somebody follows, and it is news of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundUp:
    """Everything that waited while it was quiet, in one message, what matters most first."""

    items: tuple[Waited, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story in a digest."""

    story: Story
    alerted: bool = False
    """This destination has had it as an alert already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How much of what is watched could be read: the digest's last line."""

    watched: int
    failing: tuple[str, ...] = ()
    """Titles of the sources whose last reading failed, or that are gone for good."""
    waiting: int = 0
    """Sources that were not read yet, or not for twice their interval."""
    quiet: tuple[tuple[str, int], ...] = ()
    """Titles of those that are quiet beyond their own rhythm, and for how many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything new since the last one, in the order in which it is worth reading."""

    kind: Literal["daily", "weekly", "now"]
    since: datetime
    until: datetime
    items: tuple[Item, ...]
    health: SourceHealth
    moves: tuple[Move, ...] = ()
    """Figures that are other ones now: for the picture of a week."""
    due: datetime | None = None
    """When it should have gone out, where it comes late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """What is new of things that somebody follows, told by one article of a story."""

    news: News
    story: Story
    told: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Something that can be done for some days more."""

    window: Window
    at: datetime
    moved_from: date | None = None
    """It is told that the last day is another one now."""


Letter = (
    Reminder
    | Alert
    | RoundUp
    | Digest
    | Notices
    | Farewell
    | Bulletin
    | Wrong
    | Reported
    | Progress
    | Broadcast
    | Failed
    | Proposal
    | Suggested
    | Thanked
)
"""What the jobs hand to the courier."""
