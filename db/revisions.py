"""What the articles of a story said before they were edited: for who looks at the story."""

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ArticleRow, RevisionRow
from domain.revision import Change
from domain.tracing import Edit

_MOST = 20


async def of_story(session: AsyncSession, story_id: int) -> list[Edit]:
    """Return the edits of a story's articles, the newest first."""
    query = (
        select(RevisionRow)
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        .where(ArticleRow.story_id == story_id)
        .order_by(RevisionRow.replaced_at.desc(), RevisionRow.number.desc())
        .limit(_MOST)
    )
    return [
        Edit(
            article_id=row.article_id,
            at=row.replaced_at,
            changes=msgspec.convert(row.changes, tuple[Change, ...]),
        )
        for row in await session.scalars(query)
    ]
