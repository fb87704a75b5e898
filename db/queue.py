"""The order of the outbox: which rows are next, one for each chat."""

from collections.abc import Collection, Set
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ChatRow, DeliveryRow

# Read at once: enough that one page does, little enough that a chat with thousands of rows at the
# head of the queue costs nothing but pages.
_PAGE = 200
_MARGIN = 16


async def first_of_each_chat(
    session: AsyncSession, now: datetime, limit: int, besides: Set[int] = frozenset()
) -> list[DeliveryRow]:
    """Return the next rows, locked until the unit of work ends, at most one for each chat.

    `besides` are chats that are left alone.

    Two that ask at the same moment choose the same first row of a chat, and one of them passes
    the chat over because that row is locked: neither comes to its second row.
    """
    chosen: list[DeliveryRow] = []
    passed: set[int] = set()
    page = min(_PAGE, limit + _MARGIN)
    while len(chosen) < limit:
        queue = await _queue(session, now, besides=passed, limit=page)
        firsts: dict[int, int] = {}
        for number, chat_id in queue:
            firsts.setdefault(chat_id, number)
        # A thousand chats that rest a second are looked at here: as parameters of the query they
        # would cost more than the query. Only those that stand in the way go into the next one.
        resting = firsts.keys() & besides
        ready = [(chat_id, firsts[chat_id]) for chat_id in firsts if chat_id not in resting]
        wanted = dict(ready[: limit - len(chosen)])
        chosen += await _lock(session, wanted.values())
        passed |= wanted.keys() | resting
        if len(queue) < page and len(wanted) == len(ready):
            break
        page = _PAGE
    return chosen


async def _queue(
    session: AsyncSession, now: datetime, *, besides: Collection[int], limit: int
) -> list[tuple[int, int]]:
    """Return (row, chat) for what may be sent now, in order, to chats nobody is sending to."""
    # Two short lists that are made once, so that the index alone is walked: joins are not.
    busy = select(DeliveryRow.chat_id).where(DeliveryRow.state == "leased")
    suspended = select(ChatRow.id).where(ChatRow.state == "suspended")
    query = (
        select(DeliveryRow.id, DeliveryRow.chat_id)
        .where(
            DeliveryRow.state == "owed",
            DeliveryRow.not_before <= now,
            or_(DeliveryRow.expires_at.is_(None), DeliveryRow.expires_at > now),
            DeliveryRow.chat_id.not_in(busy),
            DeliveryRow.chat_id.not_in(suspended),
            DeliveryRow.chat_id.not_in(besides),
        )
        .order_by(DeliveryRow.lane, DeliveryRow.not_before, DeliveryRow.id)
        .limit(limit)
    )
    return [(number, chat_id) for number, chat_id in await session.execute(query)]


async def _lock(session: AsyncSession, numbers: Collection[int]) -> list[DeliveryRow]:
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.id.in_(numbers), DeliveryRow.state == "owed")
        .order_by(DeliveryRow.lane, DeliveryRow.not_before, DeliveryRow.id)
        # Only PostgreSQL reads this; in SQLite a writer is alone anyway.
        .with_for_update(skip_locked=True)
    )
    return list(await session.scalars(query))
