"""Let go of what is too old, by the operator's wishes; see docs/operate.md, "What is kept"."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import db.heard
import db.keeping
from db.engine import Database, Session
from domain.keeping import TRACES, Keeping, LetGo

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Rows in one transaction: everybody else waits a few milliseconds."""
MOST = 100
"""Transactions of one kind in one round; the next round goes on."""
_HEARD = timedelta(days=2)
"""Telegram brings an update again for a day; after that its number is of no use."""

_Forget = Callable[[Session, datetime, int], Awaitable[int]]


async def let_go(database: Database, keeping: Keeping, now: datetime) -> LetGo:
    """Do a round; return how much was let go of."""
    done = LetGo(
        deliveries=await _all(database, db.keeping.deliveries, keeping.sent, now),
        texts=await _all(database, db.keeping.texts, keeping.off_topic, now),
        chats=await _all(database, db.keeping.chats, keeping.silent_chats, now),
        traces=await _traces(database, now),
    )
    if done:
        log.info(
            "let go of %d deliveries, the words of %d articles, %d chats, %d traces",
            done.deliveries,
            done.texts,
            done.chats,
            done.traces,
        )
    return done


async def _all(database: Database, forget: _Forget, keeps: timedelta | None, now: datetime) -> int:
    if keeps is None:
        return 0
    number = 0
    for _ in range(MOST):
        async with database.write() as session:
            some = await forget(session, now - keeps, AT_ONCE)
        number += some
        if not some:
            break
    return number


async def _traces(database: Database, now: datetime) -> int:
    async with database.write() as session:
        await db.heard.forget(session, now - _HEARD)
        return await db.keeping.traces(session, now - TRACES)
