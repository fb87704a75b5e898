"""The newest stories for one destination: those that its rule lets through."""

from dataclasses import dataclass

import db.stories
from db.engine import Database
from domain.chat import Destination
from domain.rule import Sieve
from domain.story import Story
from jobs.listening import listener

SPARE = 3
"""Stories read beyond those asked for: a further page, where some are not wanted, costs as much."""
MOST_PAGES = 25
"""A rule that nothing passes is not searched for to the beginning of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """Stories that are wanted somewhere, and how many newer ones were passed over for them."""

    stories: tuple[Story, ...]
    left_out: int


async def newest(database: Database, destination: Destination, limit: int) -> Newest:
    """Return so many of the newest stories that are wanted at a destination."""
    found: list[Story] = []
    # Pages may be of different moments: a story that moved down is told once all the same.
    sieve, seen, met = Sieve(), 0, set[int]()
    size = limit + SPARE
    for page in range(MOST_PAGES):
        stories = await _page(database, page, size)
        async with database.read() as session:
            one = await listener(session, destination, [story.id for story in stories])
        for story in stories:
            if len(found) == limit:
                return Newest(stories=tuple(found), left_out=seen - limit)
            if story.id in met:
                continue
            met.add(story.id)
            seen += 1
            if one.objection(story, sieve) is None:
                found.append(story)
        if len(stories) < size or len(found) == limit:
            break
    return Newest(stories=tuple(found), left_out=seen - len(found))


async def _page(database: Database, page: int, size: int) -> list[Story]:
    """Return a page of the newest stories, the same for everybody who asks in this moment."""

    async def read() -> list[Story]:
        async with database.read() as session:
            return await db.stories.latest(session, size, page * size)

    return await database.shared.get(("newest", size, page), db.stories.TABLES, read)
