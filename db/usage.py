"""Counts what happened in the last days, a few questions for all of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from sqlalchemy import ColumnElement, case, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from db import chats, facts
from db.models import ArticleRow, ChatRow, DeliveryRow, StoryRow
from domain.usage import DAYS, TOLD, Told, Usage

_KINDS: dict[str, Told] = {"alert": "alerts", "news": "alerts", "digest": "digests"}


async def usage(session: AsyncSession, now: datetime, zone: tzinfo) -> Usage:
    """Return the last days on somebody's calendar."""
    midnights = _midnights(now, zone)
    read = await _by_day(session, ArticleRow.first_seen_at, midnights)
    topic = await _by_day(session, ArticleRow.first_seen_at, midnights, ArticleRow.band != "off")
    first = await _first_since(session, midnights[0])
    active, suspended = await chats.count(session)
    return Usage(
        days=tuple(at.astimezone(zone).date() for at in midnights),
        read=read,
        on_topic=topic,
        sent=await _sent(session, midnights, first),
        given_up=await _given_up(session, first),
        stories=await session.scalar(select(func.count()).select_from(StoryRow)) or 0,
        facts=await facts.count(session),
        active=active,
        suspended=suspended,
        new_chats=await _new_chats(session, midnights[0]),
        bytes=await _bytes(session),
    )


def _midnights(now: datetime, zone: tzinfo) -> list[datetime]:
    today = now.astimezone(zone).date()
    days = (today - timedelta(days=back) for back in reversed(range(DAYS)))
    return [datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) for day in days]


def _day(
    at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    midnights: Sequence[datetime],
) -> ColumnElement[int]:
    """Return in which of the days a moment is: neither database knows other people's calendars."""
    later = ((at < until, number) for number, until in enumerate(midnights[1:]))
    return case(*later, else_=len(midnights) - 1)


async def _by_day(
    session: AsyncSession,
    at: InstrumentedAttribute[datetime],
    midnights: Sequence[datetime],
    *wanted: ColumnElement[bool],
) -> tuple[int, ...]:
    day = _day(at, midnights)
    query = select(day, func.count()).where(at >= midnights[0], *wanted).group_by(day)
    found = dict((await session.execute(query)).all())
    return tuple(found.get(number, 0) for number in range(len(midnights)))


async def _sent(
    session: AsyncSession, midnights: Sequence[datetime], first: int
) -> dict[Told, tuple[int, ...]]:
    day = _day(DeliveryRow.sent_at, midnights)
    query = (
        select(DeliveryRow.kind, day, func.count())
        .where(DeliveryRow.id >= first, DeliveryRow.sent_at >= midnights[0])
        .group_by(DeliveryRow.kind, day)
    )
    counted = {one: [0] * len(midnights) for one in TOLD}
    for kind, number, count in await session.execute(query):
        counted[_KINDS.get(kind, "other")][number] += count
    return {one: tuple(by_day) for one, by_day in counted.items()}


async def _given_up(session: AsyncSession, first: int) -> int:
    failed = (DeliveryRow.id >= first, DeliveryRow.state == "failed")
    return await session.scalar(select(func.count()).where(*failed)) or 0


async def _new_chats(session: AsyncSession, since: datetime) -> int:
    return await session.scalar(select(func.count()).where(ChatRow.created_at >= since)) or 0


async def _first_since(session: AsyncSession, since: datetime) -> int:
    """Return the number of the first delivery that came since then, or one before it.

    They are numbered as they come, and there may be millions: halving what is left finds it in
    twenty looks, where nothing but a date would mean to look at all of them.
    """
    low = await session.scalar(select(func.min(DeliveryRow.id))) or 1
    high = await session.scalar(select(func.max(DeliveryRow.id))) or 1
    while low < high:
        middle = (low + high) // 2
        next_one = select(DeliveryRow.created_at).where(DeliveryRow.id >= middle)
        at = await session.scalar(next_one.order_by(DeliveryRow.id).limit(1))
        if at is not None and at < since:
            low = middle + 1
        else:
            high = middle
    return low


async def _bytes(session: AsyncSession) -> int:
    if session.get_bind().dialect.name == "sqlite":
        pages = await session.scalar(text("PRAGMA page_count")) or 0
        return int(pages * (await session.scalar(text("PRAGMA page_size")) or 0))
    return int(await session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
