"""Under everything that kills feed readers the whole bot stays within a small machine's memory."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

import pytest

import db.sources
from bench.processes import Family
from db.engine import connect
from tests.faults.harness import PATIENCE, scene
from tests.feed_server import serving
from tests.sources.killers import killers

MOST = 512.0
"""Megabytes of all processes: a container's usual limit."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


async def test_hostile_feeds_do_not_take_the_machine(tmp_path, migrated_file):
    async with serving() as feeds, scene(tmp_path, migrated_file) as (_, bot, _ledger):
        database = connect(bot.url.replace("sqlite:", "sqlite+aiosqlite:"))
        now = datetime.now(UTC)
        async with database.write() as session:
            for number, (name, body) in enumerate(killers().items()):
                feeds.bodies[f"/{number}.xml"] = body
                await db.sources.add(
                    session,
                    url=feeds.url(f"/{number}.xml"),
                    kind="feed",
                    title=name,
                    tier="media",
                    interval=timedelta(minutes=15),
                    now=now,
                )
        await bot.start(FETCH_ALLOW_CIDRS="127.0.0.0/8")
        most = await _watched(bot.pid, database, len(killers()))
        await database.close()
        assert await bot.end() == 0
    assert most < MOST


async def _watched(pid: int, database, number: int) -> float:
    """Look at its memory until every source was read or given up; return the most."""
    family, most = Family(pid), 0.0
    async with asyncio.timeout(6 * PATIENCE):
        while True:
            most = max(most, family.megabytes())
            async with database.read() as session:
                every = await db.sources.every(session)
            if sum(bool(one.last_read_at or one.failures) for one in every) == number:
                return most
            await asyncio.sleep(0.3)
