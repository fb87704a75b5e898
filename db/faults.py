"""What failed and should not have: counted by its fingerprint."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import FaultRow
from db.statements import insert
from domain.operator import Fault


async def count(
    session: AsyncSession, *, fingerprint: str, number: str, what: str, now: datetime
) -> Fault:
    """Count one more; the first one gives all of them their number."""
    row = {
        "fingerprint": fingerprint,
        "number": number,
        "what": what,
        "times": 1,
        "first_at": now,
        "last_at": now,
    }
    counted = (
        insert(session, FaultRow)
        .values(row)
        .on_conflict_do_update(
            index_elements=["fingerprint"],
            set_={"times": FaultRow.times + 1, "last_at": now},
        )
        .returning(FaultRow.number, FaultRow.what, FaultRow.times, FaultRow.first_at)
    )
    found = (await session.execute(counted)).one()
    return Fault(number=found.number, what=found.what, times=found.times, first_at=found.first_at)


async def new_since(session: AsyncSession, since: datetime) -> int:
    """Return how many bugs came up for the first time since then."""
    query = select(func.count()).where(FaultRow.first_at >= since)
    return await session.scalar(query) or 0
