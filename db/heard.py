"""Updates that a webhook has taken: Telegram brings one again when its answer was lost."""

from datetime import datetime

from sqlalchemy import delete, func, select
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
    """Note that an update has come; return False if it had come before.

    One that cannot be read is kept with why, for an operator to look at.
    """
    kept = None if body is None else body[:LONGEST_BODY]
    statement = insert(session, HeardRow).values(
        update_id=update_id, at=now, trouble=trouble, body=kept
    )
    new = statement.on_conflict_do_nothing(index_elements=["update_id"])
    return (await session.scalar(new.returning(HeardRow.update_id))) is not None


async def drop(session: AsyncSession, update_id: int) -> None:
    """Forget one that was not handled after all: it may be brought again."""
    await session.execute(delete(HeardRow).where(HeardRow.update_id == update_id))


async def unreadable(session: AsyncSession) -> int:
    """Return how many are kept that could not be read."""
    query = select(func.count()).where(HeardRow.trouble.is_not(None))
    return await session.scalar(query) or 0


async def forget(session: AsyncSession, before: datetime) -> int:
    """Let go of what came before a time; return how many. Telegram keeps updates for a day."""
    statement = delete(HeardRow).where(HeardRow.at < before).returning(HeardRow.update_id)
    return len((await session.execute(statement)).all())
