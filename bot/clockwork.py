"""What runs on the clock, run: the lines of `jobs.schedule.JOBS` on a scheduler of our own."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from jobs.schedule import JOBS, Job, Work

log = logging.getLogger(__name__)


class Clockwork:
    """Ticks until it is stopped; a tick that is late runs once, and never beside itself."""

    def __init__(self, work: Work, poll_every: timedelta, jobs: Sequence[Job] = JOBS) -> None:
        self._work = work
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

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    async def stop(self, patience: float) -> None:
        """Let what is running come to its end for so many seconds, then cancel it."""
        self._scheduler.pause()
        if self._running:
            await asyncio.wait(self._running, timeout=patience)
        self._scheduler.shutdown(wait=False)
        left = [task for task in self._running if not task.done()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _tick(self, job: Job) -> None:
        task = asyncio.ensure_future(job.run(self._work))
        self._running.add(task)
        try:
            await asyncio.shield(task)
        except Exception:
            # One bad tick must not end the ticking; the next one finds the same work again.
            log.exception("%s failed", job.name)
        finally:
            if task.done():
                self._running.discard(task)
