"""Hours of virtual time in minutes: `python -m bench soak [--hours N]`.

Everything the bot does on its clock (the lines of `jobs.schedule.JOBS`) runs as often as it would,
on a clock that jumps: feeds bring news every quarter of an hour, alerts and digests go out through
the outbox, people ask every command. Feeds are real (HTTP, parse jail, database); Telegram says yes
without a line. Once an hour memory and open files of all processes are looked at: in the second
half they must stay where they are.
"""

import argparse
import asyncio
import gc
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bench import crowd
from bench.load import ASKED, control, feeds
from bench.newsstand import start
from bench.processes import Family
from bench.yes import Clock, Yes, asked
from bot.app import add_handlers
from bot.context import Tools, equip
from bot.courier import TelegramCourier
from bot.pacing import Pacing
from bot.pen import Pen
from bot.settings import Settings
from bot.telegram import App, build
from bot.workshop import Workshop
from db.engine import Database, connect
from jobs.backend import Embedded
from jobs.composing import Composing
from jobs.house import House
from jobs.outbox import Outbox
from jobs.schedule import JOBS, Job, Work
from jobs.tasks import Shift
from jobs.visits import Visits
from sources.jail import Jail
from sources.web import Web

TOKEN = "123456:AAthisIsATokenOfTheBench"  # noqa: S105 - it opens nothing
GROWTH = 1.0
"""Megabytes an hour that are within the noise of a garbage collector."""
_STEP = timedelta(seconds=30)
"""Ticks that are more frequent run once in each: what is due is in the database."""


@dataclass
class Soak:
    """A house under way, and what was seen of it."""

    work: Work
    visits: Visits
    app: App
    clock: Clock
    due: dict[str, datetime] = field(default_factory=dict)
    asked: int = 0
    seen: list[tuple[float, int]] = field(default_factory=list)

    async def hour(self, port: int) -> None:
        """Let an hour go by."""
        for quarter in range(4):
            control(port, generation=2 + 4 * len(self.seen) + quarter)
            end = self.clock.at + timedelta(minutes=15)
            while self.clock.at < end:
                self.clock.at += _STEP
                await self._tick()
                await self._ask()

    async def _tick(self) -> None:
        for job in JOBS:
            every = max(job.every or _STEP, _STEP)
            if self.clock.at >= self.due.get(job.name, self.clock.at):
                self.due[job.name] = self.clock.at + every
                await self._run(job)

    async def _run(self, job: Job) -> None:
        if job.name == "outbox":
            await self.work.outbox.drain()
            return
        if job.name == "poll":
            while await self.visits.begin():
                await self.visits.settled()
            return
        await job.run(self.work)

    async def _ask(self) -> None:
        words = ASKED[self.asked % len(ASKED)]
        self.asked += 1
        chat_id = crowd.FIRST_CHAT + self.asked % 500
        update = asked(self.app, chat_id, words, self.asked, self.clock.at)
        await self.app.process_update(update)


def main(arguments: Sequence[str]) -> int:
    """Print an hour in each line; return 1 where something grows."""
    parser = argparse.ArgumentParser(prog="python -m bench soak", description=__doc__)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--sources", type=int, default=40)
    parser.add_argument("--chats", type=int, default=500)
    options = parser.parse_args(list(arguments))
    with tempfile.TemporaryDirectory() as folder, feeds(options.sources) as port:
        return asyncio.run(_run(Path(folder), port, options))


async def _run(folder: Path, port: int, options: argparse.Namespace) -> int:
    now = start() + timedelta(days=1)
    url = f"sqlite+aiosqlite:///{folder}/pilotwatch.db"
    await crowd.settled(url, port, now, sources=options.sources, chats=options.chats, alerted=10)
    database = connect(url)
    async with _opened(database, url, now) as soak:
        family = Family(os.getpid())
        for hour in range(1, options.hours + 1):
            began = time.monotonic()
            await soak.hour(port)
            gc.collect()
            soak.seen.append((family.megabytes(), family.descriptors()))
            sent = soak.work.outbox.handled
            print(
                f"hour {hour:3}: {soak.seen[-1][0]:6.1f} MB, {family.own_megabytes():.1f} of them "
                f"without the workers, {soak.seen[-1][1]} files; "
                f"{sent} sent, {soak.asked} asked ({time.monotonic() - began:.0f} s)",
                flush=True,
            )
    await database.close()
    # In the first half caches fill and the workers come up.
    return _verdict(soak.seen[len(soak.seen) // 2 :])


def _verdict(seen: Sequence[tuple[float, int]]) -> int:
    """Fit a line through the hours: one that goes off says little, all of them together much."""
    hours = list(range(len(seen)))
    slope, _ = statistics.linear_regression(hours, [megabytes for megabytes, _ in seen])
    files = [number for _, number in seen]
    print(f"memory {slope:+.2f} MB an hour (goal < {GROWTH}), files {min(files)} to {max(files)}")
    return int(slope > GROWTH or files[-1] > max(files[: len(files) // 2 or 1]))


@asynccontextmanager
async def _opened(database: Database, url: str, now: datetime) -> AsyncIterator[Soak]:
    settings = Settings.read({"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": url})
    clock = Clock(now)
    moments = itertools.count(0, 5)
    app = build(settings, print, pacing=Pacing(1e9, lambda: float(next(moments))))
    yes = Yes()
    app.bot._request = (yes, yes)
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(Web(allow_cidrs=["127.0.0.0/8"]))
        jail = await stack.enter_async_context(Jail())
        house = House(database=database, web=web, jail=jail)
        workshop = await stack.enter_async_context(Workshop())
        clerk = await stack.enter_async_context(Workshop())
        courier = TelegramCourier(app.bot, workshop)
        tools = Tools(
            settings=settings,
            house=house,
            courier=courier,
            clock=clock,
            version="1",
            workshop=workshop,
            clerk=clerk,
        )
        tools.patience._clock = lambda: float(next(moments)) * 60
        equip(app.bot_data, tools)
        add_handlers(app)
        await app.initialize()
        stack.push_async_callback(app.shutdown)
        outbox = Outbox(database, courier, clock, owner="soak")
        visits = Visits(house, clock)
        shift = Shift(house=house, composing=Composing(database, Pen(), clock), clock=clock)
        backend = Embedded(shift)
        work = Work(house=house, backend=backend, outbox=outbox, clock=clock, courier=courier)
        yield Soak(work, visits, app, clock)
        await visits.end(5)
        await outbox.end(5)
