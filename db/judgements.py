"""What was made of articles, those that were left out among them: for who asks why."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import values
from db.columns import is_number, storable
from db.models import ArticleRow, SourceRow
from domain.source import Tier
from domain.tracing import Judged

_MOST_WORDS = 20


async def get(session: AsyncSession, article_id: int) -> Judged | None:
    """Return an article with what was made of it, also where it is about no topic."""
    if not is_number(article_id):
        return None
    found = await _load(session, _query().where(ArticleRow.id == article_id))
    return next(iter(found), None)


async def titled(session: AsyncSession, words: str, limit: int) -> list[Judged]:
    """Return the newest articles whose titles hold every word, left out or not."""
    query = _query()
    for word in words.split()[:_MOST_WORDS]:
        query = query.where(ArticleRow.title.icontains(storable(word), autoescape=True))
    return await _load(session, query.order_by(ArticleRow.id.desc()).limit(limit))


async def unread(session: AsyncSession, source_id: int) -> tuple[int, ...]:
    """Return the articles of a source whose texts could not be judged, the newest first."""
    query = select(ArticleRow.id).where(
        ArticleRow.source_id == source_id, ArticleRow.unread.is_not(None)
    )
    return tuple(await session.scalars(query.order_by(ArticleRow.id.desc())))


async def left_out(session: AsyncSession, limit: int) -> list[Judged]:
    """Return the newest articles that are about no topic."""
    query = _query().where(ArticleRow.band == "off").order_by(ArticleRow.id.desc())
    return await _load(session, query.limit(limit))


def _query() -> Select[ArticleRow, str, Tier]:
    return select(ArticleRow, SourceRow.title, SourceRow.tier).join(
        SourceRow, SourceRow.id == ArticleRow.source_id
    )


async def _load(session: AsyncSession, query: Select[ArticleRow, str, Tier]) -> list[Judged]:
    return [
        Judged(
            article=values.article(row, title, tier),
            band=row.band,
            relevance=values.relevance(row),
            story_id=row.story_id,
        )
        for row, title, tier in await session.execute(query)
    ]
