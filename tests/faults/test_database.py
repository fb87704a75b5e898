"""The database goes away in all its ways: nothing is lost, nothing told twice, it goes on alone."""

from datetime import timedelta

import pytest
from sqlalchemy import event

import db.deliveries
import db.subscriptions
from db.engine import connect
from db.errors import DatabaseUnavailable
from db.migrate import migrate
from domain.calendar import next_digest
from jobs.digest import owe_due
from jobs.outbox import Outbox
from tests import builders, postgres
from tests.fakes import Clock, RecordingCourier

FULL = "PRAGMA max_page_count = 1"
READ_ONLY = "PRAGMA query_only = ON"


async def counted(database) -> dict[str, int]:
    async with database.read() as session:
        found = await db.deliveries.counts(session)
    return {state: number for state, number in found.items() if number}


@pytest.mark.parametrize(
    ("trouble", "said"), [(FULL, "the disk is full"), (READ_ONLY, "read-only")], ids=["full", "ro"]
)
async def test_a_database_that_takes_nothing_loses_nothing(sqlite_url, trouble, said):
    clock, courier = Clock(), RecordingCourier()
    healthy = connect(sqlite_url)
    await builders.owing(healthy, *(builders.owed(chat, "k") for chat in range(1, 6)))
    broken = connect(sqlite_url)

    def break_it(connection, _record) -> None:
        connection.execute(trouble)

    event.listen(broken.engine.sync_engine, "connect", break_it)
    if trouble is READ_ONLY:
        with pytest.raises(DatabaseUnavailable, match=said):
            await Outbox(broken, courier, clock, owner="us").drain()
    else:
        with pytest.raises(DatabaseUnavailable, match=said):
            await _fill(broken)
    await broken.close()
    assert courier.sent == []
    assert await Outbox(healthy, courier, clock, owner="us").drain() == 5
    assert await counted(healthy) == {"sent": 5}
    await healthy.close()


async def _fill(database) -> None:
    many = [builders.owed(1, f"more {number}") for number in range(5000)]
    async with database.write() as session:
        await db.deliveries.owe(session, many, builders.NOW)


@pytest.mark.postgres
async def test_a_server_that_drops_every_connection_is_used_again(cluster, postgres_url):
    clock, courier = Clock(), RecordingCourier()
    database = connect(postgres_url)
    await builders.owing(database, *(builders.owed(chat, "k") for chat in range(1, 4)))
    cluster.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND datname IS NOT NULL"
    )
    assert await Outbox(database, courier, clock, owner="us").drain() == 3
    assert await counted(database) == {"sent": 3}
    await database.close()


@pytest.mark.postgres
@pytest.mark.usefixtures("cluster")  # says whether there can be a server
async def test_a_server_that_is_stopped_and_started_loses_and_repeats_nothing():
    with postgres.running() as server, server.fresh() as url:
        migrate(url)
        database = connect(url)
        clock, courier = Clock(), RecordingCourier()
        await builders.owing(database, *(builders.owed(chat, "k") for chat in range(1, 41)))
        outbox = Outbox(database, courier, clock, owner="us")
        assert await outbox.begin() == 8
        server.stop()
        with pytest.raises(DatabaseUnavailable):
            await outbox.drain()
        in_time = len(courier.sent)
        assert in_time < 40
        server.start()
        clock.turn(minutes=10)  # whatever was claimed and never begun is free by then
        await outbox.sweep()
        await outbox.drain()
        assert sorted(where.chat_id for where, _ in courier.sent) == list(range(1, 41))
        assert await counted(database) == {"sent": 40}
        await database.close()


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=-400)])
async def test_a_clock_that_jumps_tells_nothing_twice(sqlite_url, jump):
    clock, courier = Clock(), RecordingCourier()
    database = connect(sqlite_url)
    sending = Outbox(database, courier, clock, owner="us")
    await _subscribed(database, clock)
    clock.turn(hours=1)
    assert await owe_due(database, clock()) == 1
    clock.at += jump
    for _ in range(3):
        await owe_due(database, clock())
        await sending.drain()
        await sending.sweep()
        clock.turn(minutes=20)
    clock.at = builders.NOW + timedelta(hours=2)
    await owe_due(database, clock())
    await sending.drain()
    assert len(courier.sent) == 1
    await database.close()


async def test_a_clock_that_jumps_a_year_ahead_tells_once(sqlite_url):
    clock, courier = Clock(), RecordingCourier()
    database = connect(sqlite_url)
    await _subscribed(database, clock)
    clock.turn(days=365, hours=2)
    assert await owe_due(database, clock()) == 1
    assert await owe_due(database, clock()) == 0
    assert await Outbox(database, courier, clock, owner="us").drain() == 1
    await database.close()


async def _subscribed(database, clock) -> None:
    await builders.stored_source(database)
    subscription = builders.subscription(minute=10 * 60)
    await builders.subscribed(database, minute=10 * 60, next_at=next_digest(subscription, clock()))
