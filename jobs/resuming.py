"""A database was put back: what was sent since then is in nobody's memory but the readers'."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import db.audit
import db.resuming
import db.subscriptions
from db.engine import Database, Session
from db.subscriptions import Step
from domain.calendar import next_digest

WINDOW = timedelta(hours=1)
"""What is younger is put back as it is, where nobody can be asked: so much may come twice."""
_BATCH = 500

Since = Literal["seen", "resend"]
"""What becomes of everything that happened since: taken for told, or told (again)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What was taken for told."""

    deliveries: int = 0
    digests: int = 0
    sources: int = 0
    """Whose next reading is stored and told to nobody."""


async def newest(database: Database) -> datetime | None:
    """Return when something last happened in a database; None where nothing ever did."""
    async with database.read() as session:
        return await db.resuming.newest(session)


def usually(last: datetime | None, now: datetime) -> Since:
    """Return what is right for a database of that age where nobody can be asked."""
    return "seen" if last is not None and now - last > WINDOW else "resend"


async def resume(database: Database, since: Since, last: datetime | None, now: datetime) -> Resumed:
    """Settle what becomes of the time between `last` and now, in one unit of work."""
    async with database.write() as session:
        done = await _take_for_told(session, now) if since == "seen" else Resumed()
        await db.audit.note(
            session,
            actor_id=None,
            action="database.put_back",
            subject=since,
            detail={"last": last.isoformat() if last else None, "deliveries": done.deliveries},
            now=now,
        )
    return done


async def _take_for_told(session: Session, now: datetime) -> Resumed:
    deliveries = await db.resuming.let_be(session, now)
    digests = 0
    while due := await db.subscriptions.overdue(session, now, _BATCH):
        # What came until now is covered: the next digest begins here.
        steps = [Step(one.id, next_digest(one, now), now, one.last_date) for one in due]
        await db.subscriptions.advance_all(session, steps)
        digests += len(due)
    sources = await db.resuming.begin_anew(session, now)
    return Resumed(deliveries=deliveries, digests=digests, sources=sources)
