"""Is the bot well? Asked by /healthz, and by `pilotwatch health` without a port.

The process writes how it is into a small file every few seconds; who finds that old knows that it
is stuck, or gone. So a container needs no open port to be looked after, and neither the answer nor
the asking needs the database.
"""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Literal

from db.address import folder
from db.engine import Database
from db.errors import DatabaseUnavailable

EVERY = 10.0
"""Seconds between two looks."""
STALE = 45.0
"""Seconds after which nobody believes what was written."""

NO_DATABASE = "the database does not answer"
NO_TELEGRAM = "Telegram does not answer"
NO_TICKS = "the clockwork stands still"

Role = Literal["bot", "worker", "front"]
ROLES: tuple[Role, ...] = ("bot", "worker", "front")

Look = Callable[[], Awaitable[tuple[str, ...]]]
"""Says what is wrong, in no order; nothing where all is well."""


def looking(
    database: Database, line_is_up: Callable[[], bool], is_ticking: Callable[[], bool]
) -> Look:
    """Return what looks at a running bot; what it says may be read by any passer-by."""

    async def look() -> tuple[str, ...]:
        found = []
        try:
            await database.check()
        except DatabaseUnavailable:
            found.append(NO_DATABASE)
        if not line_is_up():
            found.append(NO_TELEGRAM)
        if not is_ticking():
            found.append(NO_TICKS)
        return tuple(found)

    return look


def pulse_file(database_url: str, role: Role = "bot") -> Path:
    """Return where a process writes: beside a database that is a file, else among temporaries."""
    of_this = sha256(database_url.encode()).hexdigest()[:12]
    # Several users of one machine do not stand in each other's way.
    name = f"pilotwatch-{os.getuid()}-{of_this}-{role}.health"
    return (folder(database_url) or Path(tempfile.gettempdir())) / name


@asynccontextmanager
async def pulsing(file: Path, look: Look, every: float = EVERY) -> AsyncIterator[None]:
    """Write every few seconds how it is, until the block ends."""
    task = asyncio.create_task(_pulse(file, look, every), name="pulse")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        with suppress(OSError):
            file.unlink(missing_ok=True)  # noqa: ASYNC240 - one call, and the loop is at its end


def feel(database_url: str, now: float) -> tuple[str, ...]:
    """Return what is wrong with whatever of ours runs here with this database."""
    files = [pulse_file(database_url, role) for role in ROLES]
    there = [file for file in files if file.exists()]
    if not there:
        return ("it is not running",)
    return tuple(dict.fromkeys(trouble for file in there for trouble in felt(file, now)))


def felt(file: Path, now: float) -> tuple[str, ...]:
    """Return what is wrong with the bot that writes to a file; `now` in seconds of the epoch."""
    try:
        said = json.loads(file.read_text("utf-8"))
        at, troubles = float(said["at"]), tuple(map(str, said["troubles"]))
    except FileNotFoundError:
        return ("it is not running",)
    except (OSError, ValueError, KeyError, TypeError):
        return (f"{file} cannot be read",)
    if now - at > STALE:
        return (f"it has not been heard of for {now - at:.0f} s",)
    return troubles


async def _pulse(file: Path, look: Look, every: float) -> None:
    while True:
        troubles = await look()
        # A disk that is full makes it old, which is as good a sign as any.
        with suppress(OSError):
            said = {"at": time.time(), "troubles": troubles, "pid": os.getpid()}
            await asyncio.to_thread(_write, file, said)  # a slow disk holds up nobody
        await asyncio.sleep(every)


def _write(file: Path, said: dict[str, object]) -> None:
    """Replace the file as a whole: nobody reads half of it, and a link in its place is no trap."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            json.dump(said, opened)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
