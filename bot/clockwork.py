"""What runs on the clock, run: the lines of `jobs.schedule.JOBS` on a scheduler of our own."""

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from db.errors import DatabaseUnavailable
from jobs.concerning import concerning
from jobs.faults import report
from jobs.schedule import JOBS, Job, Work

log = logging.getLogger(__name__)

STANDSTILL = 60.0
"""Seconds without the end of any tick after which something is badly wrong."""


class Clockwork:
    """Ticks until it is stopped; a tick that is late runs once, and never beside itself."""

    def __init__(self, work: Work, poll_every: timedelta, jobs: Sequence[Job] = JOBS) -> None:
        self._work = work
        self._stopping = False
        self._ticked = time.monotonic()
        self._database_lost = False
        self._running: set[asyncio.Task[object]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # The default would leave out a tick that comes a second late.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for job in jobs:
            seconds = (job.every or poll_every).total_seconds()
            self._scheduler.add_job(
                self._tick,
                "interval",
                args=[job],
                id=job.name,
                seconds=seconds,
                next_run_time=datetime.now(UTC),
            )

    @property
    def is_ticking(self) -> bool:
        """Whether a tick has come to its end lately; some run twice a second."""
        return time.monotonic() - self._ticked < STANDSTILL

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    async def stop(self, patience: float) -> None:
        """Let what is running come to its end for so many seconds, then cancel it."""
        self._scheduler.pause()
        self._stopping = True
        if self._running:
            await asyncio.wait(self._running, timeout=patience)
        left = [task for task in self._running if not task.done()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        # Their ticks notice it in the loop's next round; only then may the scheduler go.
        await asyncio.sleep(0)
        self._scheduler.shutdown(wait=False)

    async def _tick(self, job: Job) -> None:
        with concerning(job=job.name):
            task = asyncio.ensure_future(job.run(self._work))
        self._running.add(task)
        try:
            await asyncio.shield(task)
            self._database_answered()
        except DatabaseUnavailable as error:
            self._database_failed(error)
        except asyncio.CancelledError:
            if not self._stopping:
                raise
        except Exception as error:
            # One bad tick must not end the ticking; the next one finds the same work again.
            log.error("%s failed", job.name)  # noqa: TRY400 - the report has the traceback
            await report(self._work.house.database, error, self._work.clock())
        finally:
            self._ticked = time.monotonic()
            if task.done():
                self._running.discard(task)

    def _database_failed(self, error: DatabaseUnavailable) -> None:
        """Say it once for an outage, however many ticks find it so."""
        if not self._database_lost:
            log.warning("%s Trying again until it answers.", error)
        self._database_lost = True

    def _database_answered(self) -> None:
        if self._database_lost:
            log.warning("The database answers again.")
        self._database_lost = False
