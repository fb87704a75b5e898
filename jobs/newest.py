"""The newest stories for one destination: those that its rule lets through."""

from dataclasses import dataclass

import db.stories
from db.engine import Database
from domain.chat import Destination
from domain.rule import Sieve
from domain.story import Story
from jobs.listening import listener

PAGE = 20
MOST_PAGES = 10
"""A rule that nothing passes is not searched for to the beginning of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """Stories that are wanted somewhere, and how many newer ones were passed over for them."""

    stories: tuple[Story, ...]
    left_out: int


async def newest(database: Database, destination: Destination, limit: int) -> Newest:
    """Return so many of the newest stories that are wanted at a destination."""
    found: list[Story] = []
    sieve, seen = Sieve(), 0
    async with database.read() as session:
        for page in range(MOST_PAGES):
            # Where nothing is left out, and that is usual, the first ones are all there is to read.
            size = PAGE if page else limit
            stories = await db.stories.latest(session, size, seen)
            one = await listener(session, destination, [story.id for story in stories])
            for story in stories:
                if len(found) == limit:
                    return Newest(stories=tuple(found), left_out=seen - limit)
                seen += 1
                if one.objection(story, sieve) is None:
                    found.append(story)
            if len(stories) < size or len(found) == limit:
                break
    return Newest(stories=tuple(found), left_out=seen - len(found))
