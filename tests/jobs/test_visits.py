"""Sources are read side by side: a slow one holds up nobody."""

import asyncio
from dataclasses import replace

import pytest

import db.sources
from db.errors import DatabaseUnavailable
from domain.source import Source
from jobs.visits import Visits
from sources.errors import FetchError
from tests.builders import NOW, stored_source


class StubbornWeb:
    """One address never answers, the others fail at once."""

    def __init__(self, slow: str) -> None:
        self.slow = slow
        self.asked: list[str] = []
        self.called = asyncio.Event()

    async def fetch(self, url: str, **_):
        self.asked.append(url)
        self.called.set()
        if url == self.slow:
            await asyncio.Event().wait()
        raise FetchError(url, "nothing there", code="http_404")


async def until(condition) -> None:
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110 - a database has no event to wait for
            await asyncio.sleep(0.01)


@pytest.fixture
async def visiting(watch):
    slow = await stored_source(watch.database, url="https://slow.example/feed", now=NOW)
    quick = await stored_source(watch.database, url="https://quick.example/feed", now=NOW)
    watch.clock.at = NOW
    web = StubbornWeb(slow.url)
    house = watch.house.__class__(database=watch.database, web=web, jail=watch.house.jail)
    return Visits(house, watch.clock), web, slow, quick


async def now_of(watch, source: Source) -> Source:
    async with watch.database.read() as session:
        found = await db.sources.get(session, source.id)
        assert found
        return found


async def test_a_slow_source_does_not_keep_the_others_from_being_read_again(watch, visiting):
    visits, web, _, quick = visiting
    assert await visits.begin() == 2

    async def failed_once():
        return (await now_of(watch, quick)).failures == 1

    await until(failed_once)
    watch.clock.at = (await now_of(watch, quick)).next_at
    assert await visits.begin() >= 1

    async def failed_twice():
        return (await now_of(watch, quick)).failures == 2

    await until(failed_twice)
    assert web.asked.count(quick.url) == 2
    await visits.end(0)


async def test_what_a_stop_interrupts_is_due_at_once_again(watch, visiting):
    visits, web, slow, _ = visiting
    await visits.begin()
    await asyncio.wait_for(web.called.wait(), 10)
    assert (await now_of(watch, slow)).next_at > watch.clock()
    await visits.end(0)
    assert (await now_of(watch, slow)).next_at == watch.clock()


async def test_what_the_database_failed_in_is_due_as_soon_as_it_answers(
    watch, visiting, monkeypatch
):
    """Not only when its claim has run out: a busy moment would silence a source for minutes."""
    visits, web, slow, quick = visiting

    async def refused(*_):
        raise DatabaseUnavailable("The database is locked.")

    with monkeypatch.context() as patched:
        patched.setattr("jobs.visits.visit", refused)
        assert await visits.begin() == 2
        await visits.settled()
    assert (await now_of(watch, quick)).next_at > watch.clock()
    assert await visits.begin() == 2
    await visits.end(0)
    assert {slow.url, quick.url} == set(web.asked)


async def test_what_a_person_changed_meanwhile_stays_as_he_left_it(watch, visiting, monkeypatch):
    visits, _, slow, quick = visiting

    async def refused(*_):
        raise DatabaseUnavailable("The database is locked.")

    monkeypatch.setattr("jobs.visits.visit", refused)
    await visits.begin()
    await visits.settled()
    async with watch.database.write() as session:
        await db.sources.save(session, replace(quick, state="paused"))
    assert await visits.begin() == 1
    assert (await now_of(watch, quick)).state == "paused"
    assert (await now_of(watch, slow)).next_at > watch.clock()
