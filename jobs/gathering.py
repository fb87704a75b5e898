"""What waited while it was quiet, gathered into one message."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

import db.stories
from db.engine import Session
from db.folding import Waiting
from domain.delivery import MOST_TOGETHER, Delivery
from domain.digest import Alert, RoundUp, Waited
from domain.follow import News
from domain.highlights import importance
from domain.preferences import Listener
from domain.rule import Sieve
from domain.story import Story
from jobs.listening import listener


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """One message for what waited, and the other deliveries that it makes good."""

    letter: RoundUp
    carries: tuple[int, ...]


async def gather(
    session: Session, first: Delivery, waiting: Sequence[Waiting], now: datetime
) -> Gathered | None:
    """Gather what waited at a destination, a delivery with it; None where that is one story.

    What is not wanted there any more is left to be let go of by itself, and what is more than one
    message takes to the next one: the first delivery is always among those that are told.
    """
    numbers = list(dict.fromkeys(one.story_id for one in waiting))
    if len(numbers) < 2:
        return None
    stories = {one.id: one for one in await db.stories.by_ids(session, numbers)}
    one = await listener(session, first.destination, numbers)
    wanted = [row for row in waiting if _is_wanted(row, stories.get(row.story_id), one)]
    told = _chosen([stories[row.story_id] for row in wanted], first.story_id)
    if len(told) < 2:
        return None
    kept = {story.id for story in told}
    items = tuple(
        Waited(story=_news(story, wanted), labels=_labels(story.id, wanted)) for story in told
    )
    carries = tuple(row.id for row in wanted if row.story_id in kept and row.id != first.id)
    return Gathered(letter=RoundUp(items=items, at=now), carries=carries)


def _is_wanted(row: Waiting, story: Story | None, one: Listener) -> bool:
    if story is None:
        return False
    judge = one.alert_objection if row.kind == "alert" else one.news_objection
    return judge(story, Sieve()) is None


def _chosen(stories: Sequence[Story], first: int | None) -> list[Story]:
    """Return the stories of one message, each once, what matters most first."""
    each = {story.id: story for story in stories}
    ranked = sorted(each.values(), key=importance)
    told = ranked[:MOST_TOGETHER]
    if first in each and each[first] not in told:
        told[-1] = each[first]
    return told


def _news(story: Story, rows: Iterable[Waiting]) -> Story:
    """Return a story as told by what was new when it was owed."""
    seen = (row.payload.get("since") for row in rows if row.story_id == story.id)
    since = next((datetime.fromisoformat(one) for one in seen if one), None)
    return Alert(story=story, since=since).news


def _labels(story_id: int, rows: Iterable[Waiting]) -> tuple[str, ...]:
    """Return what of a story is followed."""
    found = (_followed(row.payload) for row in rows if row.story_id == story_id and _is_news(row))
    return tuple(dict.fromkeys(label for labels in found for label in labels))


def _is_news(row: Waiting) -> bool:
    return row.kind == "news"


def _followed(payload: Mapping[str, object]) -> tuple[str, ...]:
    return msgspec.convert(payload, News).labels
