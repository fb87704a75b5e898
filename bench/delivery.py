"""Delivery in figures: `python -m bench delivery [--only NAME]`.

pace: messages a second against the strictest Telegram, and how many calls were too many.
paid: messages a second of one process at 80 ms round trip, through outbox and database.
due: 10,000 of 100,000 chats due in the same minute, claimed and in the outbox; an idle tick.
compose: digests a second that share a window.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from aiohttp import web
from sqlalchemy import text
from telegram.ext import ExtBot

import db.deliveries
from bot.courier import TelegramCourier
from bot.pacing import Pacing
from bot.render import render
from bot.request import POOL, TelegramRequest
from db.engine import Database, connect
from db.migrate import migrate
from domain.delivery import Lane
from jobs.digest import contents, digest_of, owe_due
from jobs.listening import listener
from jobs.outbox import Outbox, senders_for
from sandbox import cast
from sandbox.people import Person
from sandbox.server import Sandbox
from tests import builders

TOKEN = "123456:AAthisIsATokenOfTheBench"  # noqa: S105 - it opens nothing
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ROUND_TRIP = 0.08
WORDS = "成都人工智能先导区 Chengdu AI pilot zone: 90 key enterprises, 200 institutions. " * 6


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 where something was lost or refused."""
    parser = argparse.ArgumentParser(prog="python -m bench delivery", description=__doc__)
    parser.add_argument("--only", choices=sorted(PARTS), help="one of the parts")
    options = parser.parse_args(list(arguments))
    failed = 0
    for name, part in PARTS.items():
        if options.only in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                failed += asyncio.run(_with_database(Path(folder), part))
    return 1 if failed else 0


async def _with_database(folder: Path, part: Callable[[Database], Awaitable[int]]) -> int:
    url = f"sqlite+aiosqlite:///{folder}/bench.db"
    await asyncio.to_thread(migrate, url)
    database = connect(url)
    try:
        return await part(database)
    finally:
        await database.close()


async def _pace(database: Database) -> int:
    """Through outbox, PTB and HTTP, in real time, against strict limits."""
    count = 600
    async with Sandbox(port=0) as sandbox:
        for chat_id in range(1, count + 1):
            chat = cast.private_chat(Person(id=chat_id, first_name="A"))
            chat.started = True
            sandbox.world.chats[chat_id] = chat
        sandbox.limit()
        await _owe(database, count)
        took = await _drain(database, f"{sandbox.base_url}/bot", rate=29)
        got = len(sandbox.calls.find(method="sendMessage", matching=lambda call: call.ok))
        print(
            f"pace: {got} of {count} messages, {count / took:.1f}/s, "
            f"{sandbox.refused} calls too many"
        )
        return int(got != count)


async def _paid(database: Database) -> int:
    """What the outbox adds to the bare bot, on the same line; the server has its own process."""
    count = 4000
    with _answering() as base_url:
        bare = await _cost(lambda: _bare(base_url, count), count)
        await _owe(database, count)
        whole = await _cost(lambda: _drain(database, base_url, rate=1000), count)
    print(
        f"paid: {whole.rate:.0f} messages/s at {ROUND_TRIP * 1000:.0f} ms round trip, "
        f"{whole.cpu:.0f} us of CPU each; the bare bot {bare.rate:.0f}/s, {bare.cpu:.0f} us; "
        f"a core of its own would do {1e6 / whole.cpu:.0f}/s"
    )
    return 0


class Cost(NamedTuple):
    """Messages a second, and microseconds of this process's CPU for each."""

    rate: float
    cpu: float


async def _cost(work: Callable[[], Awaitable[object]], count: int) -> Cost:
    began, used = time.perf_counter(), time.process_time()
    await work()
    took, cpu = time.perf_counter() - began, time.process_time() - used
    return Cost(count / took, 1e6 * cpu / count)


