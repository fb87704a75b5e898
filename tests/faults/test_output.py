"""Where the log goes to is gone, or full: the bot goes on, and ends as if nothing were."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sandbox.cast import READER_ID
from sandbox.server import Sandbox
from tests.faults.harness import PATIENCE, PROGRAM
from tests.whole import TOKEN

FULL = Path("/dev/full")


@contextmanager
def _closed() -> Iterator[int]:
    """A pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


@contextmanager
def _full() -> Iterator[int]:
    """A disk without room."""
    if not FULL.exists():
        pytest.skip("there is no /dev/full here")
    file = os.open(FULL, os.O_WRONLY)
    try:
        yield file
    finally:
        os.close(file)


@pytest.mark.parametrize("output", [_closed, _full], ids=["closed", "full"])
async def test_the_bot_answers_and_ends_well_without_its_log(tmp_path, output):
    async with Sandbox(port=0) as sandbox:
        with output() as file:
            bot = await _started(sandbox, tmp_path, file)
        try:
            await sandbox.calls.wait(method="setMyCommands", timeout=PATIENCE)
            for _ in range(3):
                since = sandbox.calls.last_seq
                sandbox.say(READER_ID, "/help")
                await sandbox.calls.wait(
                    method="sendMessage", chat=READER_ID, since=since, timeout=PATIENCE
                )
            bot.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(bot.wait(), PATIENCE) == 0
        finally:
            if bot.returncode is None:
                bot.kill()
                await bot.wait()


async def _started(sandbox: Sandbox, folder: Path, output: int) -> asyncio.subprocess.Process:
    given = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": sandbox.base_url,
        "DATABASE_URL": f"sqlite:///{folder}/bot.db",
        "LOG_LEVEL": "DEBUG",
        "POLL_SECONDS": "1",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, env=given, stdout=output, stderr=output, cwd=folder
    )
