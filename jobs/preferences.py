"""What a destination sets, put into effect: what is owed to it already keeps to it too."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import db.articles
import db.chats
import db.deliveries
import db.preferences
import db.stories
from db.engine import Database, Session
from domain.chat import Chat, Destination, Language
from domain.preferences import Preferences
from domain.rule import Rule, count_admitted
from domain.telling_words import telling_words
from jobs.listening import listener
from jobs.subscribing import follow_zone, move_to_zone

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
            await _hold(session, destination, now)
    return after


async def reset(database: Database, destination: Destination, now: datetime) -> None:
    """Let everything be as usual again; in a topic as in its chat, also its language and zone."""
    async with database.write() as session:
        usual = await db.preferences.above(session, destination)
        await db.preferences.put(session, destination, usual, now)
        await follow_zone(session, destination.chat_id, now)
        await _hold(session, destination, now)


async def speak(
    database: Database, at: Destination, language: Language | None, now: datetime
) -> Chat | None:
    """Speak a language in a chat, or in one topic of it, from now on; return it as it is then.

    None, in a topic: whatever its chat is spoken to in.
    """
    async with database.write() as session:
        if at.thread_id:
            own = await db.preferences.of(session, at)
            await db.preferences.put(session, at, replace(own, language=language), now)
        elif language:
            await db.chats.set_language(session, at.chat_id, language, now)
        return await db.chats.at(session, at)


async def live_in(
    database: Database, at: Destination, timezone: str | None, now: datetime
) -> Chat | None:
    """Take the times of a chat, or of one topic, for those of a zone; return it as it is then.

    None, in a topic: the zone of its chat.
    """
    async with database.write() as session:
        if timezone:
            await move_to_zone(session, at, timezone, now)
        elif at.thread_id:
            own = await db.preferences.of(session, at)
            await db.preferences.put(session, at, replace(own, timezone=None), now)
            await follow_zone(session, at.chat_id, now)
        return await db.chats.at(session, at)


async def _hold(session: Session, destination: Destination, now: datetime) -> None:
    """Let what is owed already keep to what is set now, here and in the topics that follow it."""
    for at in await db.deliveries.waiting_at(session, destination):
        chat = await db.chats.at(session, at)
        if chat is not None:
            one = await listener(session, at, (), chat.timezone)
            await db.deliveries.hold(session, at, one.told_at(now))


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
