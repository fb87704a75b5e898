"""Work that is handed over: claimed once, read once, whoever takes it and however often."""

import asyncio
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import db.deliveries
import db.sources
from db.errors import DatabaseUnavailable
from db.work_queue import work_queue
from jobs.backend import WAITS, Embedded, Handed
from jobs.composing import Composing
from jobs.outbox import Outbox
from jobs.tasks import TASKS, Shift, task_of
from sources.errors import FetchError
from tests.builders import (
    NOW,
    owed,
    owing,
    stored_source,
    subscribed,
)
from tests.fakes import Clock, RecordingCourier


class CountingWeb:
    """Has nothing, and remembers who asked for it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def fetch(self, url: str, **_):
        self.asked.append(url)
        raise FetchError(url, "nothing there", code="http_404")


def shift_of(house, clock, courier=None) -> tuple[Shift, CountingWeb]:
    web = CountingWeb()
    words = courier or RecordingCourier()
    ours = replace(house, web=web)
    return Shift(house=ours, composing=Composing(house.database, words, clock), clock=clock), web


class Noted:
    """A queue that only remembers."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, list[int], str]] = []

    async def put(self, task, numbers=(), stamp="") -> None:
        self.jobs.append((task, list(numbers), stamp))

    async def put_once(self, task) -> None:
        self.jobs.append((task, [], ""))

    async def clear_stalled(self, silent_for) -> int:
        self.cleared = silent_for
        return 0

    async def waiting(self, task) -> int:
        return sum(1 for name, _, _ in self.jobs if name == task)


async def test_a_job_is_done_by_whoever_takes_it_first(watch):
    source = await stored_source(watch.database, now=NOW)
    watch.clock.at = NOW
    queue = Noted()
    assert await Handed(watch.house, queue, watch.clock).read_due() == 1
    ((name, numbers, stamp),) = queue.jobs
    shift, web = shift_of(watch.house, watch.clock)
    both = [task_of(name).run(shift, numbers, stamp) for _ in range(2)]
    assert set(await asyncio.gather(*both)) == {0, 1}
    assert web.asked == [source.url]


async def test_a_job_that_nobody_began_is_handed_over_again_and_the_old_one_is_void(watch):
    await stored_source(watch.database, now=NOW)
    watch.clock.at = NOW
    queue = Noted()
    handed = Handed(watch.house, queue, watch.clock)
    await handed.read_due()
    assert await handed.read_due() == 0
    watch.clock.at += WAITS
    assert await handed.read_due() == 1
    (_, numbers, old), (_, again, new) = queue.jobs
    assert numbers == again
    shift, web = shift_of(watch.house, watch.clock)
    assert await task_of("read").run(shift, numbers, old) == 0
    assert web.asked == []
    assert await task_of("read").run(shift, numbers, new) == 1


async def test_sources_of_one_host_go_into_one_job(watch):
    watch.clock.at = NOW
    same = [
        await stored_source(watch.database, url=f"https://city.example/{n}", now=NOW)
        for n in range(11)
    ]
    others = [
        await stored_source(watch.database, url=f"https://s{n}.example/", now=NOW) for n in range(9)
    ]
    queue = Noted()
    await Handed(watch.house, queue, watch.clock).read_due()
    jobs = [set(numbers) for _, numbers, _ in queue.jobs]
    assert {source.id for source in same} in jobs
    assert set().union(*jobs) == {source.id for source in (*same, *others)}
    assert sum(len(job) for job in jobs) == 20


async def test_a_source_that_was_paused_or_removed_meanwhile_is_left_alone(watch):
    source = await stored_source(watch.database, now=NOW)
    watch.clock.at = NOW
    queue = Noted()
    await Handed(watch.house, queue, watch.clock).read_due()
    async with watch.database.write() as session:
        await db.sources.remove(session, source.id)
    ((name, numbers, stamp),) = queue.jobs
    shift, web = shift_of(watch.house, watch.clock)
    assert await task_of(name).run(shift, numbers, stamp) == 0
    assert web.asked == []


async def test_no_more_is_claimed_than_workers_keep_up_with(watch, monkeypatch):
    monkeypatch.setattr("jobs.backend.WAITING_JOBS", 2)
    watch.clock.at = NOW
    for number in range(40):
        await stored_source(watch.database, url=f"https://s{number}.example/", now=NOW)
    queue = Noted()
    handed = Handed(watch.house, queue, watch.clock)
    assert await handed.read_due() == 16
    assert await handed.read_due() == 0


async def test_digests_are_written_ahead_and_sent_as_they_were_written(watch):
    courier, clock = RecordingCourier(), Clock()
    await subscribed(watch.database)
    await owing(watch.database, replace(owed(1, "digest:1"), kind="digest", payload=span()))
    queue = Noted()
    assert await Handed(watch.house, queue, clock).compose_owed() == 1
    ((_, numbers, _),) = queue.jobs
    shift, _ = shift_of(watch.house, clock, courier)
    assert await task_of("compose").run(shift, numbers, "") == 1
    assert await task_of("compose").run(shift, numbers, "") == 0
    assert len(courier.letters) == 1
    await Outbox(watch.database, courier, clock, owner="us").drain()
    assert len(courier.letters) == 1
    assert len(courier.sent) == 1


