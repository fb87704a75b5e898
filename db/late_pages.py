"""Articles whose own pages could not be read with their announcements, and when to try again."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ArticleRow, LatePageRow
from db.statements import table_of
from domain.article import Entry, Known, LatePage


async def owe(session: AsyncSession, article_ids: Collection[int], at: datetime) -> None:
    """Remember that these articles' pages are to be tried again at `at`."""
    if article_ids:
        rows = [{"article_id": number, "tries": 0, "next_at": at} for number in article_ids]
        await session.execute(table_of(LatePageRow).insert(), rows)


async def claim(
    session: AsyncSession, now: datetime, *, limit: int, lease: timedelta
) -> list[LatePage]:
    """Take pages whose time has come, the newest first; nobody else gets them meanwhile."""
    query = (
        select(LatePageRow.tries, ArticleRow)
        .join(ArticleRow, ArticleRow.id == LatePageRow.article_id)
        .where(LatePageRow.next_at <= now)
        .order_by(ArticleRow.id.desc())
        .limit(limit)
        .with_for_update(skip_locked=True, of=LatePageRow)
    )
    found = [_late(row, tries) for tries, row in await session.execute(query)]
    table = table_of(LatePageRow)
    taken = update(table).where(table.c.article_id.in_(_numbers(found)))
    await session.execute(taken.values(next_at=now + lease))
    return found


async def later(session: AsyncSession, page: LatePage, at: datetime) -> None:
    """Try this page once more at `at`."""
    table = table_of(LatePageRow)
    this = update(table).where(table.c.article_id == page.known.article_id)
    await session.execute(this.values(tries=page.tries + 1, next_at=at))


async def settle(session: AsyncSession, page: LatePage) -> None:
    """Try it no more: it was read, or will not be."""
    await session.execute(
        delete(LatePageRow).where(LatePageRow.article_id == page.known.article_id)
    )


def _numbers(pages: Collection[LatePage]) -> list[int]:
    return [page.known.article_id for page in pages]


def _late(row: ArticleRow, tries: int) -> LatePage:
    return LatePage(
        source_id=row.source_id,
        known=Known(
            article_id=row.id,
            canonical_url=row.canonical_url,
            title=row.title,
            content_hash=row.content_hash,
            revision=row.revision,
            story_id=row.story_id,
        ),
        entry=Entry(url=row.url, title=row.title, text=row.text, published=row.published),
        tries=tries,
    )
