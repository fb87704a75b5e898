"""What becomes of a claimed delivery: begun, arrived part by part, put back, given up."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, case, update
from sqlalchemy.ext.asyncio import AsyncSession

from db import folding
from db.models import DeliveryRow
from db.statements import table_of
from domain.delivery import AT_MOST_ONCE
from domain.message import Message

_NO_LEASE = {"lease_owner": None, "lease_until": None}
_NEVER_AGAIN = tuple(AT_MOST_ONCE)

# Made once: each is executed dozens of times a second, and making it costs more than that.
_ROWS = table_of(DeliveryRow)
_START = (
    update(_ROWS)
    .where(
        _ROWS.c.id.in_(bindparam("numbers", expanding=True)),
        _ROWS.c.state == "leased",
        _ROWS.c.lease_owner == bindparam("owner"),
        _ROWS.c.lease_until > bindparam("now"),
    )
    .values(
        attempts=_ROWS.c.attempts + 1,
        repeats=_ROWS.c.repeats + case((_ROWS.c.started_at.is_(None), 0), else_=1),
        started_at=bindparam("now"),
    )
    .returning(_ROWS.c.id)
)
_ARRIVED = (
    update(_ROWS)
    .where(_ROWS.c.id == bindparam("delivery"))
    .values(
        message_ids=bindparam("numbers"),
        parts_sent=bindparam("so_far"),
        started_at=None,
        sent_at=bindparam("now"),
        doubts=0,
        state=bindparam("outcome"),
        error=None,
        **_NO_LEASE,
    )
)


class Arrived(NamedTuple):
    """A part has arrived; `message_ids` are those of all parts until now."""

    delivery_id: int
    message_ids: tuple[int, ...]
    complete: bool
    """It was the last part."""


async def keep_parts(
    session: AsyncSession,
    delivery_id: int,
    parts: tuple[Message, ...],
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Keep the rendered messages: a repeat says what the first attempt said.

    `payload`: what it tells, where that was settled only now.
    """
    told = {} if payload is None else {"payload": msgspec.to_builtins(payload)}
    await _set(session, delivery_id, parts=msgspec.to_builtins(parts), **told)


async def keep_ahead(
    session: AsyncSession,
    delivery_id: int,
    parts: tuple[Message, ...],
    payload: Mapping[str, Any] | None = None,
) -> bool:
    """Keep the rendered messages of a row that nobody has claimed or rendered; False else."""
    told = {} if payload is None else {"payload": msgspec.to_builtins(payload)}
    statement = (
        update(DeliveryRow)
        .where(
            DeliveryRow.id == delivery_id, DeliveryRow.state == "owed", DeliveryRow.parts.is_(None)
        )
        .values(parts=msgspec.to_builtins(parts), **told)
        .returning(DeliveryRow.id)
    )
    kept = await session.scalars(statement.execution_options(synchronize_session=False))
    return kept.first() is not None


async def start(
    session: AsyncSession, delivery_ids: Collection[int], owner: str, now: datetime
) -> set[int]:
    """Note that requests are about to leave, committed before they do; return which may.

    A row whose lease is over (the process had been stopped for long) is somebody else's by now.
    """
    if not delivery_ids:
        return set()
    connection = await session.connection()
    given = {"numbers": list(delivery_ids), "owner": owner, "now": now}
    return {number for (number,) in await connection.execute(_START, given)}


async def arrived(session: AsyncSession, notes: Sequence[Arrived], now: datetime) -> None:
    """Note which parts have arrived, whoever holds their rows: that is what is so."""
    if notes:
        connection = await session.connection()
        await connection.execute(_ARRIVED, [_as_arrived(note, now) for note in notes])
    await folding.told(session, [note.delivery_id for note in notes if note.complete], now)


async def done(session: AsyncSession, delivery_id: int, now: datetime) -> None:
    """Note that there is nothing more of it to send."""
    await _set(session, delivery_id, state="sent", sent_at=now, started_at=None, error=None)
    await folding.told(session, [delivery_id], now)


async def give_back(session: AsyncSession, delivery_ids: Collection[int], owner: str) -> None:
    """Put back what was claimed and never begun."""
    statement = (
        update(DeliveryRow)
        .where(
            DeliveryRow.id.in_(delivery_ids),
            DeliveryRow.state == "leased",
            DeliveryRow.lease_owner == owner,
        )
        .values(state="owed", **_NO_LEASE)
    )
    await session.execute(statement.execution_options(synchronize_session=False))


async def postpone(
    session: AsyncSession,
    delivery_id: int,
    *,
    not_before: datetime,
    error: str | None,
    unknown: bool,
) -> None:
    """Put a row back, to be tried again from `not_before` on.

    `unknown`: the message may have arrived; the next attempt will know that it may be a repeat.
    """
    later: dict[str, Any] = {"state": "owed", "not_before": not_before, "error": error}
    await _set(session, delivery_id, **later, **({} if unknown else {"started_at": None}))


async def doubt(
    session: AsyncSession, delivery_id: int, *, not_before: datetime, error: str
) -> None:
    """Put a row back whose last attempt may have arrived."""
    await postpone(session, delivery_id, not_before=not_before, error=error, unknown=True)
    await _set(session, delivery_id, doubts=DeliveryRow.doubts + 1)


async def let_go(session: AsyncSession, delivery_id: int, error: str) -> None:
    """Tell it no more: whom it was for does not want it."""
    await _set(session, delivery_id, state="expired", error=error)


async def fail(session: AsyncSession, delivery_id: int, error: str) -> None:
    """Give a row up: it was refused for good, or tried often enough."""
    await _set(session, delivery_id, state="failed", error=error)


async def rest_uncertain(session: AsyncSession, delivery_id: int, error: str) -> None:
    """Leave a row alone that may have arrived, and is never said twice."""
    await _set(session, delivery_id, state="uncertain", error=error)


async def release(
    session: AsyncSession, now: datetime | None, besides: Collection[int] = ()
) -> int:
    """Put back what senders that are gone had taken; return how many rows.

    Those whose lease is over; without a time all of them, for who knows that nobody else sends.
    `besides` are rows whose senders are not gone. A row whose request had been started may have
    arrived: `started_at` stays and says so, and a kind that is never said twice rests.
    """
    gone = [DeliveryRow.state == "leased", DeliveryRow.id.not_in(besides)]
    if now is not None:
        gone.append(DeliveryRow.lease_until <= now)
    never = (DeliveryRow.kind.in_(_NEVER_AGAIN), DeliveryRow.started_at.is_not(None))
    lost = {"state": "uncertain", "error": "the process ended before the answer"}
    await session.execute(update(DeliveryRow).where(*gone, *never).values(**lost, **_NO_LEASE))
    statement = update(DeliveryRow).where(*gone).values(state="owed", **_NO_LEASE)
    return len((await session.execute(statement.returning(DeliveryRow.id))).all())


def _as_arrived(note: Arrived, now: datetime) -> dict[str, Any]:
    numbers = list(note.message_ids)
    # Between two parts the chat rests, and the sender goes on with others.
    state = "sent" if note.complete else "owed"
    return {
        "delivery": note.delivery_id,
        "numbers": numbers,
        "so_far": len(numbers),
        "now": now,
        "outcome": state,
    }


async def _set(session: AsyncSession, delivery_id: int, **columns: Any) -> None:
    """Change a row; one that is at rest or back in the queue is nobody's any more."""
    if "state" in columns:
        columns |= _NO_LEASE
    statement = update(DeliveryRow).where(DeliveryRow.id == delivery_id).values(**columns)
    await session.execute(statement.execution_options(synchronize_session=False))
