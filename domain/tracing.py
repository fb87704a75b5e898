"""What became of an article, stage by stage: for who asks why he was, or was not, told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.alerting import Waits, why_not
from domain.article import Article
from domain.chat import SubscriptionKind
from domain.delivery import DeliveryState, Told
from domain.relevance import Band, Relevance
from domain.revision import Change
from domain.story import Story

Way = Literal["sent", "owed", "late", "failed", "not_asked", "waits", "left_out", "in_digest"]
"""sent: it arrived. owed: on its way. late: given up as no news any more, or told in a digest.
failed: it could not be delivered. not_asked: nobody subscribed here. waits: it is no news of the
first order. left_out: about no topic. in_digest: the next digest holds it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An article with what was made of it."""

    article: Article
    band: Band
    relevance: tuple[Relevance, ...]
    story_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What an edit changed in an article, and when."""

    article_id: int
    at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way of being told, and what came of it."""

    way: Way
    at: datetime | None = None
    waits: Waits | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Everything that answers why."""

    judged: Judged
    story: Story | None
    alert: Step
    digest: Step


def trace(
    judged: Judged,
    story: Story | None,
    told: Sequence[Told],
    subscribed: Sequence[SubscriptionKind],
) -> Trace:
    """Return what became of an article for one destination."""
    return Trace(
        judged=judged,
        story=story,
        alert=_alert(judged, story, told),
        digest=_digest(story, told, subscribed),
    )


def _alert(judged: Judged, story: Story | None, told: Sequence[Told]) -> Step:
    if story is None:
        return Step(way="left_out")
    alerts = [one for one in told if one.kind == "alert"]
    if alerts:
        return _delivered(alerts[-1])
    waits = why_not(
        band=judged.band,
        backlog=story.backlog,
        published=judged.article.published,
        now=judged.article.first_seen_at,
    )
    if waits:
        return Step(way="waits", waits=waits)
    return Step(way="not_asked")


def _digest(
    story: Story | None, told: Sequence[Told], subscribed: Sequence[SubscriptionKind]
) -> Step:
    if story is None:
        return Step(way="left_out")
    digests = [one for one in told if one.kind == "digest"]
    if digests:
        return _delivered(digests[-1])
    if any(kind != "instant" for kind in subscribed):
        return Step(way="in_digest")
    return Step(way="waits", waits="backlog") if story.backlog else Step(way="not_asked")


_WAYS: Mapping[DeliveryState, Way] = {
    "sent": "sent",
    "owed": "owed",
    "leased": "owed",
    "expired": "late",
    "failed": "failed",
}


def _delivered(told: Told) -> Step:
    return Step(way=_WAYS[told.state], at=told.at, error=told.error)