async def test_what_somebody_sends_already_is_not_written_ahead(watch):
    clock = Clock()
    await owing(watch.database, replace(owed(1, "digest:1"), kind="digest", payload=span()))
    async with watch.database.write() as session:
        (claimed,) = await db.deliveries.claim(
            session, owner="us", now=NOW, lease=timedelta(minutes=1), limit=1
        )
    shift, _ = shift_of(watch.house, clock)
    assert await task_of("compose").run(shift, [claimed.id], "") == 0


async def test_alone_the_same_functions_run_at_once(watch):
    await stored_source(watch.database, now=NOW)
    watch.clock.at = NOW
    shift, web = shift_of(watch.house, watch.clock)
    alone = Embedded(shift)
    assert await alone.read_due() == 1
    await alone.do("index")
    await alone.end(5)
    assert len(web.asked) == 1


def span() -> dict[str, str]:
    since = NOW - timedelta(days=1)
    return {"kind": "daily", "since": since.isoformat(), "until": NOW.isoformat()}


@asynccontextmanager
async def serving(queue, handlers):
    task = asyncio.create_task(queue.serve(handlers, at_once=2, patience=1))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.postgres
async def test_what_is_put_into_the_queue_comes_out_once(bare_postgres_url):
    got: asyncio.Queue[tuple[list[int], str]] = asyncio.Queue()

    async def take(numbers, stamp) -> None:
        await got.put((list(numbers), stamp))

    async with work_queue(bare_postgres_url) as queue:
        await queue.put("read", [1, 2], "then")
        await queue.put_once("index")
        await queue.put_once("index")
        assert await queue.waiting("read") == 1
        assert await queue.waiting("index") == 1
        async with serving(queue, {task.name: take for task in TASKS}):
            found = [await asyncio.wait_for(got.get(), 20) for _ in range(2)]
        assert sorted(found) == [([], ""), ([1, 2], "then")]
        assert await queue.waiting("read") == 0


@pytest.mark.postgres
async def test_what_a_killed_worker_had_begun_does_not_stay_in_the_queue(bare_postgres_url):
    async with work_queue(bare_postgres_url) as queue:
        await queue.put("read", [1], "then")
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", HANGING, bare_postgres_url),
            stdout=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert worker.stdout is not None
        assert await asyncio.wait_for(worker.stdout.readline(), 30) == b"begun\n"
        assert await queue.clear_stalled(timedelta(minutes=1)) == 0, "it is alive"
        worker.kill()
        await worker.wait()
        assert await begun(queue) == 1
        assert await queue.clear_stalled(timedelta()) == 1
        assert await begun(queue) == 0
        assert await queue.clear_stalled(timedelta()) == 0


@pytest.mark.postgres
async def test_a_worker_that_was_taken_for_dead_goes_on_with_the_next_job(bare_postgres_url):
    begins, may_end = asyncio.Queue[list[int]](), asyncio.Event()

    async def take(numbers, _stamp) -> None:
        await begins.put(list(numbers))
        await may_end.wait()

    async with work_queue(bare_postgres_url) as queue, serving(queue, {"read": take}):
        await queue.put("read", [1], "then")
        assert await asyncio.wait_for(begins.get(), 20) == [1]
        assert await queue.clear_stalled(timedelta()) == 1
        may_end.set()
        await queue.put("read", [2], "then")
        assert await asyncio.wait_for(begins.get(), 20) == [2]


HANGING = """
import asyncio, sys
from db.work_queue import work_queue

async def hang(numbers, stamp):
    print("begun", flush=True)
    await asyncio.Event().wait()

async def main():
    async with work_queue(sys.argv[1]) as queue:
        await queue.serve({"read": hang}, at_once=1, patience=1)

asyncio.run(main())
"""


async def begun(queue) -> int:
    return sum(one["doing"] for one in await queue._queues("read"))


@pytest.mark.postgres
async def test_a_queue_of_another_version_is_made_anew(bare_postgres_url, cluster):
    async with work_queue(bare_postgres_url) as queue:
        await queue.put("read", [1], "then")
    name = bare_postgres_url.partition("@/")[2].partition("?")[0]
    cluster.execute("COMMENT ON SCHEMA procrastinate IS '0.1'", name)
    async with work_queue(bare_postgres_url) as queue:
        assert await queue.waiting("read") == 0
        await queue.put("read", [2], "then")
    async with work_queue(bare_postgres_url) as queue:
        assert await queue.waiting("read") == 1


async def test_a_file_can_not_be_shared_between_machines(sqlite_url):
    with pytest.raises(DatabaseUnavailable, match="PostgreSQL"):
        async with work_queue(sqlite_url):
            pass
