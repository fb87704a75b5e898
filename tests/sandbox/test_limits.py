"""The limits of Telegram's, counted strictly, and what becomes of who ignores them."""

from collections.abc import Sequence

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import RetryAfter

from sandbox.cast import GROUP_ID, READER_ID
from sandbox.limits import Limit, Limits
from sandbox.refusal import Refusal
from sandbox.server import Sandbox


def wait(limits: Limits, now: float, chat: int = 7, method: str = "sendMessage") -> int:
    """Seconds that a call at this time is told to wait; 0 where it is taken."""
    try:
        limits.admit(method, chat, now)
    except Refusal as refusal:
        return int((refusal.parameters or {})["retry_after"])
    return 0


def test_the_thirty_first_message_within_a_second_is_too_many_and_closes_the_door():
    limits = Limits()
    assert [wait(limits, n / 100, chat=n + 1) for n in range(31)] == [0] * 30 + [3]
    assert wait(limits, 3.4, chat=99) == 0
    assert limits.refused == 1


def test_a_chat_takes_one_a_second_and_a_group_twenty_a_minute():
    limits = Limits()
    assert [wait(limits, at) for at in (0.0, 1.0, 1.5, 2.5)] == [0, 0, 1, 0]
    asked = [wait(limits, 10 + at / 2, chat=-5) for at in range(21)]
    assert asked == [0] * 20 + [50]
    assert wait(limits, 70.0, chat=-5) == 0


def test_a_chat_that_is_told_to_wait_holds_up_no_other():
    limits = Limits()
    assert [wait(limits, 0.0, chat) for chat in (7, 7, 8)] == [0, 1, 0]


def test_who_ignores_a_wait_is_told_to_wait_longer_each_time():
    limits = Limits()
    assert [wait(limits, 0.1 * n) for n in range(6)] == [0, 1, 2, 4, 8, 16]
    assert wait(limits, 17.0) == 0
    assert wait(limits, 17.1) == 1


def test_edits_count_and_signs_of_life_do_not():
    limits = Limits()
    methods = ("editMessageText", "answerCallbackQuery", "sendChatAction", "sendDocument")
    assert [wait(limits, 0.0, method=method) for method in methods] == [0, 0, 0, 1]


@given(st.lists(st.tuples(st.floats(0, 0.2), st.integers(1, 3)), max_size=80))
def test_no_second_ever_takes_more_than_its_limit(calls: Sequence[tuple[float, int]]):
    limits = Limits(overall=Limit(calls=3, seconds=1))
    now, taken = 0.0, []
    for pause, chat in calls:
        now += pause
        if not wait(limits, now, chat):
            taken.append(now)
    assert all(later - first >= 1 for first, later in zip(taken, taken[3:], strict=False))


async def test_the_bot_hears_how_long_to_wait(
    sandbox: Sandbox, bot: Bot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sandbox.say(READER_ID, "hello")
    sandbox.limit()
    await bot.send_message(READER_ID, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(READER_ID, "x")
    await bot.send_message(GROUP_ID, "x")
    assert sandbox.refused == 1
    sandbox.limit(on=False)
    await bot.send_message(READER_ID, "x")


async def test_limits_are_set_over_http_and_forgotten_by_a_reset(
    sandbox: Sandbox, web: httpx.AsyncClient
):
    given = {"overall": {"calls": 1, "seconds": 60}}
    assert (await web.post("/sandbox/limits", json=given)).json() == {"on": True}
    assert sandbox.world.limits is not None
    assert sandbox.world.limits.overall.calls == 1
    wrong = await web.post("/sandbox/limits", json={"overall": {"calls": 0, "seconds": 1}})
    assert wrong.status_code == 400
    sandbox.reset()
    assert sandbox.world.limits is None
