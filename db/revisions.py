"""What articles said before they were edited: for who looks at their story."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ArticleRow, RevisionRow
from domain.tracing import Edit, EditedPart

_MOST = 20


async def of_story(session: AsyncSession, story_id: int) -> list[Edit]:
    """Return the edits of a story's articles, the newest first."""
    query = (
        select(RevisionRow, ArticleRow.title)
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        .where(ArticleRow.story_id == story_id)
        .order_by(RevisionRow.replaced_at.desc(), RevisionRow.number.desc())
        .limit(_MOST)
    )
    return [
        Edit(
            article_id=row.article_id,
            at=row.replaced_at,
            changes=tuple(_parts(row, title)),
        )
        for row, title in await session.execute(query)
    ]


def _parts(row: RevisionRow, title: str) -> Iterator[EditedPart]:
    """Give what was noted when it was edited; of older edits, the title if that is another now."""
    noted: list[Any] = row.changes
    for one in noted:
        yield EditedPart(before=str(one.get("before") or ""), after=str(one.get("after") or ""))
    if not noted and row.title != title:
        yield EditedPart(before=row.title, after=title)
