"""Subscriptions: what a destination wants, and when its next digest is due."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ChatRow, SubscriptionRow
from db.statements import insert, table_of
from domain.chat import EVERY_DAY, Destination, Subscription, SubscriptionKind

_COLUMNS = (
    SubscriptionRow.id,
    SubscriptionRow.chat_id,
    SubscriptionRow.thread_id,
    SubscriptionRow.kind,
    SubscriptionRow.minute,
    SubscriptionRow.weekday,
    SubscriptionRow.days,
    SubscriptionRow.timezone,
    SubscriptionRow.next_at,
    SubscriptionRow.covered_until,
    SubscriptionRow.last_date,
)


async def of(session: AsyncSession, destination: Destination) -> list[Subscription]:
    """Return what a destination has subscribed to, in the order in which it did."""
    query = select(SubscriptionRow).where(*_at(destination)).order_by(SubscriptionRow.id)
    return [_subscription(row) for row in await session.scalars(query)]


async def in_chat(session: AsyncSession, chat_id: int) -> list[Subscription]:
    """Return what a chat and all of its topics have subscribed to."""
    query = select(SubscriptionRow).where(SubscriptionRow.chat_id == chat_id)
    return [_subscription(row) for row in await session.scalars(query.order_by(SubscriptionRow.id))]


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
    days: int = EVERY_DAY,
) -> Subscription:
    """Subscribe a destination, or change its times.

    A change keeps how far the digests have come: nothing is told twice or left out for it.

    Raises:
        sqlalchemy.exc.IntegrityError: The chat is not known, or a time is none.
    """
    times = {
        "minute": minute,
        "weekday": weekday,
        "days": days,
        "timezone": timezone,
        "next_at": next_at,
    }
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


async def due(session: AsyncSession, now: datetime, limit: int) -> list[Subscription]:
    """Return the digests that are due to chats that can be told, the longest waiting first."""
    # Columns, not objects of the ORM: ten thousand chats may be due in one minute.
    query = (
        select(*_COLUMNS)
        .where(SubscriptionRow.next_at <= now, _active())
        .order_by(SubscriptionRow.next_at, SubscriptionRow.id)
        .limit(limit)
    )
    return [_subscription(row) for row in await session.execute(query)]


async def waiting_for_return(
    session: AsyncSession, before: datetime, limit: int
) -> list[Subscription]:
    """Return what was due before a time to chats that cannot be told anything."""
    silent = exists().where(ChatRow.id == SubscriptionRow.chat_id, ChatRow.state == "suspended")
    query = select(*_COLUMNS).where(SubscriptionRow.next_at <= before, silent).limit(limit)
    return [_subscription(row) for row in await session.execute(query)]


async def overdue(session: AsyncSession, now: datetime, limit: int) -> list[Subscription]:
    """Return digests whose time has come, also those of chats that cannot be told anything."""
    query = select(*_COLUMNS).where(SubscriptionRow.next_at <= now).limit(limit)
    return [_subscription(row) for row in await session.execute(query)]


async def count_due(session: AsyncSession, now: datetime) -> int:
    """Return how many digests are due."""
    query = select(func.count()).where(SubscriptionRow.next_at <= now, _active())
    return await session.scalar(query) or 0


class Step(NamedTuple):
    """Where a subscription stands once a digest is owed or left out."""

    id: int
    next_at: datetime
    covered_until: datetime
    last_date: date | None


async def advance_all(session: AsyncSession, steps: Sequence[Step]) -> None:
    """Note of many subscriptions at once where they stand."""
    if not steps:
        return
    at = table_of(SubscriptionRow)
    statement = (
        update(at)
        .where(at.c.id == bindparam("number"))
        .values(
            next_at=bindparam("then", type_=at.c.next_at.type),
            covered_until=bindparam("covered", type_=at.c.covered_until.type),
            last_date=bindparam("day", type_=at.c.last_date.type),
        )
    )
    names = ("number", "then", "covered", "day")
    await session.execute(statement, [dict(zip(names, step, strict=True)) for step in steps])


async def times(session: AsyncSession, now: datetime) -> list[Subscription]:
    """Return each combination of times that some subscriptions share, and that lies ahead.

    What is of one subscription only (its number, where it goes, what it covers) says nothing.
    """
    shared = (
        SubscriptionRow.kind,
        SubscriptionRow.minute,
        SubscriptionRow.weekday,
        SubscriptionRow.days,
        SubscriptionRow.timezone,
        SubscriptionRow.next_at,
        SubscriptionRow.last_date,
    )
    query = select(*shared).where(SubscriptionRow.next_at > now).distinct()
    return [
        Subscription(
            id=0,
            destination=Destination(chat_id=0),
            covered_until=now,
            **row._asdict(),
        )
        for row in await session.execute(query)
    ]


async def set_next(session: AsyncSession, shared: Subscription, at: datetime) -> int:
    """Set when the next digest of those with these times is due; return how many they are."""
    statement = (
        update(SubscriptionRow)
        .where(
            SubscriptionRow.kind == shared.kind,
            SubscriptionRow.minute == shared.minute,
            SubscriptionRow.weekday == shared.weekday,
            SubscriptionRow.days == shared.days,
            SubscriptionRow.timezone == shared.timezone,
            SubscriptionRow.next_at == shared.next_at,
            SubscriptionRow.last_date.is_not_distinct_from(shared.last_date),
        )
        .values(next_at=at)
        .returning(SubscriptionRow.id)
    )
    return len((await session.execute(statement)).all())


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


def _subscription(row: SubscriptionRow | Row[*tuple[Any, ...]]) -> Subscription:
    return Subscription(
        id=row.id,
        destination=Destination(chat_id=row.chat_id, thread_id=row.thread_id),
        kind=row.kind,
        minute=row.minute,
        weekday=row.weekday,
        days=row.days,
        timezone=row.timezone,
        next_at=row.next_at,
        covered_until=row.covered_until,
        last_date=row.last_date,
    )
