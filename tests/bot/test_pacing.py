"""Pacing, in virtual time: never a burst, never too fast for a chat, nobody held up by another."""

import asyncio
from bisect import bisect_left
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.pacing import CHAT_INTERVAL, GROUP_INTERVAL, Pacing, seconds
from domain.delivery import Lane
from tests.bot.virtual import run

RATE = 29.0
CLOSE = 1e-6


class Telegram:
    """Answers, and remembers when it was asked by whom; refuses a chat while it is told to."""

    def __init__(self, pacing: Pacing) -> None:
        self.pacing = pacing
        self.heard: list[tuple[float, int | str | None]] = []
        self.refuses: dict[int, float] = {}

    async def send(
        self, chat: int | None, lane: Lane | None = None, endpoint: str = "sendMessage"
    ) -> float:
        data = {} if chat is None else {"chat_id": chat}
        await self.pacing.process_request(self._answer, (chat,), {}, endpoint, data, lane)
        return asyncio.get_running_loop().time()

    async def _answer(self, chat: int | None) -> bool:
        self.heard.append((asyncio.get_running_loop().time(), chat))
        if chat in self.refuses:
            raise RetryAfter(timedelta(seconds=self.refuses.pop(chat)))
        return True

    def times(self, chat: int | None = None) -> list[float]:
        return [at for at, heard in self.heard if chat is None or heard == chat]


@asynccontextmanager
async def telegram(rate: float = RATE) -> AsyncIterator[Telegram]:
    pacing = Pacing(rate, asyncio.get_running_loop().time)
    await pacing.initialize()
    try:
        yield Telegram(pacing)
    finally:
        await pacing.shutdown()


def test_nine_hundred_chats_are_told_evenly_and_as_fast_as_allowed():
    async def scene() -> list[float]:
        async with telegram() as line:
            await asyncio.gather(*(line.send(chat, Lane.ALERT) for chat in range(1, 901)))
            return line.times()

    times = run(scene())
    assert min(later - earlier for earlier, later in pairwise(times)) >= 1 / RATE - CLOSE
    assert len(times) / times[-1] >= 28


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from([1, 2, 3, -1, -2]), max_size=30), st.data())
def test_no_chat_is_ever_told_too_fast(chats: list[int], data: st.DataObject):
    lanes = data.draw(st.lists(st.sampled_from(Lane), min_size=len(chats), max_size=len(chats)))

    async def scene() -> Telegram:
        async with telegram() as line:
            await asyncio.gather(*(line.send(*one) for one in zip(chats, lanes, strict=True)))
            return line

    line = run(scene())
    assert sorted(chat for _, chat in line.heard if chat) == sorted(chats)
    for chat in set(chats):
        least = CHAT_INTERVAL if chat > 0 else GROUP_INTERVAL
        assert all(later - at >= least - CLOSE for at, later in pairwise(line.times(chat)))


def test_who_asked_goes_before_who_is_told_and_both_before_what_can_wait():
    async def scene() -> list[int | str | None]:
        async with telegram(rate=1) as line:
            await line.send(99)
            lanes = (Lane.BACKFILL, Lane.DIGEST, Lane.ALERT, Lane.INTERACTIVE, None)
            waiting = [line.send(chat, lane) for chat, lane in enumerate(lanes, start=1)]
            await asyncio.gather(*waiting)
            return [chat for _, chat in line.heard]

    assert run(scene()) == [99, 4, 5, 3, 2, 1]


def test_a_refused_chat_waits_and_nobody_else():
    async def scene() -> Telegram:
        async with telegram() as line:
            line.refuses[1] = 20
            with pytest.raises(RetryAfter):
                await line.send(1)
            await asyncio.gather(line.send(1), *(line.send(chat) for chat in range(2, 30)))
            return line

    line = run(scene())
    first, second = line.times(1)
    assert second - first >= 20 - CLOSE
    assert max(at for at, chat in line.heard if chat != 1) < 2


