"""Looks at possible sources that wait for a yes."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.columns import is_number
from db.models import LookRow
from db.statements import reserve, table_of
from domain.candidate import Candidate, Other, Pending


async def keep(
    session: AsyncSession,
    *,
    actor_id: int,
    candidate: Candidate,
    others: Sequence[Other],
    now: datetime,
    expires_at: datetime,
    suggestion_id: int | None = None,
) -> int:
    """Keep a look until it expires, and let go of those that have; return its number."""
    await session.execute(delete(LookRow).where(LookRow.expires_at <= now))
    (number,) = await reserve(session, LookRow, 1)
    row = {
        "id": number,
        "actor_id": actor_id,
        "candidate": msgspec.to_builtins(candidate),
        "others": msgspec.to_builtins(tuple(others)),
        "expires_at": expires_at,
        "source_id": None,
        "suggestion_id": suggestion_id,
    }
    await session.execute(table_of(LookRow).insert(), [row])
    return number


async def take(
    session: AsyncSession, look_id: int, *, actor_id: int, now: datetime
) -> Pending | None:
    """Return somebody's own look while it is valid, locked until the unit of work ends."""
    if not is_number(look_id):
        return None
    query = select(LookRow).where(
        LookRow.id == look_id, LookRow.actor_id == actor_id, LookRow.expires_at > now
    )
    row = await session.scalar(query.with_for_update())
    return _pending(row) if row else None


async def used(session: AsyncSession, look_id: int, source_id: int) -> None:
    """Note what a look has become."""
    statement = update(LookRow).where(LookRow.id == look_id).values(source_id=source_id)
    await session.execute(statement.execution_options(synchronize_session=False))


async def drop(session: AsyncSession, look_id: int, *, actor_id: int) -> None:
    """Forget somebody's own look."""
    if is_number(look_id):
        mine = (LookRow.id == look_id, LookRow.actor_id == actor_id)
        await session.execute(delete(LookRow).where(*mine))


def _pending(row: LookRow) -> Pending:
    return Pending(
        id=row.id,
        actor_id=row.actor_id,
        candidate=msgspec.convert(row.candidate, Candidate),
        others=msgspec.convert(row.others, tuple[Other, ...]),
        expires_at=row.expires_at,
        source_id=row.source_id,
        suggestion_id=row.suggestion_id,
    )
