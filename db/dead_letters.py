"""What was given up: why, and an operator's word on what becomes of it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import DeliveryRow


class GivenUp(NamedTuple):
    """How many rows were given up for one reason."""

    reason: str
    number: int


async def given_up(session: AsyncSession, limit: int) -> list[GivenUp]:
    """Return why what was given up was given up, the most frequent reason first."""
    number = func.count().label("number")
    query = (
        select(DeliveryRow.error, number, func.max(DeliveryRow.id))
        .where(DeliveryRow.state == "failed")
        .group_by(DeliveryRow.error)
        .order_by(number.desc())
        .limit(limit)
    )
    return [GivenUp(error or "", count) for error, count, _ in await session.execute(query)]


async def try_again(session: AsyncSession, now: datetime) -> int:
    """Owe once more what was given up; return how many rows. Parts that arrived stay so."""
    statement = (
        update(DeliveryRow)
        .where(DeliveryRow.state == "failed")
        .values(state="owed", not_before=now, doubts=0, expires_at=None)
    )
    return len((await session.execute(statement.returning(DeliveryRow.id))).all())


async def let_go(session: AsyncSession) -> int:
    """Try what was given up never again; return how many rows."""
    statement = update(DeliveryRow).where(DeliveryRow.state == "failed").values(state="expired")
    return len((await session.execute(statement.returning(DeliveryRow.id))).all())
