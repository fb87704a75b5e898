"""A database as a busy bot has it: sources, chats with their wishes, and years of what was sent."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import text

import db.sources
from bench.feed_server import address
from db.engine import Database, connect
from db.migrate import migrate

FIRST_CHAT = 1_000_001
_STAMP = "%Y-%m-%d %H:%M:%S.%f"


async def settled(
    url: str, port: int, now: datetime, *, sources: int, chats: int, alerted: int
) -> None:
    """Make the database. `alerted` of the chats want alerts, all a digest."""
    await asyncio.to_thread(migrate, url)
    database = connect(url)
    await watched(database, port, sources, now)
    await _chats(database, chats, alerted, now)
    await database.close()


async def watched(database: Database, port: int, sources: int, now: datetime) -> None:
    """Watch the feeds of `bench.feed_server`."""
    async with database.write() as session:
        for number in range(sources):
            await db.sources.add(
                session,
                url=address(number, port),
                kind="feed",
                title=f"Site {number}",
                tier="media",
                interval=timedelta(minutes=15),
                now=now,
            )


async def spread(database: Database, now: datetime, over: timedelta) -> None:
    """Let the sources be due one after the other, as they are after a day."""
    async with database.write() as session:
        numbers = list(await session.scalars(text("SELECT id FROM source ORDER BY id")))
        step = over / max(1, len(numbers))
        due = [{"n": n, "at": (now + at * step).strftime(_STAMP)} for at, n in enumerate(numbers)]
        await session.execute(text("UPDATE source SET next_at = :at WHERE id = :n"), due)


async def have_history(database: Database, chats: int, rows: int, now: datetime) -> None:
    """Put so many messages that were sent into the outbox, over the last ninety days."""
    async with database.write() as session:
        await session.execute(
            text(
                "WITH RECURSIVE n(i) AS"
                " (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :rows - 1)"
                " INSERT INTO delivery (chat_id, thread_id, kind, key, lane, payload, parts,"
                " parts_sent, message_ids, state, attempts, not_before, sent_at, created_at)"
                " SELECT :first + i % :chats, 0, 'alert', 'old:' || i, 1, '{}', :parts, 1, '[1]',"
                " 'sent', 1, :at, :at, :at FROM n"
            ),
            {
                "rows": rows,
                "first": FIRST_CHAT,
                "chats": chats,
                "at": (now - timedelta(days=30)).strftime(_STAMP),
                "parts": '[{"html": "' + "成都 AI " * 60 + '", "buttons": []}]',
            },
        )


async def _chats(database: Database, chats: int, alerted: int, now: datetime) -> None:
    row = {"at": now.strftime(_STAMP)}
    numbers = range(FIRST_CHAT, FIRST_CHAT + chats)
    wishes = [_wish(n, at, now) for at, n in enumerate(numbers)]
    wishes += [{**_wish(n, 0, now), "kind": "instant", "next": None} for n in numbers[:alerted]]
    async with database.write() as session:
        await session.execute(
            text(
                "INSERT INTO chat (id, type, title, language, timezone, state, created_at,"
                " updated_at) VALUES (:id, 'private', 'Person', 'en', 'Asia/Shanghai', 'active',"
                " :at, :at)"
            ),
            [row | {"id": number} for number in numbers],
        )
        await session.execute(
            text(
                "INSERT INTO subscription (chat_id, thread_id, kind, minute, weekday, timezone,"
                " next_at, covered_until, created_at) VALUES (:id, 0, :kind, :minute, 0,"
                " 'Asia/Shanghai', :next, :at, :at)"
            ),
            [row | wish for wish in wishes],
        )


def _wish(number: int, at: int, now: datetime) -> dict[str, object]:
    """Return a daily digest; together they fill the day evenly."""
    minute = (at * 577) % 1440
    due = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=minute - 480)
    while due <= now:
        due += timedelta(days=1)
    return {"id": number, "kind": "daily", "minute": minute, "next": due.strftime(_STAMP)}
