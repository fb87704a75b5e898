"""What a destination sets, put into effect: what is owed to it already keeps to it too."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import db.articles
import db.deliveries
import db.preferences
import db.stories
from db.engine import Database
from domain.chat import Chat, Destination
from domain.preferences import Listener, Preferences
from domain.rule import Rule, count_admitted
from domain.telling_words import telling_words

TRIED_ON = 50
"""So many of the newest articles about a topic show what a rule would have let through."""


COMPARED = 200
LOOKED_THROUGH = 12
"""Titles: of each the word is offered that tells it best from the others."""


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


async def tellable(database: Database) -> tuple[str, ...]:
    """Return words by which some of the newest articles could be left out, the newest first."""
    async with database.read() as session:
        titles = await db.articles.newest_titles(session, COMPARED)
    return await asyncio.to_thread(_telling, titles)


def _telling(titles: Sequence[str]) -> tuple[str, ...]:
    found = (
        telling_words(title, [*titles[:at], *titles[at + 1 :]])
        for at, title in enumerate(titles[:LOOKED_THROUGH])
    )
    return tuple(dict.fromkeys(words[0] for words in found if words))


async def try_on(database: Database, rule: Rule) -> Trial:
    """Say how many of the newest articles a rule would have let through."""
    async with database.read() as session:
        articles = await db.stories.newest_articles(session, TRIED_ON)
    # Fifty articles in full are too much for the loop, on which others wait.
    admitted = await asyncio.to_thread(count_admitted, articles, rule)
    return Trial(admitted=admitted, of=len(articles))
