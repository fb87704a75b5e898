"""The pacing against the strictest Telegram: saturated, and never told to slow down."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.pacing import seconds
from domain.delivery import Lane
from jobs.ports import Rest
from tests.bot.virtual import run
from tests.bot.wireless import OnAir, on_air


def test_six_hundred_chats_are_told_at_the_limit_and_not_one_call_is_too_many():
    async def scene() -> tuple[float, int]:
        async with on_air() as air:
            air.meet(*range(1, 601))
            air.sandbox.limit()
            await asyncio.gather(*(air.tell(chat) for chat in range(1, 601)))
            return asyncio.get_running_loop().time(), air.sandbox.refused

    took, refused = run(scene())
    assert refused == 0
    assert 600 / took >= 28


@settings(deadline=None, max_examples=20)
@given(
    chats=st.lists(st.sampled_from([1, 2, 3, -4, -5]), max_size=60),
    lanes=st.lists(st.sampled_from(Lane), min_size=60, max_size=60),
)
def test_whatever_is_said_to_whom_no_call_is_too_many(chats: list[int], lanes: list[Lane]):
    async def scene() -> int:
        async with on_air() as air:
            air.meet(1, 2, 3, -4, -5)
            air.sandbox.limit()
            await asyncio.gather(*map(air.tell, chats, lanes))
            return air.sandbox.refused

    assert run(scene()) == 0


def test_a_flooded_group_takes_a_minute_for_twenty_and_delays_nobody():
    async def scene() -> tuple[float, float, int]:
        async with on_air() as air:
            air.meet(-9, *range(1, 100))
            air.sandbox.limit()
            flood = asyncio.gather(*(air.tell(-9, Lane.ALERT) for _ in range(40)))
            others = await asyncio.gather(*(air.tell(chat) for chat in range(1, 100)))
            return max(others), max(await flood), air.sandbox.refused

    others, flood, refused = run(scene())
    assert others < 6
    assert flood > 100
    assert refused == 0


def test_twelve_hours_for_one_chat_are_its_own():
    async def scene() -> tuple[Rest, float, list[tuple[int, float]]]:
        async with on_air() as air:
            air.meet(1, 2)
            told: list[tuple[int, float]] = []
            air.pacing.on_park = lambda chat, wait: told.append((chat, wait))
            await _refused(air, 1, 43_837)
            return air.pacing.rest(), await air.tell(2), told

    rest, at, told = run(scene())
    assert rest == Rest(frozenset({1}))
    assert at < 1
    assert told == [(1, 43_837)]


async def _refused(air: OnAir, chat: int, wait: int) -> None:
    air.sandbox.fault("sendMessage", chat=chat, retry_after=wait)
    with pytest.raises(RetryAfter):
        await air.tell(chat)


def test_several_refused_at_once_close_the_door_for_everybody():
    async def scene() -> tuple[Rest, float, list[int]]:
        async with on_air() as air:
            air.meet(1, 2, 3)
            told: list[int] = []
            air.pacing.on_park = lambda chat, _: told.append(chat)
            await _refused(air, 1, 3)
            await _refused(air, 2, 4)
            return air.pacing.rest(), await air.tell(3), told

    rest, at, told = run(scene())
    assert rest.everybody
    assert 4 <= at < 5
    assert told == [1, 2, 0]


def test_what_waits_already_is_handed_back_when_the_wait_becomes_hours():
    async def scene() -> tuple[float, float]:
        async with on_air() as air:
            air.meet(1)
            air.sandbox.fault("sendMessage", chat=1, retry_after=3600)
            first, second = await asyncio.gather(air.tell(1), air.tell(1), return_exceptions=True)
            assert isinstance(first, RetryAfter)
            assert isinstance(second, RetryAfter)
            return seconds(second), asyncio.get_running_loop().time()

    wait, now = run(scene())
    assert 3590 < wait <= 3600
    assert now < 5


def test_what_was_known_before_a_restart_is_known_after_it():
    async def scene() -> float:
        async with on_air() as air:
            air.meet(1, 2)
            air.pacing.leave_alone(1, timedelta(hours=3).total_seconds())
            with pytest.raises(RetryAfter):
                await air.tell(1, Lane.INTERACTIVE)
            return await air.tell(2)

    assert run(scene()) < 1
