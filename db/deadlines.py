"""Deadlines: what can still be done, with the stories that tell of it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db import facts
from db.models import ArticleRow, FactRow
from domain.facts.stated import Stated

MOST = 500
"""Passages that are looked through: of a busy year there are fewer."""


async def story_of(session: AsyncSession, article_id: int) -> int | None:
    """Return the story that an article is in."""
    return await session.scalar(select(ArticleRow.story_id).where(ArticleRow.id == article_id))


async def told(
    session: AsyncSession, since: date, *, story_ids: Collection[int] | None = None
) -> list[tuple[int | None, Stated]]:
    """Return the deadlines of relevant articles, as they stand now, whose day is not before this.

    Each with the story that its article is in; `story_ids`: of these only.
    """
    query = (
        select(FactRow.id, ArticleRow.story_id)
        .join(ArticleRow, ArticleRow.id == FactRow.article_id)
        .where(FactRow.type == "deadline", FactRow.time_end >= since, *facts.CURRENT)
        .order_by(FactRow.time_end, FactRow.id)
        .limit(MOST)
    )
    if story_ids is not None:
        query = query.where(ArticleRow.story_id.in_(story_ids))
    stories = dict((await session.execute(query)).all())
    return [(stories[one.number], one) for one in await facts.numbered(session, list(stories))]
