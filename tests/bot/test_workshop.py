"""The workshop: its process comes when needed and goes when idle; its end is nobody else's."""

import asyncio
import os
import subprocess
import sys
import time

import pytest

from bot.workshop import WorkFailed, Workshop
from tests.bot.test_drawing import TIMELINE


async def pages(*pages):
    for page in pages:
        yield page


async def until(true) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_picture_comes_back_and_the_process_is_used_again():
    async with Workshop() as workshop:
        first = await workshop.picture(TIMELINE)
        number = workshop._process.pid  # type: ignore[union-attr]
        assert await workshop.picture(TIMELINE) == first
        assert workshop._process.pid == number  # type: ignore[union-attr]
    assert first.startswith(b"\x89PNG")
    assert not alive(number)


async def test_rows_come_as_pages_and_go_as_one_file():
    async with Workshop() as workshop:
        content = await workshop.file("csv", pages([{"a": 1}], [{"a": "=2"}], []))
    assert content.decode("utf-8-sig").splitlines() == ["a", "1", "'=2"]


async def test_who_is_not_needed_any_more_goes():
    async with Workshop(idle=0.01) as workshop:
        await workshop.file("json", pages())
        await until(lambda: workshop._process is None)
        assert await workshop.file("json", pages()) == b"[]\n"


async def test_what_takes_too_long_is_ended_and_the_next_thing_is_done():
    async with Workshop(seconds=0.001) as workshop:
        with pytest.raises(WorkFailed):
            await workshop.picture(TIMELINE)
        workshop._seconds = 30
        assert await workshop.file("json", pages()) == b"[]\n"


async def test_an_end_in_the_middle_is_one_failure():
    async with Workshop() as workshop:
        await workshop.file("json", pages())
        workshop._process.kill()  # type: ignore[union-attr]
        await workshop._process.wait()  # type: ignore[union-attr]
        assert await workshop.file("json", pages()) == b"[]\n"


async def test_one_that_cannot_be_done_says_so_and_the_next_one_is():
    async with Workshop() as workshop:
        with pytest.raises(WorkFailed, match="KeyError"):
            await workshop.file("no such form", pages())
        assert await workshop.file("json", pages()) == b"[]\n"


async def test_rows_that_fail_on_the_way_leave_nothing_half_said():
    async def broken():
        yield [{"a": 1}]
        raise RuntimeError("the database went away")

    async with Workshop() as workshop:
        with pytest.raises(RuntimeError):
            await workshop.file("json", broken())
        assert await workshop.file("json", pages()) == b"[]\n"


async def test_two_who_come_at_once_are_served_one_after_the_other():
    async with Workshop() as workshop:
        files = [workshop.file("json", pages([{"a": at}])) for at in range(4)]
        found = await asyncio.gather(*files)
    assert [f'"a": {at}' in text.decode() for at, text in enumerate(found)] == [True] * 4


def test_the_bot_itself_loads_nothing_that_draws():
    """What draws takes 90 MB and half a second: only the workshop's process pays for it."""
    code = "import sys, bot.app; print([m for m in ('matplotlib', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
