"""The line to Telegram: what breaks it, what ends it, and what must do neither."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.asking import who_am_i
from bot.settings import Settings
from bot.telegram import (
    ANOTHER_INSTANCE,
    BAD_CREDENTIALS,
    App,
    Ended,
    Line,
    build,
    introduce,
    listen,
)
from db.engine import Database
from jobs.ports import NotSent, Rejected
from sandbox.server import Sandbox
from tests.bot.scene import READER, TOKEN, Scene, opened
from tests.fakes import Clock

SECRET = TOKEN.partition(":")[2]
NOWHERE = Settings.read(
    {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}
)


class Watch:
    """A line, what it said and whether it ended the bot; its clock is turned by hand."""

    def __init__(self) -> None:
        self.ended: list[Ended] = []
        self.now = 0.0
        self.line = Line("https://telegram.example", self.ended.append, lambda: self.now)


def settings(sandbox: Sandbox) -> Settings:
    return replace(NOWHERE, telegram_api_base_url=sandbox.base_url)


@asynccontextmanager
async def application(settings: Settings, ended: list[Ended]) -> AsyncIterator[App]:
    app = build(settings, ended.append)
    try:
        yield app
    finally:
        if app.updater and app.updater.running:
            await app.updater.stop()
        if app.running:
            await app.stop()
        await app.shutdown()
        await app.bot.shutdown()


def test_a_newcomer_leaves_after_three_conflicts_in_a_row():
    watch = Watch()
    for error in (Conflict("x"), Conflict("x")):
        watch.line.failed(error)
    watch.line.answered()
    for _ in range(2):
        watch.line.failed(Conflict("x"))
    assert watch.ended == []
    watch.line.failed(Conflict("x"))
    assert [(str(end), end.code) for end in watch.ended] == [(ANOTHER_INSTANCE, 1)]


def test_who_was_there_first_lets_the_newcomer_leave():
    watch = Watch()
    watch.line.answered()
    watch.now += 100
    for _ in range(5):
        watch.line.failed(Conflict("x"))
    assert watch.ended == []
    watch.line.failed(Conflict("x"))
    assert len(watch.ended) == 1


def test_a_refused_token_ends_the_bot_without_showing_it():
    watch = Watch()
    watch.line.failed(InvalidToken(f"The token `{TOKEN}` was rejected by the server."))
    assert [(str(end), end.code) for end in watch.ended] == [(BAD_CREDENTIALS, 78)]


def test_an_outage_is_said_once_and_its_end_once(caplog: pytest.LogCaptureFixture):
    watch = Watch()
    with caplog.at_level(logging.INFO):
        for _ in range(5):
            watch.line.failed(NetworkError("no connection"))
        watch.line.answered()
        watch.line.answered()
    assert [record.getMessage() for record in caplog.records] == [
        "Telegram cannot be reached at https://telegram.example (no connection); "
        "trying again until it answers.",
        "Telegram answers again.",
    ]


POISON = (
    {"callback_query": {"id": "1"}},
    {"message": {"message_id": 5, "date": 1}},
    {"message": {"message_id": 5, "date": "yesterday", "chat": {"id": 1, "type": "private"}}},
)


@pytest.mark.parametrize("poison", POISON)
async def test_an_update_that_cannot_be_decoded_holds_nobody_up(
    scene: Scene, poison: dict[str, object], caplog: pytest.LogCaptureFixture
):
    scene.sandbox.update(dict(poison))
    scene.sandbox.update({"nothing": "that we know"})
    (told,) = await scene.say("/help")
    assert "What you can ask for" in told
    asked = len(scene.calls("getUpdates"))
    assert await scene.settle() != []
    assert len(scene.calls("getUpdates")) - asked <= 2
    assert "yesterday" not in caplog.text


async def test_a_wrong_token_is_one_clear_line_without_the_token():
    async with Sandbox(port=0) as sandbox:
        sandbox.revoke(TOKEN)
        with pytest.raises(Rejected) as rejected:
            await who_am_i(settings(sandbox), Clock())
        async with application(settings(sandbox), []) as app:
            with pytest.raises(Ended) as ended:
                await introduce(app)
    assert str(rejected.value) == str(ended.value) == BAD_CREDENTIALS
    assert ended.value.code == 78
    assert ended.value.__suppress_context__


async def test_who_we_are_is_known_or_why_not():
    async with Sandbox(port=0) as sandbox:
        assert (await who_am_i(settings(sandbox), Clock())).name == sandbox.world.bot.username
    with pytest.raises(NotSent) as refused:
        await who_am_i(NOWHERE, Clock())
    assert "127.0.0.1 does not answer" in str(refused.value)
    assert SECRET not in str(refused.value)


async def test_a_start_without_telegram_waits_until_it_is_there(
    caplog: pytest.LogCaptureFixture,
):
    async with Sandbox(port=0) as first:
        port = first.port
    there = replace(NOWHERE, telegram_api_base_url=f"http://127.0.0.1:{port}")
    async with application(there, []) as app:
        greeting = asyncio.create_task(introduce(app, line_wait=0.05, longest_wait=0.05))
        await asyncio.sleep(0.3)
        assert not greeting.done()
        async with Sandbox(port=port) as sandbox:
            await asyncio.wait_for(greeting, 10)
            assert app.bot.username == sandbox.world.bot.username
            await app.shutdown()
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.telegram"]
    assert len([line for line in lines if "cannot be reached" in line]) == 1
    assert lines[-1] == "Telegram answers again."


async def test_polling_survives_an_outage_without_hammering_at_the_door():
    ended: list[Ended] = []
    async with Sandbox(port=0) as sandbox, application(settings(sandbox), ended) as app:
        await introduce(app)
        sandbox.fault("getUpdates", times=1000, drop="before")
        await listen(app)
        await asyncio.sleep(0.8)
        assert len(list(sandbox.calls.find(method="getUpdates"))) <= 3
        sandbox.faults.clear()
        sandbox.say(READER, "/help")
        await _until(lambda: app.bot.line.is_up)
    assert ended == []


async def test_a_second_instance_stops_with_a_clear_line():
    ended: list[Ended] = []
    async with Sandbox(port=0) as sandbox, application(settings(sandbox), ended) as app:
        await introduce(app)
        conflict = "Conflict: terminated by other getUpdates request"
        sandbox.fault("getUpdates", times=1000, code=409, description=conflict)
        await listen(app)
        await _until(lambda: bool(ended), patience=20)
        sandbox.faults.clear()
    assert str(ended[0]) == ANOTHER_INSTANCE


async def test_a_token_that_is_revoked_while_we_run_ends_the_bot():
    ended: list[Ended] = []
    async with Sandbox(port=0) as sandbox, application(settings(sandbox), ended) as app:
        await introduce(app)
        await listen(app)
        sandbox.revoke(TOKEN)
        sandbox.fault("getUpdates", code=401, description="Unauthorized")
        sandbox.say(READER, "/help")
        await _until(lambda: bool(ended))
        assert app.updater is not None
        with pytest.raises(TelegramError):
            await app.updater.stop()
    assert str(ended[0]) == BAD_CREDENTIALS


async def _until(condition, patience: float = 10) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        await asyncio.sleep(0.02)


async def test_menus_are_offered_by_language_place_and_person(kept: Database):
    async with opened(kept) as scene:
        await scene.say("/start", {"id": 1001, "first_name": "Olga", "language_code": "en"})
        own = [
            call["params"]
            for call in scene.calls("setMyCommands")
            if call["params"]["scope"]["type"] == "chat"
        ]
    assert [one.get("language_code") for one in own] == [None, "zh"]
    assert {command["command"] for command in own[0]["commands"]} >= {"addsource", "poll"}
    assert own[1]["commands"][0]["description"] == "简介与订阅"
