"""What operators repair about stories; each repair is remembered and in the audit log."""

from collections.abc import Collection
from datetime import datetime

import db.audit
import db.repairs
import db.stories
from db.engine import Database, Session
from db.repairs import NoSuchStory, NothingToRepair
from domain.story import Story

__all__ = ["NoSuchStory", "NothingToRepair", "merge_stories", "split_story"]


async def merge_stories(
    database: Database, into: int, other: int, *, now: datetime, actor_id: int | None = None
) -> Story:
    """Make two stories one and return it; the number of `other` leads to it from now on.

    Raises:
        NoSuchStory: One of them is not there.
        NothingToRepair: They are one already.
    """
    async with database.write() as session:
        stays = await db.repairs.merge(session, into=into, other=other, now=now)
        await db.audit.note(
            session,
            actor_id=actor_id,
            action="story.merge",
            subject=f"story {stays}",
            detail={"other": other},
            now=now,
        )
        return await _told(session, stays)


async def split_story(
    database: Database,
    story_id: int,
    article_ids: Collection[int],
    *,
    now: datetime,
    actor_id: int | None = None,
) -> tuple[Story, Story]:
    """Take articles out of a story; return what stays and the new story, in this order.

    Raises:
        NoSuchStory: It is not there.
        NothingToRepair: None of its articles are named, or all of them.
    """
    async with database.write() as session:
        stays = await db.repairs.whereabouts(session, story_id)
        new = await db.repairs.split(session, story_id=story_id, article_ids=article_ids, now=now)
        await db.audit.note(
            session,
            actor_id=actor_id,
            action="story.split",
            subject=f"story {stays}",
            detail={"new": new, "articles": sorted(article_ids)},
            now=now,
        )
        return await _told(session, stays), await _told(session, new)


async def _told(session: Session, story_id: int) -> Story:
    story = await db.stories.get(session, story_id)
    if story is None:
        raise NoSuchStory(story_id)
    return story
