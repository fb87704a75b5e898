"""What a database that was put back does not know: it is taken for told, or told again."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ArticleRow, ChatRow, DeliveryRow, SourceRow

TAKEN_FOR_TOLD = "taken for told: the database was put back"


async def newest(session: AsyncSession) -> datetime | None:
    """Return when something last happened in a database; None where nothing ever did."""
    queries = (
        select(func.max(ArticleRow.first_seen_at)),
        select(func.max(SourceRow.last_read_at)),
        select(func.max(DeliveryRow.created_at)),
        select(func.max(DeliveryRow.sent_at)),
        select(func.max(ChatRow.created_at)),
    )
    found = [await session.scalar(query) for query in queries]
    return max((at for at in found if at is not None), default=None)


async def let_be(session: AsyncSession, now: datetime) -> int:
    """Owe nothing any more that could have gone out by now; return how many rows.

    What is for later, such as the reminders of deadlines to come, stays owed.
    """
    statement = (
        update(DeliveryRow)
        .where(DeliveryRow.state.in_(("owed", "leased", "folded")), DeliveryRow.not_before <= now)
        .values(state="expired", error=TAKEN_FOR_TOLD, lease_owner=None, lease_until=None)
        .returning(DeliveryRow.id)
    )
    return len((await session.execute(statement)).all())


async def begin_anew(session: AsyncSession, now: datetime) -> int:
    """Let the next reading of each source be its first: stored, and told to nobody.

    Return how many sources.
    """
    statement = (
        update(SourceRow)
        .where(SourceRow.state == "active", SourceRow.last_read_at.is_not(None))
        .values(last_read_at=None, announce=0, next_at=now)
        .returning(SourceRow.id)
    )
    return len((await session.execute(statement)).all())
