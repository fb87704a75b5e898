"""What is told at once, owed to everybody who wishes to be told."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import db.deliveries
import db.stories
from db.engine import Session
from domain.alerting import KEEPS, worth_an_alert
from domain.article import NewArticle
from domain.delivery import Lane, Owed
from domain.grouping import band
from domain.preferences import Listener
from domain.rule import USUAL, Sieve
from domain.story import Story
from jobs.listening import listeners


async def owe_alerts(
    session: Session, articles: Iterable[NewArticle], now: datetime, *, however_old: bool = False
) -> int:
    """Owe the stories of these stored articles that should not wait; return how many are new.

    One alert for each story and destination, ever: its key is the story. What a chat's rule keeps
    out is not owed to it, so that a better article of the same story may still bring it in; in
    quiet hours and while it is muted it waits. `however_old`: somebody has asked for them, fresh
    or not.
    """
    numbers = dict.fromkeys(
        article.story_id
        for article in articles
        if article.story_id is not None
        and worth_an_alert(
            band=band(article.reading),
            backlog=False,
            published=None if however_old else article.entry.published,
            now=now,
        )
    )
    if not numbers:
        return 0
    audience = await listeners(session, numbers)
    stories = await db.stories.by_ids(session, list(numbers)) if _choose(audience) else []
    told = {story.id: story for story in stories}
    sieve = Sieve()
    owed = [
        _owed(number, one, now)
        for number in numbers
        for one in audience
        if _wanted(told.get(number), one, sieve)
    ]
    return await db.deliveries.owe(session, owed, now)


def _choose(audience: Sequence[Listener]) -> bool:
    """Tell whether anybody wants less than everything: else no story has to be looked at."""
    return any(one.verdicts or one.preferences.rule != USUAL for one in audience)


def _wanted(story: Story | None, one: Listener, sieve: Sieve) -> bool:
    return story is None or one.alert_objection(story, sieve) is None


def _owed(number: int, one: Listener, now: datetime) -> Owed:
    at = one.told_at(now)
    return Owed(
        destination=one.destination,
        kind="alert",
        key=f"alert:s{number}",
        lane=Lane.ALERT,
        payload={"story": number, "since": now.isoformat()},
        story_id=number,
        not_before=at,
        expires_at=at + KEEPS,
    )
