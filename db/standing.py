"""How far behind the work is, as the database knows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import deliveries, heard, search
from db.models import ArticleRow, ChatRow, DeliveryRow, FaultRow, SourceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Figures of one moment; ages in seconds, 0 where nothing waits."""

    poll_lag: float
    """How long the source that has waited longest has been due."""
    outbox_age: float
    """How long the message that has waited longest could have gone out."""
    deliveries: dict[str, int]
    """Those that wait or ended badly, by state."""
    repeats: int
    """How often something may have been said twice."""
    failing: int
    """Sources that could not be read the last time."""
    unread: int
    """Articles whose texts could not be judged."""
    sources: dict[str, int]
    """By state."""
    chats: dict[str, int]
    """By state."""
    quarantine: dict[str, int]
    """What was set aside because it could not be handled, by what it is."""
    unindexed: int
    """Articles that searches do not find yet."""
    faults: int
    """Different bugs that are remembered."""


async def standing(session: AsyncSession, now: datetime) -> Standing:
    """Return how far behind the work is."""
    active = SourceRow.state == "active"
    due = await session.scalar(select(func.min(SourceRow.next_at)).where(active))
    failing = select(func.count()).where(active, SourceRow.failures > 0)
    unread = select(func.count()).where(ArticleRow.unread.is_not(None))
    waiting = select(func.min(DeliveryRow.not_before)).where(DeliveryRow.state == "owed")
    return Standing(
        poll_lag=_age(due, now),
        outbox_age=_age(await session.scalar(waiting), now),
        deliveries=await deliveries.unsettled(session),
        repeats=await deliveries.possible_repeats(session),
        failing=await session.scalar(failing) or 0,
        unread=await session.scalar(unread) or 0,
        sources=await _by_state(session, SourceRow),
        chats=await _by_state(session, ChatRow),
        quarantine={"updates": await heard.unreadable(session)},
        unindexed=await search.count_waiting(session),
        faults=await session.scalar(select(func.count()).select_from(FaultRow)) or 0,
    )


async def _by_state(session: AsyncSession, row: type[SourceRow | ChatRow]) -> dict[str, int]:
    query = select(row.state, func.count()).group_by(row.state)
    return {str(state): number for state, number in await session.execute(query)}


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
