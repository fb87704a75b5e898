"""How reading grows with workers: `python -m bench workers [--feeds N] [--most N]`.

A PostgreSQL server of its own, made-up feeds on loopback, each on an address of its own; all of
them are due, and one, two … worker processes read them, cold. What is printed for each number:
feeds a second, and how much of a core every process took meanwhile.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

import db.sources
from bench.feed_server import address
from db.engine import Database, connect
from db.migrate import migrate
from db.work_queue import WorkQueue, work_queue
from jobs.backend import Handed
from jobs.house import House
from tests import builders, postgres

PROGRAM = "import sys; from bot.cli import main; sys.argv = ['pilotwatch', 'worker']; main()"
TICKS = os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 where feeds were left unread."""
    parser = argparse.ArgumentParser(prog="python -m bench workers", description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--most", type=int, default=2, help="workers at most")
    options = parser.parse_args(list(arguments))
    with postgres.running() as server, _feeds(options.feeds) as port:
        left = [
            asyncio.run(_measured(server, port, options.feeds, workers))
            for workers in range(1, options.most + 1)
        ]
    return int(any(left))


class _feeds:  # noqa: N801 - read as a verb: with _feeds(200) as port
    """Serve the feeds in a process of their own."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __enter__(self) -> int:
        """Start it; return its port."""
        command = [sys.executable, "-m", "bench.feed_server", str(self._count)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        told = self._process.stdout
        return int(told.readline()) if told else 0

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


async def _measured(server: postgres.Cluster, port: int, feeds: int, workers: int) -> int:
    with server.fresh() as url, ExitStack() as started:
        await asyncio.to_thread(migrate, url)
        database = connect(url)
        async with work_queue(url) as queue:
            processes = [started.enter_context(_worker(url)) for _ in range(workers)]
            await _warm(database, workers)
            for number in range(feeds):
                await builders.stored_source(database, url=address(number, port))
            before = [_cpu(process.pid) for process in processes]
            began = time.perf_counter()
            left = await _read_all(database, queue)
            took = time.perf_counter() - began
            shares = [
                (_cpu(process.pid) - one) / took
                for process, one in zip(processes, before, strict=True)
            ]
        await database.close()
    cores = ", ".join(f"{share:.2f}" for share in shares)
    print(
        f"{workers} workers: {(feeds - left) / took:.1f} feeds/s, {took:.1f} s for {feeds} feeds "
        f"of 30 entries; of a core each took {cores} (with its parse workers); {left} left unread"
    )
    return left


def _worker(url: str) -> subprocess.Popen[bytes]:
    given = {
        "DATABASE_URL": url,
        "WORK_BACKEND": "procrastinate",
        "FETCH_ALLOW_CIDRS": "127.0.0.0/8",
        "LOG_LEVEL": "WARNING",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    return _Killed([sys.executable, "-c", PROGRAM], env=given)


class _Killed(subprocess.Popen[bytes]):
    """A process that is ended with its block."""

    def __exit__(self, *_: object) -> None:
        self.terminate()
        self.wait()


async def _warm(database: Database, workers: int) -> None:
    """Wait until every worker is there, half a minute at most."""
    asked = text("SELECT count(*) FROM procrastinate.procrastinate_workers")
    async with asyncio.timeout(30):
        while True:
            async with database.read() as session:
                if await session.scalar(asked) == workers:
                    return
            await asyncio.sleep(0.2)


async def _read_all(database: Database, queue: WorkQueue) -> int:
    """Hand over until everything is read; return how many were not after two minutes."""
    house = House(database=database, web=None, jail=None)  # type: ignore[arg-type]  # hands over only
    handed = Handed(house, queue, lambda: datetime.now(UTC))
    until = time.perf_counter() + 120
    while time.perf_counter() < until:
        await handed.read_due()
        async with database.read() as session:
            every = await db.sources.every(session)
        left = sum(1 for one in every if one.last_read_at is None)
        if not left:
            return 0
        await asyncio.sleep(0.2)
    return left


def _cpu(pid: int) -> float:
    """Return the CPU seconds of a process and of those that it started."""
    total = 0.0
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except FileNotFoundError:
            continue
        total += (int(fields[11]) + int(fields[12])) / TICKS
        waiting += [int(child) for child in children]
    return total
