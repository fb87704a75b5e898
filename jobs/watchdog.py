"""Notice that a source is in trouble, or well again, and tell the operators once."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

import db.deliveries
import db.operators
import db.sources
from db.engine import Database, Session
from domain.chat import Destination
from domain.delivery import Lane, Owed
from domain.health import TROUBLES, Trouble, trouble
from domain.notice import Notice, Notices
from domain.source import Source

log = logging.getLogger(__name__)

KEEPS = timedelta(days=3)
"""A notice that could not be delivered for so long is no news."""


async def watch_over(database: Database, now: datetime, *, since: datetime | None = None) -> int:
    """Owe the operators one message about everything that changed; return of how many sources.

    An incident is told once and once more when it is over, both in the unit of work that
    remembers it. `since`: see `domain.health.trouble`.
    """
    async with database.read() as session:
        changed = _changed(await db.sources.every(session), now, since)
    if not changed:
        return 0
    async with database.write() as session:
        # Once more under the lock: another process may have told it meanwhile.
        changed = _changed(await db.sources.every(session), now, since)
        for source, incident in changed:
            await db.sources.save(session, replace(source, incident=incident))
        await _tell(session, [_notice(*one) for one in changed], now)
    for source, incident in changed:
        log.warning("source %d (%s): %s", source.id, source.url, incident or "well again")
    return len(changed)


def _changed(
    sources: Sequence[Source], now: datetime, since: datetime | None
) -> list[tuple[Source, Trouble | None]]:
    seen = ((source, trouble(source, now, since=since)) for source in sources)
    return [(source, found) for source, found in seen if found != source.incident]


def _notice(source: Source, incident: Trouble | None) -> Notice:
    told = incident or _known(source.incident)
    return Notice(
        source_id=source.id,
        title=source.title,
        url=source.url,
        trouble=told,
        over=incident is None,
        code=source.error_code,
        reason=source.error,
        since=source.last_new_at if told == "quiet" else source.failing_since,
        moved_to=source.moved_to,
    )


def _known(incident: str | None) -> Trouble:
    return next((one for one in TROUBLES if one == incident), "failing")


async def _tell(session: Session, notices: Sequence[Notice], now: datetime) -> None:
    payload = msgspec.to_builtins(Notices(notices=tuple(notices)))
    owed = [
        Owed(
            destination=Destination(chat_id=chat_id),
            kind="notice",
            key=f"notice:{now.isoformat()}",
            lane=Lane.ALERT,
            payload=payload,
            expires_at=now + KEEPS,
        )
        for chat_id in await db.operators.reachable(session)
    ]
    await db.deliveries.owe(session, owed, now)
