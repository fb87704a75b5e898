"""One bot, workers and doors as processes of their own on one PostgreSQL, in a local Telegram."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox.server import Sandbox
from tests.whole import TOKEN

PROGRAM = "import sys; from bot.cli import main; sys.argv = ['pilotwatch', *sys.argv[1:]]; main()"
PATIENCE = 60.0
"""Seconds; nothing waits for them to pass, only to fail."""


class Process:
    """One of them."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def kill(self) -> None:
        self._process.kill()
        await self._process.wait()

    async def end(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), PATIENCE)

    async def cease(self) -> None:
        if self._process.returncode is None:
            await self.kill()


class House:
    """Starts processes that share a database."""

    def __init__(self, sandbox: Sandbox, url: str, folder: Path) -> None:
        self._sandbox = sandbox
        self._url = url
        self._folder = folder
        self.processes: list[Process] = []

    async def start(self, *command: str, **given: str) -> Process:
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": self._sandbox.base_url,
            "DATABASE_URL": self._url,
            "WORK_BACKEND": "procrastinate",
            "POLL_SECONDS": "0.2",
            "FETCH_ALLOW_CIDRS": "127.0.0.0/8",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        with (self._folder / f"{command[0]}.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                PROGRAM,
                *command,
                env=settings | given,
                stdout=log,
                stderr=log,
                cwd=self._folder,
            )
        self.processes.append(Process(process))
        return self.processes[-1]

    def log(self, command: str) -> str:
        return (self._folder / f"{command}.log").read_text()


@asynccontextmanager
async def house_of_many(url: str, folder: Path) -> AsyncIterator[tuple[Sandbox, House]]:
    """Open a local Telegram; whatever was started in it is gone when the block ends."""
    async with Sandbox(port=0) as sandbox:
        house = House(sandbox, url, folder)
        try:
            yield sandbox, house
        finally:
            await asyncio.gather(*(one.cease() for one in house.processes))


async def until(condition, patience: float = PATIENCE) -> None:
    """Wait for something that happens in another process."""
    async with asyncio.timeout(patience):
        while not await condition():  # noqa: ASYNC110 - it has no event to wait for
            await asyncio.sleep(0.05)
