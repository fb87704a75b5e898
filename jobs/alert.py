"""What is told at once, owed to everybody who wishes to be told."""

from collections.abc import Iterable
from datetime import datetime

import db.deliveries
import db.subscriptions
from db.engine import Session
from domain.alerting import KEEPS, worth_an_alert
from domain.article import NewArticle
from domain.delivery import Lane, Owed
from domain.grouping import band


async def owe_alerts(
    session: Session, articles: Iterable[NewArticle], now: datetime, *, however_old: bool = False
) -> int:
    """Put the stories of these articles that should not wait into the outbox; return how many.

    One alert for each story and destination, ever: its key is the story. `however_old`: somebody
    has asked for them, fresh or not.
    """
    stories = dict.fromkeys(
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
    if not stories:
        return 0
    destinations = await db.subscriptions.instant(session)
    owed = [
        Owed(
            destination=destination,
            kind="alert",
            key=f"alert:s{story}",
            lane=Lane.ALERT,
            payload={"story": story},
            story_id=story,
            expires_at=now + KEEPS,
        )
        for story in stories
        for destination in destinations
    ]
    return await db.deliveries.owe(session, owed, now)
