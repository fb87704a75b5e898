"""How long Telegram wants chats to be left alone: hours of it survive a restart."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import PauseRow
from db.statements import insert

EVERYTHING = 0
"""In the place of a chat's number: all of them."""


async def keep(session: AsyncSession, chat_id: int, until: datetime) -> None:
    """Note until when a chat, or everything, is left alone; the latest word counts."""
    statement = insert(session, PauseRow).values(chat_id=chat_id, until=until)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["chat_id"], set_={"until": until})
    )


async def current(session: AsyncSession, now: datetime) -> Mapping[int, datetime]:
    """Return which chats are left alone, and until when."""
    query = select(PauseRow.chat_id, PauseRow.until).where(PauseRow.until > now)
    return dict((await session.execute(query)).all())


async def forget(session: AsyncSession, now: datetime) -> None:
    """Let go of those that are over."""
    await session.execute(delete(PauseRow).where(PauseRow.until <= now))
