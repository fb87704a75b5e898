"""Subscriptions: what a destination wants, and when its next digest is due."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ChatRow, SubscriptionRow
from db.statements import insert
from domain.chat import Destination, Subscription, SubscriptionKind


async def of(session: AsyncSession, destination: Destination) -> list[Subscription]:
    """Return what a destination has subscribed to, in the order in which it did."""
    query = select(SubscriptionRow).where(*_at(destination)).order_by(SubscriptionRow.id)
    return [_subscription(row) for row in await session.scalars(query)]


async def put(
    session: AsyncSession,
    *,
    destination: Destination,
    kind: SubscriptionKind,
    minute: int,
    weekday: int,
    timezone: str,
    next_at: datetime | None,
    covered_until: datetime,
    now: datetime,
) -> Subscription:
    """Subscribe a destination, or change its times.

    A change keeps how far the digests have come: nothing is told twice or left out for it.

    Raises:
        sqlalchemy.exc.IntegrityError: The chat is not known, or a time is none.
    """
    times = {"minute": minute, "weekday": weekday, "timezone": timezone, "next_at": next_at}
    first = {
        "chat_id": destination.chat_id,
        "thread_id": destination.thread_id,
        "kind": kind,
        "covered_until": covered_until,
        "created_at": now,
    }
    statement = insert(session, SubscriptionRow).values(first | times)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["chat_id", "thread_id", "kind"], set_=times)
    )
    query = select(SubscriptionRow).where(*_at(destination), SubscriptionRow.kind == kind)
    return _subscription((await session.scalars(query)).one())


async def remove(
    session: AsyncSession, destination: Destination, kind: SubscriptionKind | None = None
) -> int:
    """End one subscription of a destination, or all of them; return how many there were."""
    statement = delete(SubscriptionRow).where(*_at(destination))
    if kind is not None:
        statement = statement.where(SubscriptionRow.kind == kind)
    return len((await session.execute(statement.returning(SubscriptionRow.id))).all())


async def instant(session: AsyncSession) -> list[Destination]:
    """Return who wants alerts and can be told."""
    query = (
        select(SubscriptionRow.chat_id, SubscriptionRow.thread_id)
        .where(SubscriptionRow.kind == "instant", _active())
        .order_by(SubscriptionRow.id)
    )
    return [
        Destination(chat_id=chat_id, thread_id=thread_id)
        for chat_id, thread_id in await session.execute(query)
    ]


async def due(session: AsyncSession, now: datetime, limit: int) -> list[Subscription]:
    """Return the digests that are due to chats that can be told, the longest waiting first."""
    query = (
        select(SubscriptionRow)
        .where(SubscriptionRow.next_at <= now, _active())
        .order_by(SubscriptionRow.next_at, SubscriptionRow.id)
        .limit(limit)
    )
    return [_subscription(row) for row in await session.scalars(query)]


async def advance(
    session: AsyncSession,
    subscription_id: int,
    *,
    next_at: datetime | None,
    covered_until: datetime,
    last_date: date | None,
) -> None:
    """Note that a digest is owed: what it covers, for which local date, and when the next is."""
    await session.execute(
        update(SubscriptionRow)
        .where(SubscriptionRow.id == subscription_id)
        .values(next_at=next_at, covered_until=covered_until, last_date=last_date)
    )


async def next_at(session: AsyncSession) -> datetime | None:
    """Return when the next digest to anybody is due."""
    return await session.scalar(select(func.min(SubscriptionRow.next_at)).where(_active()))


def _at(destination: Destination) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        SubscriptionRow.chat_id == destination.chat_id,
        SubscriptionRow.thread_id == destination.thread_id,
    )


def _active() -> ColumnElement[bool]:
    return exists().where(ChatRow.id == SubscriptionRow.chat_id, ChatRow.state == "active")


def _subscription(row: SubscriptionRow) -> Subscription:
    return Subscription(
        id=row.id,
        destination=Destination(chat_id=row.chat_id, thread_id=row.thread_id),
        kind=row.kind,
        minute=row.minute,
        weekday=row.weekday,
        timezone=row.timezone,
        next_at=row.next_at,
        covered_until=row.covered_until,
        last_date=row.last_date,
    )
