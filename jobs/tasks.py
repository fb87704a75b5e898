"""What can be done by any process that has the database: named here, run by whoever takes it.

A task is a name and numbers of rows. Its function asks the tables whether there is still something
to do, so that a task which is lost or comes twice does no harm.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import db.sources
from jobs.composing import Composing
from jobs.house import House
from jobs.indexing import index_waiting
from jobs.late_pages import read_late_pages
from jobs.poll import LEASE, visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What somebody who does tasks works with."""

    house: House
    composing: Composing
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work; `stamp` says by which claim its rows were taken, where they were."""

    name: str
    run: Callable[[Shift, Sequence[int], str], Awaitable[object]]


async def _read(shift: Shift, numbers: Sequence[int], stamp: str) -> int:
    """Read the sources of a claim, unless somebody else has taken them meanwhile."""
    now = shift.clock()
    async with shift.house.database.write() as session:
        ours = await db.sources.take_over(
            session, numbers, claimed=datetime.fromisoformat(stamp), until=now + LEASE
        )
    await asyncio.gather(*(visit(shift.house, source, now) for source in ours))
    return len(ours)


async def _compose(shift: Shift, numbers: Sequence[int], _: str) -> int:
    return await shift.composing.ahead(numbers)


async def _late_pages(shift: Shift, _: Sequence[int], __: str) -> int:
    return await read_late_pages(shift.house, shift.clock())


async def _index(shift: Shift, _: Sequence[int], __: str) -> int:
    return await index_waiting(shift.house.database)


TASKS: tuple[Task, ...] = (
    Task("read", _read),
    Task("compose", _compose),
    Task("late pages", _late_pages),
    Task("index", _index),
)


def task_of(name: str) -> Task:
    """Return the task of that name.

    Raises:
        LookupError: There is none.
    """
    for task in TASKS:
        if task.name == name:
            return task
    raise LookupError(name)
