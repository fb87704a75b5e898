"""SQLite is asked in one trip to its thread for each statement."""

import asyncio
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db import lite
from db.engine import connect


@pytest.fixture
async def opened(tmp_path, monkeypatch):
    """An empty database, and the trips that are made to it."""
    trips = []
    ask = lite.Connection._execute

    async def counted(self, work, *more, **how):
        trips.append(work)
        return await ask(self, work, *more, **how)

    monkeypatch.setattr(lite.Connection, "_execute", counted)
    database = connect(f"sqlite+aiosqlite:///{tmp_path}/a.db")
    async with database.write() as session:
        await session.execute(text("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
    trips.clear()
    yield database, trips
    await database.close()


async def test_a_query_is_one_trip_and_so_is_its_transactions_beginning_and_end(opened):
    database, trips = opened
    async with database.write() as session:
        await session.execute(
            text("INSERT INTO thing (name) VALUES (:name)"), [{"name": "a"}, {"name": "b"}]
        )
        found = await session.execute(text("SELECT name FROM thing ORDER BY id"))
        assert found.scalars().all() == ["a", "b"]
        assert len(trips) == 3
    assert len(trips) == 4


async def test_what_a_statement_says_of_itself_comes_back(opened):
    database, _ = opened
    async with database.write() as session:
        added = await session.execute(text("INSERT INTO thing (name) VALUES ('a')"))
        assert (added.lastrowid, added.rowcount) == (1, 1)
        changed = await session.execute(text("UPDATE thing SET name = 'b'"))
        assert changed.rowcount == 1
        told = await session.execute(text("INSERT INTO thing (name) VALUES ('c') RETURNING id"))
        assert told.scalar_one() == 2


async def test_an_error_is_the_drivers_and_takes_everything_back(opened):
    database, _ = opened
    with pytest.raises(IntegrityError):
        await _add_twice(database)
    async with database.read() as session:
        assert (await session.execute(text("SELECT count(*) FROM thing"))).scalar_one() == 0


async def _add_twice(database):
    statement = text("INSERT INTO thing (name) VALUES ('a')")
    async with database.write() as session:
        await session.execute(statement)
        await session.execute(statement)


LONG = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)"
    " SELECT max(i) FROM n"
)


@pytest.mark.parametrize("turns", range(1, 12))
async def test_what_was_broken_off_at_any_moment_leaves_no_thread_behind(sqlite_url, turns):
    async def ask() -> None:
        async with database.read() as session:
            await session.execute(LONG)

    others = connections()
    database = connect(sqlite_url)
    asking = asyncio.create_task(ask())
    for _ in range(turns):
        await asyncio.sleep(0)
    mine = connections() - others
    asking.cancel()
    await asyncio.wait([asking])
    await database.close()
    assert not any(thread.is_alive() for thread in mine)


def connections() -> set[threading.Thread]:
    return {one for one in threading.enumerate() if "_connection_worker" in one.name}
