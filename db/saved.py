"""Stories that destinations keep for later."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import SavedRow
from db.statements import insert
from domain.chat import Destination


async def put(
    session: AsyncSession, destination: Destination, story_id: int, now: datetime
) -> bool:
    """Save a story; False where it is saved already."""
    new = {
        "chat_id": destination.chat_id,
        "thread_id": destination.thread_id,
        "story_id": story_id,
        "saved_at": now,
    }
    statement = insert(session, SavedRow).values(new).on_conflict_do_nothing()
    return (await session.execute(statement.returning(SavedRow.story_id))).scalar() is not None


async def drop(session: AsyncSession, destination: Destination, story_id: int) -> bool:
    """Save a story no more; False where it was not saved."""
    gone = delete(SavedRow).where(*_at(destination), SavedRow.story_id == story_id)
    return (await session.execute(gone.returning(SavedRow.story_id))).first() is not None


async def of(session: AsyncSession, destination: Destination, limit: int, offset: int) -> list[int]:
    """Return the stories that are saved here, the last one first."""
    query = (
        select(SavedRow.story_id)
        .where(*_at(destination))
        .order_by(SavedRow.saved_at.desc(), SavedRow.story_id.desc())
        .limit(limit)
        .offset(offset)
    )
    return list(await session.scalars(query))


async def count(session: AsyncSession, destination: Destination) -> int:
    """Return how many are saved here."""
    query = select(func.count(SavedRow.story_id)).where(*_at(destination))
    return await session.scalar(query) or 0


def _at(destination: Destination) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        SavedRow.chat_id == destination.chat_id,
        SavedRow.thread_id == destination.thread_id,
    )
