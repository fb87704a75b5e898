"""Updates that a webhook has taken: Telegram brings one again when its answer was lost."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import HeardRow
from db.statements import insert

LONGEST_BODY = 20_000
"""Characters that are kept of an update that cannot be read."""


async def take(
    session: AsyncSession,
    update_id: int,
    now: datetime,
    *,
    trouble: str | None = None,
    body: str | None = None,
) -> bool:
    """Note that an update has come, as it was written; return False if it had come before.

    One that cannot be read is kept with why, for an operator to look at.
    """
    # What could be read is read again after a crash, so it is kept whole.
    kept = body[:LONGEST_BODY] if body and trouble else body
    statement = insert(session, HeardRow).values(
        update_id=update_id, at=now, trouble=trouble, body=kept
    )
    new = statement.on_conflict_do_nothing(index_elements=["update_id"])
    return (await session.scalar(new.returning(HeardRow.update_id))) is not None


async def finish(session: AsyncSession, update_id: int) -> None:
    """Note that one has been handled: only its number is kept."""
    statement = update(HeardRow).where(HeardRow.update_id == update_id).values(body=None)
    await session.execute(statement)


async def unfinished(session: AsyncSession, since: datetime) -> list[str]:
    """Return what came since a time and was not handled, in its order."""
    query = (
        select(HeardRow.body)
        .where(HeardRow.at >= since, HeardRow.trouble.is_(None), HeardRow.body.is_not(None))
        .order_by(HeardRow.update_id)
    )
    return [body for body in await session.scalars(query) if body is not None]


async def unreadable(session: AsyncSession) -> int:
    """Return how many are kept that could not be read."""
    query = select(func.count()).where(HeardRow.trouble.is_not(None))
    return await session.scalar(query) or 0


async def forget(session: AsyncSession, before: datetime) -> int:
    """Let go of what came before a time; return how many. Telegram keeps updates for a day."""
    statement = delete(HeardRow).where(HeardRow.at < before).returning(HeardRow.update_id)
    return len((await session.execute(statement)).all())
