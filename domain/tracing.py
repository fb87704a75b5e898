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
from domain.rule import Objection, read_objection
from domain.story import Story

Way = Literal[
    "sent",
    "owed",
    "held",
    "late",
    "failed",
    "not_asked",
    "waits",
    "left_out",
    "in_digest",
    "filtered",
]
"""sent: it arrived. owed: on its way. held: on its way after quiet hours. late: given up as no news
any more, or told in a digest. failed: it could not be delivered. not_asked: nobody subscribed here.
waits: it is no news of the first order. left_out: about no topic. in_digest: the next digest holds
it. filtered: what is set here keeps it out.
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
    """When it arrived, or until when it is held."""
    waits: Waits | None = None
    error: str | None = None
    objection: Objection | None = None
    name: str = ""
    """Of a digest that tells it: "daily", "weekly", "now"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What holds for one destination."""

    told: Sequence[Told]
    subscribed: Sequence[SubscriptionKind]
    """What will still cover the story."""
    alert: Objection | None = None
    """Why the story would be no alert there now."""
    digest: Objection | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Everything that answers why."""

    judged: Judged
    story: Story | None
    alert: Step
    digest: Step


def trace(judged: Judged, story: Story | None, here: Here) -> Trace:
    """Return what became of an article for one destination."""
    return Trace(
        judged=judged,
        story=story,
        alert=_alert(judged, story, here),
        digest=_digest(story, here),
    )


def _alert(judged: Judged, story: Story | None, here: Here) -> Step:
    if story is None:
        return Step(way="left_out")
    alerts = [one for one in here.told if one.kind == "alert"]
    if alerts:
        return _delivered(alerts[-1], here.now)
    waits = why_not(
        band=judged.band,
        backlog=story.backlog,
        published=judged.article.published,
        now=judged.article.first_seen_at,
    )
    if waits:
        return Step(way="waits", waits=waits)
    if "instant" not in here.subscribed:
        return Step(way="not_asked")
    # Nothing was owed although alerts are wanted: what is set keeps it out, or did then.
    return Step(way="filtered", objection=here.alert)


def _digest(story: Story | None, here: Here) -> Step:
    if story is None:
        return Step(way="left_out")
    digests = [one for one in here.told if one.kind == "digest"]
    if digests:
        return _delivered(digests[-1], here.now)
    if any(kind != "instant" for kind in here.subscribed):
        if here.digest:
            return Step(way="filtered", objection=here.digest)
        return Step(way="in_digest")
    return Step(way="waits", waits="backlog") if story.backlog else Step(way="not_asked")


_WAYS: Mapping[DeliveryState, Way] = {
    "sent": "sent",
    "owed": "owed",
    "leased": "owed",
    "folded": "owed",
    "expired": "late",
    "failed": "failed",
}


def _delivered(told: Told, now: datetime) -> Step:
    if objection := read_objection(told.error):
        return Step(way="filtered", objection=objection, name=told.name)
    if told.state == "owed" and told.not_before and told.not_before > now:
        return Step(way="held", at=told.not_before, name=told.name)
    return Step(way=_WAYS[told.state], at=told.at, error=told.error, name=told.name)
