"""Who does the work: this process alone (embedded), or any number of others by a queue."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import db.deliveries
import db.sources
from domain.source import Source
from jobs.house import House
from jobs.tasks import Shift, task_of
from jobs.visits import Visits

log = logging.getLogger(__name__)

SOURCES_IN_A_JOB = 8
WAITING_JOBS = 64
"""So many jobs may wait for a worker; what is due beyond them stays in the table, which is where
it is seen that the workers are too few (the metric `poll_lag_seconds`)."""
WAITS = timedelta(minutes=10)
"""A job that nobody has begun by then is taken for lost: its sources are due again."""
DIGESTS_IN_A_JOB = 50
SILENCE = timedelta(minutes=2)
"""A worker says several times a minute that it is there; who says nothing for so long is dead."""


class Backend(Protocol):
    """Does what is due, or lets it be done."""

    async def read_due(self) -> int:
        """Begin with the sources that are due; return how many."""
        ...

    async def compose_owed(self) -> int:
        """Let digests be put into words ahead of their senders; return how many."""
        ...

    async def do(self, task: str) -> None:
        """Do a task that is about no rows in particular, or let it be done."""
        ...

    async def tidy(self) -> None:
        """Let go of what dead workers have left behind."""
        ...

    async def end(self, patience: float) -> None:
        """Let what was begun here come to its end for so many seconds."""
        ...


class Queue(Protocol):
    """Where work is handed over: `db.work_queue.WorkQueue`."""

    async def put(self, task: str, numbers: Sequence[int] = (), stamp: str = "") -> None:
        """Let somebody do a task."""
        ...

    async def put_once(self, task: str) -> None:
        """Let somebody do a task, not while one waits already."""
        ...

    async def waiting(self, task: str) -> int:
        """Return how many jobs of a task nobody has begun yet."""
        ...

    async def clear_stalled(self, silent_for: timedelta) -> int:
        """Drop the jobs of workers that have said nothing for so long; return how many."""
        ...


class Embedded:
    """Everything in this process."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._visits = Visits(shift.house, shift.clock)

    async def read_due(self) -> int:
        """Begin to read what is due, side by side."""
        return await self._visits.begin()

    async def compose_owed(self) -> int:
        """Leave it to the senders: there is nobody else."""
        return 0

    async def do(self, task: str) -> None:
        """Do it now."""
        await task_of(task).run(self._shift, (), "")

    async def tidy(self) -> None:
        """Nobody else works here."""

    async def end(self, patience: float) -> None:
        """Let visits come to their end."""
        await self._visits.end(patience)


class Handed:
    """Everything by workers: what is due is claimed here, and its numbers go into the queue."""

    def __init__(self, house: House, queue: Queue, clock: Callable[[], datetime]) -> None:
        self._database = house.database
        self._queue = queue
        self._clock = clock

    async def read_due(self) -> int:
        """Claim what is due and hand it over, as far as workers keep up."""
        room = WAITING_JOBS - await self._queue.waiting("read")
        if room <= 0:
            return 0
        now = self._clock()
        async with self._database.write() as session:
            due = await db.sources.claim(session, now, limit=room * SOURCES_IN_A_JOB, lease=WAITS)
        stamp = (now + WAITS).isoformat()
        for some in _by_host(due):
            await self._queue.put("read", some, stamp)
        return len(due)

    async def compose_owed(self) -> int:
        """Hand over the digests that nobody has put into words."""
        if await self._queue.waiting("compose"):
            return 0
        async with self._database.read() as session:
            numbers = await db.deliveries.unwritten_digests(session)
        for some in _batches(numbers, DIGESTS_IN_A_JOB):
            await self._queue.put("compose", some)
        return len(numbers)

    async def do(self, task: str) -> None:
        """Hand it over, once."""
        await self._queue.put_once(task)

    async def tidy(self) -> None:
        """Drop the jobs of dead workers: their rows are due again by themselves."""
        if cleared := await self._queue.clear_stalled(SILENCE):
            log.warning("%d jobs of workers that are gone were dropped", cleared)

    async def end(self, patience: float) -> None:
        """Nothing is under way here."""


def _by_host(sources: Sequence[Source]) -> list[list[int]]:
    """Cut sources into jobs, those of one host together: a worker asks a host one thing at a time.

    Between workers nobody would keep them from asking it all at once.
    """
    hosts: dict[str, list[int]] = {}
    for source in sources:
        hosts.setdefault(urlsplit(source.url).hostname or "", []).append(source.id)
    jobs: list[list[int]] = []
    for numbers in hosts.values():
        if jobs and len(jobs[-1]) + len(numbers) <= SOURCES_IN_A_JOB:
            jobs[-1] += numbers
        else:
            jobs.append(numbers)
    return jobs


def _batches(numbers: Sequence[int], size: int) -> list[Sequence[int]]:
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]
