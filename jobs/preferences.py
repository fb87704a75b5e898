"""What a destination sets, put into effect: what is owed to it already keeps to it too."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import db.deliveries
import db.preferences
import db.stories
from db.engine import Database, Session
from domain.chat import Chat, Destination
from domain.preferences import Listener, Preferences
from domain.rule import Rule, count_admitted

TRIED_ON = 50
"""So many of the newest articles about a topic show what a rule would have let through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a rule would have let through."""

    admitted: int
    of: int


async def change(
    database: Database,
    chat: Chat,
    destination: Destination,
    changed: Callable[[Preferences], Preferences],
    now: datetime,
) -> Preferences:
    """Change what a destination has set, as it is now, and return it."""
    async with database.write() as session:
        before = await db.preferences.of(session, destination)
        after = changed(before)
        if after != before:
            await db.preferences.put(session, destination, after, now)
        if after.quiet != before.quiet:
            one = Listener(destination=destination, preferences=after, timezone=chat.timezone)
            await db.deliveries.hold(session, destination, one.spoken(now))
    return after


async def try_on(session: Session, rule: Rule) -> Trial:
    """Say how many of the newest articles a rule would have let through."""
    articles = await db.stories.newest_articles(session, TRIED_ON)
    return Trial(admitted=count_admitted(articles, rule), of=len(articles))
