"""Words that operators left out for everybody."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.columns import is_number
from db.models import BarredRow
from db.statements import insert


async def words(session: AsyncSession) -> tuple[str, ...]:
    """Return them, in the order in which they were left out."""
    return tuple(await session.scalars(select(BarredRow.word).order_by(BarredRow.id)))


async def every(session: AsyncSession) -> list[tuple[int, str]]:
    """Return them with their numbers."""
    query = select(BarredRow.id, BarredRow.word).order_by(BarredRow.id)
    return [(number, word) for number, word in await session.execute(query)]


async def put(session: AsyncSession, word: str, by: int | None, now: datetime) -> bool:
    """Leave a word out from now on; False where it is so already."""
    new = {"word": word, "barred_at": now, "barred_by": by}
    statement = insert(session, BarredRow).values(new).on_conflict_do_nothing()
    return (await session.execute(statement.returning(BarredRow.id))).scalar() is not None


async def drop(session: AsyncSession, number: int) -> str | None:
    """Leave a word out no more and return it; None where there is none of this number."""
    if not is_number(number):
        return None
    gone = delete(BarredRow).where(BarredRow.id == number)
    return (await session.execute(gone.returning(BarredRow.word))).scalar()
