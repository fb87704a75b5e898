"""What thousands ask for at once is read once, and never older than what was written here."""

import asyncio

import pytest
from sqlalchemy import update

import db.facts
import db.pauses
import db.sources
import db.stories
from db.models import FactRow
from db.shared import LASTS, Shared
from tests.builders import NOW, fact, new_article, stored_source, stored_story


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


class Reading:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> int:
        self.times += 1
        await asyncio.sleep(0)
        return self.times


async def test_those_who_ask_in_the_same_moment_get_one_reading():
    shared, reading = Shared(Clock()), Reading()
    asked = [shared.get("latest", ("article",), reading) for _ in range(50)]
    assert await asyncio.gather(*asked) == [1] * 50
    assert await shared.get("other", ("article",), reading) == 2


async def test_what_other_processes_may_have_written_is_seen_after_two_seconds():
    clock, reading = Clock(), Reading()
    shared = Shared(clock)
    assert await shared.get("latest", ("article",), reading) == 1
    clock.at = LASTS - 0.01
    assert await shared.get("latest", ("article",), reading) == 1
    clock.at = LASTS
    assert await shared.get("latest", ("article",), reading) == 2


async def test_what_nobody_may_get_any_more_takes_no_memory():
    clock = Clock()
    shared = Shared(clock)
    for number in range(100):
        clock.at += LASTS / 10
        await shared.get(number, (), Reading())
    assert len(shared._kept) <= 11


async def test_a_reading_that_fails_is_not_kept():
    shared = Shared(Clock())

    async def broken() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await shared.get("latest", (), broken)
    assert await shared.get("latest", (), Reading()) == 1


async def test_who_gives_up_waiting_takes_nothing_from_the_others():
    shared, reading = Shared(Clock()), Reading()
    first = asyncio.create_task(shared.get("latest", (), reading))
    second = asyncio.create_task(shared.get("latest", (), reading))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 1


async def test_what_is_written_here_is_seen_at_once(database):
    async def count() -> int:
        async with database.read() as session:
            return await db.facts.count(session)

    async def asked() -> object:
        return await database.shared.get("facts", db.stories.TABLES, count)

    assert await asked() == 0
    await stored_story(database, new_article(facts=[fact()]))
    assert await asked() == 1
    async with database.write() as session:
        await session.execute(update(FactRow).values(hidden=True))
    assert await asked() == 0


async def test_a_source_that_is_removed_takes_what_it_told_out_of_sight_at_once(database):
    source = await stored_source(database)
    await stored_story(database, new_article(), source_id=source.id)

    async def latest() -> int:
        async with database.read() as session:
            return len(await db.stories.latest(session, 5))

    assert await database.shared.get("latest", db.stories.TABLES, latest) == 1
    async with database.write() as session:
        assert await db.sources.remove(session, source.id)
    assert await database.shared.get("latest", db.stories.TABLES, latest) == 0


async def test_what_is_written_elsewhere_leaves_an_answer_as_it_is(database):
    reading = Reading()
    await stored_story(database, new_article(facts=[fact()]))
    assert await database.shared.get("latest", db.stories.TABLES, reading) == 1
    async with database.write() as session:
        await db.pauses.keep(session, 1, NOW)
        await db.pauses.forget(session, NOW)
    assert await database.shared.get("latest", db.stories.TABLES, reading) == 1
