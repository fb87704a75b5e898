"""The clockwork: one bad tick is not the last, and the end waits for what is under way."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

import pytest

from bot.clockwork import Clockwork
from jobs.schedule import Job

EVERY = timedelta(seconds=0.02)


def clockwork(run: Any) -> Clockwork:
    """A clockwork with one job; the job needs nothing to work with."""
    nothing: Any = None
    return Clockwork(nothing, EVERY, (Job("job", None, run),))


async def test_a_tick_that_fails_is_logged_and_the_next_one_comes(
    caplog: pytest.LogCaptureFixture,
):
    ticks = 0
    enough = asyncio.Event()

    async def run(_: object) -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 3:
            enough.set()
        raise RuntimeError("a bad tick")

    ticking = clockwork(run)
    with caplog.at_level(logging.ERROR):
        ticking.start()
        await asyncio.wait_for(enough.wait(), 10)
        await ticking.stop(1)
    assert "job failed" in caplog.text
    assert "a bad tick" in caplog.text


async def test_what_runs_never_runs_beside_itself_and_may_come_to_its_end():
    began, go_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()
    at_once: list[int] = []
    running = 0

    async def run(_: object) -> None:
        nonlocal running
        running += 1
        at_once.append(running)
        began.set()
        await go_on.wait()
        running -= 1
        ended.set()

    ticking = clockwork(run)
    ticking.start()
    await asyncio.wait_for(began.wait(), 10)
    await asyncio.sleep(0.1)
    stopping = asyncio.create_task(ticking.stop(10))
    await asyncio.sleep(0.05)
    assert not stopping.done()
    go_on.set()
    await asyncio.wait_for(stopping, 10)
    assert ended.is_set()
    assert set(at_once) == {1}


async def test_patience_has_an_end():
    began, cancelled = asyncio.Event(), asyncio.Event()

    async def run(_: object) -> None:
        began.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    ticking = clockwork(run)
    ticking.start()
    await asyncio.wait_for(began.wait(), 10)
    await asyncio.wait_for(ticking.stop(0.05), 10)
    assert cancelled.is_set()
