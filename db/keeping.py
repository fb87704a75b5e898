"""Let go of what is too old to be of use, a little at a time: others wait no longer than that."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db import search
from db.models import (
    ArticleRow,
    BroadcastRow,
    ChatRow,
    DeliveryRow,
    FaultRow,
    OperatorRow,
    RevisionRow,
)

_AT_REST = ("sent", "failed", "expired", "uncertain")


async def deliveries(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget what was sent, or given up, before a time; return how many rows.

    Rows are numbered as they come, so that the first one that is not old ends the look: what
    waits for a chat's return is passed over.
    """
    old: list[int] = []
    after, is_over = 0, False
    while len(old) < limit and not is_over:
        query = select(DeliveryRow.id, DeliveryRow.created_at, DeliveryRow.state)
        page = query.where(DeliveryRow.id > after).order_by(DeliveryRow.id).limit(limit)
        rows = (await session.execute(page)).all()
        old += [number for number, at, state in rows if at < before and state in _AT_REST]
        is_over = len(rows) < limit or rows[-1].created_at >= before
        after = rows[-1].id if rows else after
    if old:
        await session.execute(delete(DeliveryRow).where(DeliveryRow.id.in_(old)))
    return len(old)


async def texts(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget the words of articles about no topic that came before a time; return of how many.

    Title, address and identities stay: in its feed it is known again, and unchanged. Searches find
    it no more.
    """
    query = (
        select(ArticleRow.id)
        .where(
            ArticleRow.band == "off",
            ArticleRow.emptied.is_(False),
            ArticleRow.first_seen_at < before,
        )
        .order_by(ArticleRow.first_seen_at)
        .limit(limit)
    )
    old = list(await session.scalars(query))
    if old:
        await search.drop(session, old)
        await session.execute(delete(RevisionRow).where(RevisionRow.article_id.in_(old)))
        emptied = {"text": "", "attachments": [], "emptied": True}
        await session.execute(update(ArticleRow).where(ArticleRow.id.in_(old)).values(emptied))
    return len(old)


async def chats(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget chats that have been out of reach since before a time; return how many.

    Never an operator's.
    """
    query = (
        select(ChatRow.id)
        .where(
            ChatRow.state == "suspended",
            ChatRow.updated_at < before,
            ChatRow.id.not_in(select(OperatorRow.user_id)),
        )
        .limit(limit)
    )
    old = list(await session.scalars(query))
    if old:
        await session.execute(delete(ChatRow).where(ChatRow.id.in_(old)))
    return len(old)


async def traces(session: AsyncSession, before: datetime) -> int:
    """Forget bugs that came up no more, and drafts that were never sent; return how many.

    A bug that comes up again after that is told again.
    """
    bugs = delete(FaultRow).where(FaultRow.last_at < before).returning(FaultRow.number)
    unsent = BroadcastRow.sent_at.is_(None) & (BroadcastRow.created_at < before)
    drafts = delete(BroadcastRow).where(unsent).returning(BroadcastRow.id)
    found = [(await session.execute(one)).all() for one in (bugs, drafts)]
    return sum(map(len, found))
