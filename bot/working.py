"""`pilotwatch worker`: does what the bot hands over, beside any number of others."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from bot.health import looking, pulse_file, pulsing
from bot.opening import open_house
from bot.pen import Pen
from bot.server import Surface, serving
from bot.settings import Settings
from bot.told import told_to_stop
from db.engine import connect
from db.errors import DatabaseUnavailable
from db.migrate import migrate
from db.work_queue import Handler, work_queue
from jobs.composing import Composing
from jobs.faults import report
from jobs.tasks import TASKS, Shift, Task

log = logging.getLogger(__name__)

PATIENCE = 6.0
"""Seconds that what is under way gets when the worker is told to stop; 8 in all is the promise."""
AGAIN = 5.0
"""Seconds until a queue that went away is looked for again."""


async def work(settings: Settings, at_once: int) -> int:
    """Work until a signal; return the exit code.

    Raises:
        DatabaseUnavailable: There is no database to begin with.
    """
    await asyncio.to_thread(migrate, settings.database_url)
    async with AsyncExitStack() as stack:
        database = connect(settings.database_url)
        stack.push_async_callback(database.close)
        house = await stack.enter_async_context(open_house(settings, database))
        shift = Shift(house=house, composing=Composing(database, Pen(), _now), clock=_now)
        look = looking(database, lambda: True, lambda: True)
        surface = Surface(look)
        pulse = pulsing(pulse_file(settings.database_url, "worker"), look)
        await stack.enter_async_context(pulse)
        await stack.enter_async_context(serving(surface, settings.http_host, settings.http_port))
        told = stack.enter_context(told_to_stop())
        working = asyncio.create_task(_serve(settings.database_url, shift, at_once))
        await told.wait()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    log.info("stopped")
    return 0


async def _serve(url: str, shift: Shift, at_once: int) -> None:
    """Serve the queue, however often it goes away."""
    handlers = {task.name: _handler(shift, task) for task in TASKS}
    while True:
        try:
            async with work_queue(url, connections=at_once + 2) as queue:
                log.info("working: %s", ", ".join(handlers))
                await queue.serve(handlers, at_once=at_once, patience=PATIENCE)
        except DatabaseUnavailable as error:
            log.warning("%s Trying again until it answers.", error)
            await asyncio.sleep(AGAIN)


def _handler(shift: Shift, task: Task) -> Handler:
    async def handle(numbers: Sequence[int], stamp: str) -> None:
        try:
            await task.run(shift, numbers, stamp)
        except DatabaseUnavailable:
            raise
        except Exception as error:
            # A bug of ours: operators are told, and the rows are due again by themselves.
            log.error("%s failed", task.name)  # noqa: TRY400 - the report has the traceback
            await report(shift.house.database, error, shift.clock())

    return handle


def _now() -> datetime:
    return datetime.now(UTC)
