"""The order of the outbox: which rows are next, one for each chat.

The statements are made once: this is asked for dozens of times a second, and making one costs more
than answering it.
"""

from collections.abc import Collection, Set
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ChatRow, DeliveryRow
from db.statements import table_of

# Read at once: enough that one page does, little enough that a chat with thousands of rows at the
# head of the queue costs nothing but pages.
_PAGE = 200
_MARGIN = 16

_ROWS = table_of(DeliveryRow)
_ORDER = (_ROWS.c.lane, _ROWS.c.not_before, _ROWS.c.id)

# Two short lists that are made once, so that the index alone is walked: joins are not.
_BUSY = select(_ROWS.c.chat_id).where(_ROWS.c.state == "leased")
_SUSPENDED = select(ChatRow.id).where(ChatRow.state == "suspended")
_QUEUE = (
    select(_ROWS.c.id, _ROWS.c.chat_id)
    .where(
        _ROWS.c.state == "owed",
        _ROWS.c.not_before <= bindparam("now"),
        or_(_ROWS.c.expires_at.is_(None), _ROWS.c.expires_at > bindparam("now")),
        _ROWS.c.chat_id.not_in(_BUSY),
        _ROWS.c.chat_id.not_in(_SUSPENDED),
        _ROWS.c.chat_id.not_in(bindparam("besides", expanding=True)),
    )
    .order_by(*_ORDER)
    .limit(bindparam("most", type_=Integer))
)

_CLAIMED = (
    "id", "chat_id", "thread_id", "kind", "key", "lane", "not_before", "payload", "story_id",
    "parts", "message_ids", "doubts", "started_at",
)  # fmt: skip
_LOCKED = _ROWS.alias("locked")
_LEASE = (
    update(_ROWS)
    .where(
        _ROWS.c.id.in_(
            select(_LOCKED.c.id)
            .where(
                _LOCKED.c.id.in_(bindparam("numbers", expanding=True)), _LOCKED.c.state == "owed"
            )
            # Only PostgreSQL reads this; in SQLite a writer is alone anyway.
            .with_for_update(skip_locked=True)
        )
    )
    .values(state="leased", lease_owner=bindparam("owner"), lease_until=bindparam("until"))
    .returning(*(_ROWS.c[name] for name in _CLAIMED))
)


async def lease_first_of_each_chat(
    session: AsyncSession,
    *,
    owner: str,
    now: datetime,
    until: datetime,
    limit: int,
    besides: Set[int] = frozenset(),
) -> list[Row[Any]]:
    """Give the next rows to `owner`, at most one for each chat, and return them in their order.

    `besides` are chats that are left alone.

    Two that ask at the same moment choose the same first row of a chat, and one of them passes
    the chat over because that row is locked: neither comes to its second row.
    """
    leased: list[Row[Any]] = []
    passed: set[int] = set()
    page = min(_PAGE, limit + _MARGIN)
    while len(leased) < limit:
        queue = await _queue(session, now, besides=passed, limit=page)
        firsts: dict[int, int] = {}
        for number, chat_id in queue:
            firsts.setdefault(chat_id, number)
        # A thousand chats that rest a second are looked at here: as parameters of the query they
        # would cost more than the query. Only those that stand in the way go into the next one.
        resting = firsts.keys() & besides
        ready = [(chat_id, firsts[chat_id]) for chat_id in firsts if chat_id not in resting]
        wanted = dict(ready[: limit - len(leased)])
        leased += await _lease(session, wanted.values(), owner, until)
        passed |= wanted.keys() | resting
        if len(queue) < page and len(wanted) == len(ready):
            break
        page = _PAGE
    return leased


async def _queue(
    session: AsyncSession, now: datetime, *, besides: Collection[int], limit: int
) -> list[tuple[int, int]]:
    """Return (row, chat) for what may be sent now, in order, to chats nobody is sending to."""
    given = {"now": now, "besides": list(besides), "most": limit}
    connection = await session.connection()
    return [(number, chat_id) for number, chat_id in await connection.execute(_QUEUE, given)]


async def _lease(
    session: AsyncSession, numbers: Collection[int], owner: str, until: datetime
) -> list[Row[Any]]:
    if not numbers:
        return []
    given = {"numbers": list(numbers), "owner": owner, "until": until}
    connection = await session.connection()
    rows = await connection.execute(_LEASE, given)
    # RETURNING keeps no order.
    return sorted(rows, key=lambda row: (row.lane, row.not_before, row.id))
