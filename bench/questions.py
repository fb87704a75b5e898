"""What a question costs: `python -m bench questions [--on postgresql] [--times N]`.

The bot's own process, without a line to Telegram, over a database as a busy bot has it (as `bench
load` makes it). Each command is asked so many times, by others each time; what is printed is
milliseconds of this process's CPU for each, and of the clock. `--profile COMMAND` says what takes
them instead.
"""

import argparse
import asyncio
import cProfile
import itertools
import pstats
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bench import crowd
from bench.load import ASKED, feeds, read_first
from bench.yes import Yes, asked
from bot.app import add_handlers
from bot.context import Tools, equip
from bot.courier import TelegramCourier
from bot.pacing import Pacing
from bot.settings import Settings
from bot.telegram import App, build
from bot.workshop import Workshop
from db.engine import Database, connect
from jobs.house import House
from sources.jail import Jail
from sources.web import Web
from tests import postgres

TOKEN = "123456:AAthisIsATokenOfTheBench"  # noqa: S105 - it opens nothing
_HISTORY = 400_000


class Cost(NamedTuple):
    """Milliseconds of a question."""

    cpu: float
    clock: float


def main(arguments: Sequence[str]) -> int:
    """Print a line for each command; return 0."""
    parser = argparse.ArgumentParser(prog="python -m bench questions", description=__doc__)
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--chats", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--database", help="one that an earlier run has filled")
    parser.add_argument("--profile", metavar="COMMAND", help="what takes the time of a command")
    options = parser.parse_args(list(arguments))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = options.database or stack.enter_context(_address(options.on, folder))
        if not options.database:
            port = stack.enter_context(feeds(options.sources))
            asyncio.run(filled(url, folder, port, options.sources, options.chats))
        asyncio.run(_measured(url, options))
    return 0


@contextmanager
def _address(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite+aiosqlite:///{folder}/pilotwatch.db"
        return
    with postgres.running() as server, server.fresh() as url:
        yield url


async def filled(url: str, folder: Path, port: int, sources: int, chats: int) -> None:
    """Fill a database as a busy bot has it."""
    now = datetime.now(UTC)
    await crowd.settled(url, port, now, sources=sources, chats=chats, alerted=chats // 25)
    await asyncio.to_thread(read_first, url, folder)
    database = connect(url)
    await crowd.have_history(database, chats, _HISTORY, now)
    await database.close()


async def _measured(url: str, options: argparse.Namespace) -> None:
    database = connect(url)
    async with _opened(database, url) as app:
        if options.profile:
            await _profiled(app, options)
        else:
            costs = {words: await _cost(app, words, options) for words in ASKED}
            for words, cost in sorted(costs.items(), key=lambda one: -one[1].cpu):
                print(f"{cost.cpu:7.1f} ms of CPU, {cost.clock:7.1f} ms  {words}")
            mean = statistics.mean(cost.cpu for cost in costs.values())
            print(f"{mean:7.1f} ms of CPU on average")
    await database.close()


async def _cost(app: App, words: str, options: argparse.Namespace) -> Cost:
    await _ask(app, words, 3, options.chats)
    began, used = time.perf_counter(), time.process_time()
    await _ask(app, words, options.times, options.chats)
    took, cpu = time.perf_counter() - began, time.process_time() - used
    return Cost(1000 * cpu / options.times, 1000 * took / options.times)


async def _profiled(app: App, options: argparse.Namespace) -> None:
    await _ask(app, options.profile, 3, options.chats)
    profile = cProfile.Profile()
    with profile:
        await _ask(app, options.profile, options.times, options.chats)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(70)
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)


_numbers = itertools.count(1)


async def _ask(app: App, words: str, times: int, chats: int) -> None:
    for _ in range(times):
        number = next(_numbers)
        update = asked(app, crowd.FIRST_CHAT + number % chats, words, number, datetime.now(UTC))
        await app.process_update(update)


@asynccontextmanager
async def _opened(database: Database, url: str) -> AsyncIterator[App]:
    settings = Settings.read({"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": url})
    moments = itertools.count(0, 5)
    app = build(settings, print, pacing=Pacing(1e9, lambda: float(next(moments))))
    yes = Yes()
    app.bot._request = (yes, yes)
    async with Web() as web, Workshop() as workshop, Workshop() as clerk:
        tools = Tools(
            settings=settings,
            house=House(database=database, web=web, jail=Jail()),
            courier=TelegramCourier(app.bot, workshop),
            clock=lambda: datetime.now(UTC),
            version="1",
            workshop=workshop,
            clerk=clerk,
        )
        tools.patience._clock = lambda: float(next(moments)) * 60
        equip(app.bot_data, tools)
        add_handlers(app)
        await app.initialize()
        yield app
        await app.shutdown()
