"""What runs on the clock, and how often. Ticks are dumb: what is due is in the database."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.keeping import Keeping
from jobs.backend import Backend
from jobs.digest import owe_due, put_off, set_anew
from jobs.grouping import forget
from jobs.house import House
from jobs.keeping import let_go
from jobs.outbox import Outbox
from jobs.ports import Courier
from jobs.reprocess import go_on
from jobs.watchdog import watch_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a tick works with."""

    house: House
    backend: Backend
    outbox: Outbox
    clock: Callable[[], datetime]
    keeping: Keeping = field(default_factory=Keeping)
    courier: Courier | None = None
    """Shows how far a run has got."""
    since: datetime | None = None
    """From when on this process has been there to read the sources."""


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable; `every` None is the operator's POLL_SECONDS."""

    name: str
    every: timedelta | None
    run: Callable[[Work], Awaitable[object]]


async def _poll(work: Work) -> None:
    await work.backend.read_due()


async def _digests(work: Work) -> None:
    if await owe_due(work.house.database, work.clock()):
        await work.backend.compose_owed()


async def _outbox(work: Work) -> None:
    await work.outbox.begin()


async def _calendar(work: Work) -> None:
    await set_anew(work.house.database, work.clock())
    await put_off(work.house.database, work.clock())


async def _signatures(work: Work) -> None:
    await forget(work.house.database, work.clock())


async def _sweep(work: Work) -> None:
    await work.outbox.sweep()
    await work.backend.tidy()


async def _keeping(work: Work) -> None:
    await let_go(work.house.database, work.keeping, work.clock())


async def _watchdog(work: Work) -> None:
    await watch_over(work.house.database, work.clock(), since=work.since)


async def _index(work: Work) -> None:
    await work.backend.do("index")


async def _late_pages(work: Work) -> None:
    await work.backend.do("late pages")


async def _reread(work: Work) -> None:
    await go_on(work.house, work.courier, work.clock())


JOBS: tuple[Job, ...] = (
    Job("poll", None, _poll),
    Job("digests", timedelta(seconds=1), _digests),
    Job("outbox", timedelta(seconds=0.5), _outbox),
    Job("reread", timedelta(seconds=2), _reread),
    Job("late pages", timedelta(seconds=30), _late_pages),
    Job("index", timedelta(seconds=5), _index),
    Job("watchdog", timedelta(seconds=20), _watchdog),
    Job("calendar", timedelta(hours=1), _calendar),
    Job("signatures", timedelta(hours=6), _signatures),
    Job("keeping", timedelta(minutes=10), _keeping),
    Job("sweep", timedelta(seconds=30), _sweep),
)
