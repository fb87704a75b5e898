"""Operators' words to everybody: drafts, and what became of those that were sent."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import BroadcastRow, ChatRow, DeliveryRow
from db.statements import table_of

_KEY = "broadcast:"


def key(number: int) -> str:
    """Return by what a chat's copy is known: nobody gets a second one."""
    return f"{_KEY}{number}"


async def draft(session: AsyncSession, text: str, created_by: int | None, now: datetime) -> int:
    """Keep words until they are sent or dropped; return their number."""
    row = {"text": text, "created_by": created_by, "created_at": now}
    insert = table_of(BroadcastRow).insert().values(row).returning(BroadcastRow.id)
    return (await session.scalars(insert)).one()


async def begin(
    session: AsyncSession, number: int, created_by: int | None, now: datetime
) -> str | None:
    """Mark somebody's draft as sent and return its words; None where it is sent or dropped."""
    sent = (
        update(BroadcastRow)
        .where(
            BroadcastRow.id == number,
            BroadcastRow.created_by == created_by,
            BroadcastRow.sent_at.is_(None),
        )
        .values(sent_at=now)
        .returning(BroadcastRow.text)
    )
    return (await session.scalars(sent)).one_or_none()


async def drop(session: AsyncSession, number: int, created_by: int | None) -> None:
    """Forget somebody's draft; what was sent stays."""
    unsent = BroadcastRow.sent_at.is_(None) & (BroadcastRow.created_by == created_by)
    await session.execute(delete(BroadcastRow).where(BroadcastRow.id == number, unsent))


async def last_sent(session: AsyncSession) -> int | None:
    """Return the number of the last one that was sent."""
    query = select(func.max(BroadcastRow.id)).where(BroadcastRow.sent_at.is_not(None))
    return await session.scalar(query)


async def states(session: AsyncSession, number: int) -> dict[str, int]:
    """Return how many copies there are in each state of the outbox."""
    query = (
        select(DeliveryRow.state, func.count())
        .where(DeliveryRow.key == key(number), DeliveryRow.kind == "broadcast")
        .group_by(DeliveryRow.state)
    )
    return dict((await session.execute(query)).all())


async def recipients(session: AsyncSession) -> list[int]:
    """Return the chats that can be told something."""
    query = select(ChatRow.id).where(ChatRow.state == "active").order_by(ChatRow.id)
    return list(await session.scalars(query))