def test_two_refused_chats_at_once_mean_that_it_is_too_much_altogether():
    async def scene() -> tuple[float, float]:
        async with telegram() as line:
            line.refuses |= {1: 3, 2: 4}
            for chat in (1, 2):
                with pytest.raises(RetryAfter):
                    await line.send(chat)
            refused_at = asyncio.get_running_loop().time()
            return refused_at, await line.send(3)

    refused_at, told_at = run(scene())
    assert told_at - refused_at >= 4 - CLOSE


def test_what_would_have_to_wait_for_hours_is_handed_back_at_once():
    async def scene() -> tuple[float, int]:
        async with telegram() as line:
            line.refuses[1] = 12 * 3600
            with pytest.raises(RetryAfter):
                await line.send(1)
            for lane in Lane:
                with pytest.raises(RetryAfter) as refusal:
                    await line.send(1, lane)
                assert seconds(refusal.value) > 11 * 3600
            return asyncio.get_running_loop().time(), len(line.heard)

    now, heard = run(scene())
    assert now < 1
    assert heard == 1


def test_answers_to_presses_and_questions_about_members_never_queue():
    async def scene() -> list[float]:
        async with telegram(rate=1) as line:
            digests = [asyncio.create_task(line.send(chat, Lane.DIGEST)) for chat in range(1, 50)]
            await asyncio.sleep(0.1)
            await line.send(None, endpoint="answerCallbackQuery")
            await line.send(1, endpoint="getChatMember")
            now = asyncio.get_running_loop().time()
            for task in digests:
                task.cancel()
            await asyncio.gather(*digests, return_exceptions=True)
            return [now]

    assert run(scene())[0] < 0.2


def test_who_gives_up_waiting_takes_no_turn():
    async def scene() -> list[int | str | None]:
        async with telegram(rate=1) as line:
            await line.send(1)
            impatient = asyncio.create_task(line.send(2))
            patient = asyncio.create_task(line.send(3))
            await asyncio.sleep(0.5)
            impatient.cancel()
            await patient
            return [chat for _, chat in line.heard]

    assert run(scene()) == [1, 3]


def test_shutting_down_lets_nobody_wait_for_ever():
    async def scene() -> bool:
        async with telegram(rate=0.1) as line:
            await line.send(1)
            waiting = asyncio.create_task(line.send(2))
            await asyncio.sleep(1)
        await asyncio.wait([waiting], timeout=5)
        return waiting.cancelled()

    assert run(scene())


def test_what_is_long_past_is_forgotten():
    async def scene() -> int:
        async with telegram(rate=1000) as line:
            for chat in range(1, 6000):
                await line.send(chat)
            return len(line.pacing._chat_free_at)

    assert run(scene()) < 4200


def test_a_paid_rate_is_reached_by_a_loop_that_looks_at_the_clock_too_seldom():
    async def scene() -> list[float]:
        loop = asyncio.get_running_loop()
        # A busy loop: it comes round every eight milliseconds, for eight turns that were due.
        pacing = Pacing(1000, lambda: loop.time() // 0.008 * 0.008)
        await pacing.initialize()
        line = Telegram(pacing)
        await asyncio.gather(*(line.send(chat, Lane.ALERT) for chat in range(1, 3001)))
        await pacing.shutdown()
        return line.times()

    times = run(scene())
    assert len(times) / times[-1] >= 950
    assert max(_within_a_second(times)) <= 1000


def test_a_paid_rate_that_was_late_for_long_does_not_make_up_for_it():
    async def scene() -> list[float]:
        async with telegram(rate=1000) as line:
            await line.send(1)
            await asyncio.sleep(60)
            await asyncio.gather(*(line.send(chat) for chat in range(2, 3000)))
            return line.times()

    assert max(_within_a_second(run(scene()))) <= 1000


def _within_a_second(times: list[float]) -> list[int]:
    """Return how many come within each second that begins with one of them."""
    return [bisect_left(times, at + 1) - number for number, at in enumerate(times)]
