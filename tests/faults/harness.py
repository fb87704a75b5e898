"""A real bot in a process of its own, a strict Telegram in ours, and a ledger between them."""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import db.attempts
import db.deliveries
from db.engine import Database, connect
from domain.delivery import Lane
from sandbox import cast
from sandbox.people import Person
from sandbox.server import Sandbox
from tests import builders
from tests.fakes import Clock
from tests.whole import TOKEN

PROGRAM = "import sys; from bot.cli import main; sys.argv = ['pilotwatch', 'run']; main()"
FIRST_CHAT = 700_001
PATIENCE = 60.0
"""Seconds until something that has to come is given up; nothing waits for them to pass."""
SENDERS = 8


@dataclass
class Ledger:
    """What is owed to whom, and what each chat has really got, as Telegram has it."""

    sandbox: Sandbox
    owed: set[tuple[int, str]] = field(default_factory=set)

    def got(self) -> Counter[tuple[int, str]]:
        counted: Counter[tuple[int, str]] = Counter()
        for chat_id in {chat_id for chat_id, _ in self.owed}:
            for message in self.sandbox.world.chats[chat_id].messages.values():
                counted[chat_id, message.get("text", "")] += 1
        return counted

    @property
    def lost(self) -> set[tuple[int, str]]:
        return self.owed - set(self.got())

    @property
    def repeats(self) -> int:
        return sum(count - 1 for count in self.got().values())

    async def complete(self) -> None:
        # What is left after many kills takes its time at thirty messages a second.
        async with asyncio.timeout(PATIENCE + len(self.lost) / 10):
            while self.lost:  # noqa: ASYNC110 -- what is watched is another process
                await asyncio.sleep(0.1)


class Bot:
    """The bot's process: started, killed, stopped for a while, asked to end."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self._sandbox = sandbox
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"sqlite:///{self._folder}/bot.db"

    @property
    def log(self) -> Path:
        return self._folder / "bot.log"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self, **more: str) -> None:
        given = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": self._sandbox.base_url,
            "DATABASE_URL": self.url,
            "POLL_SECONDS": "1",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[2]),
            **more,
        }
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", PROGRAM, env=given, stdout=log, stderr=log, cwd=self._folder
            )

    async def kill(self) -> None:
        await self._send(signal.SIGKILL)
        assert await self.ended() == -signal.SIGKILL

    async def stop_for(self, seconds: float) -> None:
        await self._send(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        await self._send(signal.SIGCONT)

    async def end(self) -> int:
        """Ask it to end, as a service manager does; return its exit code."""
        await self._send(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), PATIENCE)

    async def cease(self) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    async def _send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


@asynccontextmanager
async def scene(folder: Path, template: Path) -> AsyncIterator[tuple[Sandbox, Bot, Ledger]]:
    """A strict Telegram, and a bot that has not been started yet."""
    shutil.copy(template, folder / "bot.db")
    async with Sandbox(port=0) as sandbox:
        sandbox.limit()
        bot = Bot(sandbox, folder)
        try:
            yield sandbox, bot, Ledger(sandbox)
        finally:
            await bot.cease()


async def owe(bot: Bot, ledger: Ledger, *, chats: int, each: int) -> None:
    """Owe so many messages to so many chats, each with words of its own."""
    database = connect(bot.url.replace("sqlite:", "sqlite+aiosqlite:"))
    for chat_id in range(FIRST_CHAT, FIRST_CHAT + chats):
        chat = cast.private_chat(Person(id=chat_id, first_name=f"Person {chat_id}"))
        chat.started = True
        ledger.sandbox.world.chats[chat_id] = chat
        await _owe_to(database, ledger, chat_id, each)
    await database.close()


async def _owe_to(database: Database, ledger: Ledger, chat_id: int, each: int) -> None:
    await builders.stored_chat(database, chat_id)
    now = Clock()()
    keys = [f"thing {number} of {chat_id}" for number in range(each)]
    owed = [builders.owed(chat_id, key, lane=Lane.ALERT) for key in keys]
    async with database.write() as session:
        await db.deliveries.owe(session, owed, now)
        claimed = await db.deliveries.claim(
            session, owner="harness", now=now, lease=timedelta(minutes=1), limit=1
        )
        assert claimed
    _write_down(database, keys)
    ledger.owed |= {(chat_id, key) for key in keys}


def _write_down(database: Database, keys: Iterable[str]) -> None:
    """Put the words of each into its row: what is tried here is the sending, not the writing."""
    with sqlite3.connect(str(database.engine.url.database)) as connection:
        connection.executemany(
            "UPDATE delivery SET state = 'owed', lease_owner = NULL, lease_until = NULL,"
            " parts = json_array(json_object('html', key, 'buttons', json_array()))"
            " WHERE key = ?",
            [(key,) for key in keys],
        )


def break_things(sandbox: Sandbox, chance: random.Random, chats: int) -> int:
    """Plan refusals, errors and dropped answers; return how many outcomes will not be known."""
    numbers = chance.sample(range(FIRST_CHAT, FIRST_CHAT + chats), 18)
    for chat_id in numbers[:6]:
        sandbox.fault("sendMessage", chat=chat_id, retry_after=chance.randint(1, 4))
    for chat_id in numbers[6:10]:
        sandbox.fault("sendMessage", chat=chat_id, code=chance.choice((500, 502)))
    for chat_id in numbers[10:14]:
        sandbox.fault("sendMessage", chat=chat_id, drop="after")
    for chat_id in numbers[14:16]:
        sandbox.fault("sendMessage", chat=chat_id, drop="before")
    for chat_id in numbers[16:]:
        sandbox.fault("sendMessage", chat=chat_id, garbage=True)
    return 12


@asynccontextmanager
async def locked(bot: Bot) -> AsyncIterator[None]:
    """Let another program write to the database while the block runs."""
    holder = sqlite3.connect(bot.url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("PRAGMA busy_timeout=20000")
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.close()
