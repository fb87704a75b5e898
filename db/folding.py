"""What waited is told together: one delivery carries others to the same place.

A row that is carried is `folded`. It is noted with the words of its carrier, in one transaction, so
that a crash leaves either all of them owed or all of them in words that are kept.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import DeliveryRow
from db.statements import table_of
from domain.chat import Destination
from domain.delivery import HELD, DeliveryKind

_TOLD_TOGETHER: tuple[DeliveryKind, ...] = ("alert", "news")
_LOOKED_AT = 200
_ROWS = table_of(DeliveryRow)
_TOLD = (
    update(_ROWS)
    .where(
        _ROWS.c.carrier_id.in_(bindparam("carriers", expanding=True)),
        _ROWS.c.state == "folded",
    )
    .values(state="sent", sent_at=bindparam("now"))
)
"""Made once: it is executed with every note of what has arrived."""
_LOST = ("failed", "expired", "uncertain")


class Waiting(NamedTuple):
    """A delivery that had to wait, and what it tells."""

    id: int
    kind: DeliveryKind
    payload: dict[str, Any]
    story_id: int


async def waited(
    session: AsyncSession, destination: Destination, first: int, now: datetime
) -> list[Waiting]:
    """Return what waited for long at a destination and is due, the delivery `first` leading.

    Nothing where that one did not wait itself.
    """
    query = (
        select(DeliveryRow)
        .where(
            DeliveryRow.chat_id == destination.chat_id,
            DeliveryRow.thread_id == destination.thread_id,
            or_(DeliveryRow.id == first, _is_due(now)),
        )
        .order_by(DeliveryRow.id != first, DeliveryRow.not_before, DeliveryRow.id)
        .limit(_LOOKED_AT)
    )
    rows = [row for row in await session.scalars(query) if row.not_before - row.created_at >= HELD]
    if not rows or rows[0].id != first:
        return []
    return [
        Waiting(row.id, row.kind, dict(row.payload), row.story_id)
        for row in rows
        if row.story_id is not None
    ]


async def digest_waits(session: AsyncSession, destination: Destination, now: datetime) -> bool:
    """Tell whether a digest is about to leave, which tells what waited anyway."""
    query = select(
        exists().where(
            DeliveryRow.chat_id == destination.chat_id,
            DeliveryRow.thread_id == destination.thread_id,
            DeliveryRow.kind == "digest",
            DeliveryRow.state.in_(("owed", "leased")),
            DeliveryRow.not_before <= now,
        )
    )
    return bool(await session.scalar(query))


async def fold(session: AsyncSession, carrier: int, carried: Collection[int]) -> None:
    """Let a delivery tell others that are still owed."""
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.id.in_(carried),
            DeliveryRow.state == "owed",
            DeliveryRow.started_at.is_(None),
        )
        .values(state="folded", carrier_id=carrier)
        .execution_options(synchronize_session=False)
    )


async def told(session: AsyncSession, carriers: Sequence[int], now: datetime) -> None:
    """Note that these have arrived, and with them what they carry."""
    if carriers:
        connection = await session.connection()
        await connection.execute(_TOLD, {"carriers": list(carriers), "now": now})


async def release(session: AsyncSession) -> int:
    """Owe again, one by one, what was to be told by a delivery that came to nothing."""
    carrier = aliased(DeliveryRow)
    lives = exists().where(carrier.id == DeliveryRow.carrier_id, carrier.state.not_in(_LOST))
    statement = (
        update(DeliveryRow)
        .where(DeliveryRow.state == "folded", ~lives)
        .values(state="owed", carrier_id=None)
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )
    return len((await session.execute(statement)).all())


def carries() -> ColumnElement[bool]:
    """Say of a row in a query that it tells others as well."""
    other = aliased(DeliveryRow)
    return exists().where(other.carrier_id == DeliveryRow.id, other.state == "folded")


def _is_due(now: datetime) -> ColumnElement[bool]:
    return (
        DeliveryRow.kind.in_(_TOLD_TOGETHER)
        & (DeliveryRow.state == "owed")
        & DeliveryRow.started_at.is_(None)
        & (DeliveryRow.not_before <= now)
    )
