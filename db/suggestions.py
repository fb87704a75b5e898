"""Sources that readers would like to be watched."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.columns import is_number
from db.models import SuggestionRow
from db.statements import insert
from domain.proposal import Decision, Suggested


class Suggestion(NamedTuple):
    """One of them, whose it is, and what was decided."""

    suggested: Suggested
    chat_id: int
    state: Decision


async def add(session: AsyncSession, chat_id: int, url: str, now: datetime) -> Suggested | None:
    """Keep a new suggestion; None where somebody has suggested the address before."""
    new = {"chat_id": chat_id, "url": url, "state": "open", "made_at": now}
    statement = insert(session, SuggestionRow).values(new).on_conflict_do_nothing()
    number = (await session.execute(statement.returning(SuggestionRow.id))).scalar()
    return None if number is None else Suggested(number=number, url=url)


async def count_open(session: AsyncSession, chat_id: int) -> int:
    """Return how many of a chat's suggestions wait for operators."""
    query = select(func.count(SuggestionRow.id)).where(
        SuggestionRow.chat_id == chat_id, SuggestionRow.state == "open"
    )
    return await session.scalar(query) or 0


async def get(session: AsyncSession, number: int) -> Suggestion | None:
    """Return a suggestion by its number."""
    if not is_number(number):
        return None
    row = await session.scalar(select(SuggestionRow).where(SuggestionRow.id == number))
    if row is None:
        return None
    return Suggestion(Suggested(number=row.id, url=row.url), row.chat_id, row.state)


async def decide(
    session: AsyncSession, number: int, state: Decision, by: int | None, now: datetime
) -> bool:
    """Note what was decided; False where it was decided before."""
    statement = (
        update(SuggestionRow)
        .where(SuggestionRow.id == number, SuggestionRow.state == "open")
        .values(state=state, decided_at=now, decided_by=by)
        .returning(SuggestionRow.id)
    )
    return (await session.execute(statement)).first() is not None
