"""Many askers, few batches: each gets its own result, and only its own failure."""

import asyncio
from collections.abc import Sequence

import pytest

from db.errors import DatabaseUnavailable
from jobs.together import Together


class Work:
    """Doubles numbers; 13 cannot be doubled, and 0 closes the database."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, items: Sequence[int]) -> list[int]:
        self.batches.append(list(items))
        await self.open.wait()
        if 13 in items:
            raise ValueError("13")
        if 0 in items:
            raise DatabaseUnavailable("gone")
        return [2 * item for item in items]


async def test_whoever_comes_while_others_are_served_goes_with_the_next_ones():
    work = Work()
    double = Together(work)
    work.open.clear()
    first = asyncio.create_task(double(1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [asyncio.create_task(double(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    work.open.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8]
    assert work.batches == [[1], [2, 3, 4]]


async def test_a_batch_is_never_larger_than_allowed():
    work = Work()
    double = Together(work, most=2)
    assert await asyncio.gather(*map(double, range(1, 6))) == [2, 4, 6, 8, 10]
    assert max(map(len, work.batches)) == 2


async def test_one_that_fails_does_not_take_the_others_with_it():
    double = Together(Work())
    found = await asyncio.gather(*map(double, (1, 13, 3)), return_exceptions=True)
    assert (found[0], found[2]) == (2, 6)
    assert isinstance(found[1], ValueError)


async def test_without_a_database_nobody_tries_again_alone():
    work = Work()
    found = await asyncio.gather(*map(Together(work), (1, 0, 3)), return_exceptions=True)
    assert all(isinstance(one, DatabaseUnavailable) for one in found)
    assert len(work.batches) == 1


async def test_one_who_goes_away_leaves_the_others_their_results():
    work = Work()
    double = Together(work)
    work.open.clear()
    leaving, staying = asyncio.create_task(double(1)), asyncio.create_task(double(2))
    await asyncio.sleep(0)
    leaving.cancel()
    work.open.set()
    assert await staying == 4
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_after_a_failure_the_next_ones_are_served():
    double = Together(Work())
    with pytest.raises(ValueError, match="13"):
        await double(13)
    assert await double(5) == 10