@contextmanager
def _answering() -> Iterator[str]:
    """Run a server that says yes to everything after a round trip."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,))
    server.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/bot"
    finally:
        server.terminate()
        server.join()


def _serve(told: Connection) -> None:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        await asyncio.sleep(ROUND_TRIP)
        chat = {"id": 1, "type": "private"}
        sent = {"message_id": 1, "date": 0, "chat": chat, "text": "x"}
        return web.json_response({"ok": True, "result": sent})

    async def serve() -> None:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        told.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())


async def _bare(base_url: str, count: int) -> None:
    """Only PTB and the line: nothing is kept, nothing paced."""
    async with _line(base_url, 1000, None) as bot:
        room = asyncio.Semaphore(senders_for(1000))

        async def send(chat: int) -> None:
            async with room:
                await bot.send_message(chat, WORDS, parse_mode="HTML")

        await asyncio.gather(*(send(chat) for chat in range(1, count + 1)))


@asynccontextmanager
async def _line(base_url: str, rate: float, pacing: Pacing | None) -> AsyncIterator[ExtBot[Lane]]:
    request = TelegramRequest(pool=max(POOL, senders_for(rate)))
    updates = TelegramRequest(pool=1)
    bot: ExtBot[Lane] = ExtBot(
        TOKEN,
        base_url=base_url,
        request=request,
        get_updates_request=updates,
        rate_limiter=pacing,
    )
    await request.initialize()
    await updates.initialize()
    if pacing:
        await pacing.initialize()
    try:
        yield bot
    finally:
        if pacing:
            await pacing.shutdown()
        await request.shutdown()
        await updates.shutdown()


async def _drain(database: Database, base_url: str, rate: float) -> float:
    async with _line(base_url, rate, Pacing(rate)) as bot:
        courier = TelegramCourier(bot)
        outbox = Outbox(database, courier, _now, owner="bench", senders=senders_for(rate))
        began = time.perf_counter()
        await outbox.drain()
        return time.perf_counter() - began


def _now() -> datetime:
    return datetime.now(UTC)


async def _owe(database: Database, count: int) -> None:
    await _chats(database, count)
    # An operator's words to everybody: written once, the same for all.
    owed = [
        replace(builders.owed(chat, f"k{chat}", lane=Lane.ALERT), kind="broadcast")
        for chat in range(1, count + 1)
    ]
    async with database.write() as session:
        await db.deliveries.owe(session, owed, NOW)
        await session.execute(
            text("UPDATE delivery SET parts = :parts").bindparams(
                parts=json.dumps([{"html": WORDS, "buttons": []}])
            )
        )


async def _chats(database: Database, count: int) -> None:
    row = {"type": "private", "title": "", "language": "en", "timezone": "Asia/Shanghai"}
    insert = text(
        "INSERT INTO chat (id, type, title, language, timezone, state, created_at, updated_at)"
        " VALUES (:id, :type, :title, :language, :timezone, 'active', '2026-11-23 00:00:00',"
        " '2026-11-23 00:00:00')"
    )
    async with database.write() as session:
        await session.execute(insert, [row | {"id": n} for n in range(1, count + 1)])


async def _due(database: Database) -> int:
    await _chats(database, 100_000)
    insert = text(
        "INSERT INTO subscription (chat_id, thread_id, kind, minute, weekday, timezone, next_at,"
        " covered_until, created_at) VALUES (:id, 0, 'daily', 540, 0, 'Asia/Shanghai', :at,"
        " '2026-11-22 01:00:00', '2026-11-01 00:00:00')"
    )
    due = set(random.Random(1).sample(range(1, 100_001), 10_000))
    at = {True: "2026-11-23 01:00:00.000000", False: "2026-11-23 09:00:00.000000"}
    async with database.write() as session:
        await session.execute(insert, [{"id": n, "at": at[n in due]} for n in range(1, 100_001)])
    began = time.perf_counter()
    owed = await owe_due(database, NOW)
    took = time.perf_counter() - began
    ticks = [await _seconds(lambda: owe_due(database, NOW)) for _ in range(200)]
    floor = [await _seconds(database.check) for _ in range(200)]
    print(
        f"due: {owed} of 100,000 chats in the outbox in {took:.2f} s; "
        f"idle tick {1000 * statistics.median(ticks):.2f} ms, "
        f"where an empty question takes {1000 * statistics.median(floor):.2f} ms"
    )
    return int(owed != 10_000)


async def _seconds(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def _compose(database: Database) -> int:
    """A window with twenty stories, for chats that share it."""
    entries = [builders.new_article(title=f"Story {n}", text=WORDS) for n in range(20)]
    for one in entries:
        await builders.stored_story(database, one, now=NOW)
    await _chats(database, 200)
    since, until = NOW - timedelta(days=1), NOW + timedelta(minutes=1)
    async with database.read() as session:
        began = time.perf_counter()
        found = await contents(session, since, until)
        once = time.perf_counter() - began
        began = time.perf_counter()
        for chat_id in range(1, 201):
            asking = await listener(session, builders.destination(chat_id), found.numbers)
            digest = await digest_of(session, asking, "daily", found)
        shared = (time.perf_counter() - began) / 200
    began = time.perf_counter()
    for chat_id in range(1, 51):
        render(digest, builders.chat(id=chat_id))
    words = (time.perf_counter() - began) / 50
    print(
        f"compose: a window of {len(digest.items)} stories {1000 * once:.0f} ms once, then "
        f"{1000 * shared:.1f} ms for each chat; {1000 * words:.1f} ms to put into words, "
        "once for all that are told the same"
    )
    return 0


PARTS: dict[str, Callable[[Database], Awaitable[int]]] = {
    "pace": _pace,
    "paid": _paid,
    "due": _due,
    "compose": _compose,
}
