"""Stories that state the same facts without being one story."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import StoryLinkRow
from db.statements import insert


async def note(
    session: AsyncSession, story_id: int, shared: Mapping[int, Collection[str]], now: datetime
) -> None:
    """Link a story with others, each with the keys of the facts that both state.

    A link that is there already keeps the keys it was made with.
    """
    rows = [
        {
            "story_id": min(story_id, other),
            "other_id": max(story_id, other),
            "shared": sorted(keys),
            "linked_at": now,
        }
        for other, keys in sorted(shared.items())
        if other != story_id
    ]
    if rows:
        await session.execute(insert(session, StoryLinkRow).on_conflict_do_nothing(), rows)


async def of_story(session: AsyncSession, story_id: int) -> dict[int, tuple[str, ...]]:
    """Return the numbers of the linked stories, each with the keys of what both state."""
    query = (
        select(StoryLinkRow)
        .where(or_(StoryLinkRow.story_id == story_id, StoryLinkRow.other_id == story_id))
        .order_by(StoryLinkRow.story_id, StoryLinkRow.other_id)
    )
    return {
        link.other_id if link.story_id == story_id else link.story_id: tuple(link.shared)
        for link in await session.scalars(query)
    }
