"""Operators: who may run the bot."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ChatRow, OperatorRow
from db.statements import insert
from domain.operator import Role


async def role(session: AsyncSession, user_id: int) -> Role | None:
    """Return what a person may do; None for everybody else."""
    return await session.scalar(select(OperatorRow.role).where(OperatorRow.user_id == user_id))


async def seed(session: AsyncSession, user_ids: Iterable[int], now: datetime) -> None:
    """Make these people owners; whoever is an operator already stays as they are."""
    rows = [{"user_id": user_id, "role": "owner", "added_at": now} for user_id in user_ids]
    if rows:
        await session.execute(insert(session, OperatorRow).on_conflict_do_nothing(), rows)


async def add(
    session: AsyncSession, user_id: int, role: Role, added_by: int | None, now: datetime
) -> None:
    """Make somebody an operator, or change what he may do."""
    row = {"user_id": user_id, "role": role, "added_at": now, "added_by": added_by}
    statement = insert(session, OperatorRow).values(row)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["user_id"], set_={"role": role})
    )


async def remove(session: AsyncSession, user_id: int) -> bool:
    """Make somebody an operator no more; False if there was none, or no owner would be left."""
    owners = select(OperatorRow.user_id).where(OperatorRow.role == "owner").with_for_update()
    others = set(await session.scalars(owners)) - {user_id}
    if not others:
        return False
    gone = delete(OperatorRow).where(OperatorRow.user_id == user_id)
    return bool((await session.execute(gone.returning(OperatorRow.user_id))).all())


async def every(session: AsyncSession) -> list[tuple[int, Role]]:
    """Return all operators, those of the longest standing first."""
    query = select(OperatorRow).order_by(OperatorRow.added_at, OperatorRow.user_id)
    return [(row.user_id, row.role) for row in await session.scalars(query)]


async def reachable(session: AsyncSession) -> list[int]:
    """Return the private chats of those operators who have begun one with us."""
    query = (
        select(OperatorRow.user_id)
        .join(ChatRow, ChatRow.id == OperatorRow.user_id)
        .where(ChatRow.type == "private")
        .order_by(OperatorRow.user_id)
    )
    return list(await session.scalars(query))
