"""`pilotwatch` in an empty folder: in this process, or as the program that a shell starts."""

import asyncio
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import bot.cli
from sources.jail import Jail
from tests.feed_server import serving
from tests.logs import as_before


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    out: str
    err: str


class Shell:
    """Runs `pilotwatch` with these settings only, in this process.

    Starting Python and loading the house takes longer than most commands: what is particular
    to a process of one's own is for Program to show.
    """

    def __init__(self, folder: Path, jail: Jail) -> None:
        self.folder = folder
        self.jail = jail
        self.settings = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/pilotwatch.db",
            "FETCH_ALLOW_CIDRS": "127.0.0.0/8",
            "LOG_LEVEL": "WARNING",
        }

    async def run(self, *arguments: str, given: str = "", **settings: str) -> Ended:
        # In a thread: commands start a loop of their own, and this one goes on serving feeds.
        return await asyncio.to_thread(
            self._called, ["pilotwatch", *arguments], given.encode(), self.settings | settings
        )

    def _called(self, argv: list[str], given: bytes, settings: dict[str, str]) -> Ended:
        out, err = io.BytesIO(), io.BytesIO()
        with _alone(self.folder, settings) as patch, as_before():
            for opening in ("bot.opening.Jail", "bot.cli.page.Jail"):
                patch.setattr(opening, lambda **_: self.jail)
            patch.setattr(sys, "argv", argv)
            patch.setattr(sys, "stdin", _text(io.BytesIO(given)))
            patch.setattr(sys, "stdout", _text(out))
            patch.setattr(sys, "stderr", _text(err))
            with pytest.raises(SystemExit) as ended:
                bot.cli.main()
            sys.stdout.flush()
            sys.stderr.flush()
            assert isinstance(ended.value.code, int)
            return Ended(ended.value.code, out.getvalue().decode(), err.getvalue().decode())


class Program(Shell):
    """Runs `pilotwatch` as a shell does: for what the process itself has to do with."""

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


@contextmanager
def _alone(folder: Path, settings: dict[str, str]) -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in set(os.environ) - set(settings):
            patch.delenv(name)
        for name, value in settings.items():
            patch.setenv(name, value)
        yield patch


def _text(raw: io.BytesIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding="utf-8", newline="\n")


@pytest.fixture
def shell(tmp_path: Path, jail: Jail) -> Shell:
    return Shell(tmp_path, jail)


@pytest.fixture
def program(tmp_path: Path, jail: Jail) -> Program:
    """Two seconds of a core for each run: only where the process itself matters."""
    return Program(tmp_path, jail)


@pytest.fixture
async def feeds():
    async with serving() as server:
        yield server
