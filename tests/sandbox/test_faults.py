"""What goes wrong on purpose arrives as the error that it is."""

from datetime import timedelta

import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from sandbox.cast import GROUP_ID, READER_ID
from sandbox.server import Sandbox
from tests.sandbox.conftest import Clock


async def test_faults_come_as_the_errors_that_they_are(
    sandbox: Sandbox, bot: Bot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sandbox.say(READER_ID, "hello")
    sandbox.fault("sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(READER_ID, "x")
    assert flood.value.retry_after == timedelta(seconds=7)
    for code, error in ((403, Forbidden), (400, BadRequest), (401, InvalidToken), (409, Conflict)):
        sandbox.fault("sendMessage", chat=READER_ID, code=code)
        with pytest.raises(error):
            await bot.send_message(READER_ID, "x")
    for code in (500, 502, 503):
        sandbox.fault("sendMessage", code=code)
        with pytest.raises(NetworkError):
            await bot.send_message(READER_ID, "x")
    assert await bot.send_message(READER_ID, "x")


async def test_a_fault_hits_its_chat_its_method_and_its_number_of_calls(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    sandbox.fault("sendMessage", chat=READER_ID, times=2, code=500)
    assert await bot.send_message(GROUP_ID, "x")
    assert await bot.get_chat(READER_ID)
    for _ in range(2):
        with pytest.raises(TelegramError):
            await bot.send_message(READER_ID, "x")
    assert await bot.send_message(READER_ID, "x")


@pytest.mark.parametrize(("moment", "arrived"), [("before", 0), ("after", 1)])
async def test_a_dropped_call_leaves_its_outcome_open(
    sandbox: Sandbox, bot: Bot, moment: str, arrived: int
):
    sandbox.say(READER_ID, "hello")
    sandbox.fault("sendMessage", drop=moment)
    with pytest.raises(NetworkError):
        await bot.send_message(READER_ID, "x")
    [call] = sandbox.calls.find(method="sendMessage")
    assert call.status == 0
    texts = [m.get("text") for m in sandbox.world.chats[READER_ID].messages.values()]
    assert texts.count("x") == arrived


async def test_garbage_leaves_the_outcome_open_too(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    sandbox.fault("sendMessage", garbage=True)
    with pytest.raises(TelegramError):
        await bot.send_message(READER_ID, "x")
    texts = [m.get("text") for m in sandbox.world.chats[READER_ID].messages.values()]
    assert texts.count("x") == 1


async def test_a_delay_passes_before_anything_happens(sandbox: Sandbox, bot: Bot, clock: Clock):
    sandbox.say(READER_ID, "hello")
    began = clock.now
    sandbox.fault("sendMessage", delay=30)
    sent = await bot.send_message(READER_ID, "x")
    assert sent.date - began == timedelta(seconds=30)
