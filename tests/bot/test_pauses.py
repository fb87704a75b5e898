"""Telegram's wish to leave a chat alone survives a restart."""

from datetime import timedelta

from bot.pacing import EVERYBODY, Pacing
from bot.pauses import Pauses
from db.engine import Database, connect
from jobs.ports import Rest
from tests.fakes import Clock


async def restored(database: Database, clock: Clock) -> Rest:
    pacing = Pacing(29, lambda: 1000.0)
    await Pauses(database, pacing, clock).restore()
    return pacing.rest()


async def test_hours_survive_and_seconds_do_not(kept: Database):
    clock, pacing = Clock(), Pacing(29, lambda: 0.0)
    pauses = Pauses(kept, pacing, clock)
    await pauses.restore()
    pacing.on_park(7, 12 * 3600)
    pacing.on_park(8, 3)
    await pauses.settle()
    assert await restored(kept, clock) == Rest(frozenset({7}))
    clock.at += timedelta(hours=12)
    assert await restored(kept, clock) == Rest()


async def test_a_pause_of_the_whole_bot_survives_too(kept: Database):
    clock, pacing = Clock(), Pacing(29, lambda: 0.0)
    pauses = Pauses(kept, pacing, clock)
    await pauses.restore()
    pacing.on_park(EVERYBODY, 60)
    await pauses.settle()
    assert (await restored(kept, clock)).everybody


async def test_a_database_that_is_away_loses_a_pause_and_nothing_else(bare_sqlite_url, caplog):
    database = connect(bare_sqlite_url)
    pauses = Pauses(database, Pacing(29), Clock())
    pauses._keep(7, 3600)
    await pauses.settle()
    assert "could not be kept" in caplog.text
    await database.close()
