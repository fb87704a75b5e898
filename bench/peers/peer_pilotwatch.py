"""Ourselves: the polling job with its database, its jail, relevance, facts and stories."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import db.sources
from bench.peers.stopwatch import Stopwatch, address
from db.engine import Database, connect
from db.migrate import migrate
from jobs.house import House
from jobs.poll import PollReport, poll
from sources.jail import Jail
from sources.page import Page
from sources.web import Web

_TICK = 0.01


async def _late(worst: list[float]) -> None:
    """Note how much later than asked for the event loop gets round to us, in seconds."""
    loop = asyncio.get_running_loop()
    while True:
        before = loop.time()
        await asyncio.sleep(_TICK)
        worst.append(loop.time() - before - _TICK)


async def _subscribe(database: Database, feeds: int, port: int, now: datetime) -> None:
    async with database.write() as session:
        for number in range(feeds):
            await db.sources.add(
                session,
                url=address(number, port),
                kind="feed",
                title=f"Site {number}",
                tier="media",
                interval=timedelta(minutes=15),
                now=now,
            )


async def _warm(jail: Jail) -> None:
    """Let the workers start: the others' imports are not counted either."""
    page = Page(
        url="http://localhost/",
        body=b"<rss version='2.0'><channel><title>a</title></channel></rss>",
        body_hash="",
    )
    await asyncio.gather(*(jail.parse("feed", page) for _ in range(2)))


async def _read(phase: str, folder: Path, port: int, feeds: int) -> None:
    url = f"sqlite+aiosqlite:///{folder}/pilotwatch.db"
    await asyncio.to_thread(migrate, url)
    database = connect(url)
    now = datetime.now(UTC)
    async with Web(allow_cidrs=["127.0.0.0/8"]) as web, Jail() as jail:
        house = House(database=database, web=web, jail=jail)
        if phase == "cold":
            await _subscribe(database, feeds, port, now)
        await _warm(jail)
        late: list[float] = []
        watching = asyncio.create_task(_late(late))
        with Stopwatch() as watch:
            report = await poll(house, now, everything=True)
        watching.cancel()
    await database.close()
    _tell(watch, report, max(late, default=0.0))


def _tell(watch: Stopwatch, report: PollReport, lag: float) -> None:
    watch.tell(
        new=report.articles,
        relevant=report.relevant,
        facts=report.facts,
        failed=report.failed,
        lag=lag,
    )


if __name__ == "__main__":
    asyncio.run(_read(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
