"""The real program, as a shell runs it, in an empty folder."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.feed_server import serving


@dataclass(frozen=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str


class Shell:
    """Runs `pilotwatch` with these settings only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/pilotwatch.db",
            "FETCH_ALLOW_CIDRS": "127.0.0.0/8",
            "LOG_LEVEL": "WARNING",
        }

    async def run(self, *arguments: str, given: str = "", **settings: str) -> Ended:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from bot.cli import main; main()",
            *arguments,
            cwd=self.folder,
            env={**self.settings, **settings},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate(given.encode())
        assert process.returncode is not None
        return Ended(process.returncode, out.decode(), err.decode())


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
async def feeds():
    async with serving() as server:
        yield server
