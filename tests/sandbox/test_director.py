"""The sample reader plays against a bot that does, or does not do, its part."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from telegram import Bot

from sandbox.director import Director
from sandbox.server import Sandbox
from tests.sandbox.conftest import a_bot

SOON = 3.0
"""Seconds of patience with a bot that will never do it."""


@asynccontextmanager
async def a_living_bot(sandbox: Sandbox, *, answers: set[str], alerts: bool) -> AsyncIterator[None]:
    async with a_bot(sandbox) as bot, httpx.AsyncClient(trust_env=False) as web:
        life = [asyncio.create_task(answer(bot, answers))]
        life.append(asyncio.create_task(watch(sandbox, bot, web, alerts=alerts)))
        try:
            yield
        finally:
            for task in life:
                task.cancel()
            await asyncio.gather(*life, return_exceptions=True)


async def answer(bot: Bot, answers: set[str]) -> None:
    offset = 0
    while True:
        for update in await bot.get_updates(offset, timeout=10):
            offset = update.update_id + 1
            assert update.message is not None
            if update.message.text in answers:
                await update.message.reply_text(f"You said {update.message.text}")


async def watch(sandbox: Sandbox, bot: Bot, web: httpx.AsyncClient, *, alerts: bool) -> None:
    known: dict[str, set[str]] = {}
    while True:
        for url in sandbox.feeds:
            titles = set(_titles((await web.get(url)).text))
            for title in titles - known.get(url, titles) if alerts else ():
                await bot.send_message(1002, title)
            known[url] = titles
        await asyncio.sleep(0.01)


def _titles(feed: str) -> list[str]:
    return [part.partition("</title>")[0] for part in feed.split("<title>")[1:]]


async def test_the_scene_comes_to_its_end(sandbox: Sandbox):
    answers = {"/start", "/subscribe", "/digest"}
    async with a_living_bot(sandbox, answers=answers, alerts=True):
        assert await Director(sandbox=sandbox, patience=20).play()
    said = [call.text for call in sandbox.calls.find(method="sendMessage", chat=1002)]
    assert said[:2] == ["You said /start", "You said /subscribe"]
    assert said[-1] == "You said /digest"
    assert any("over 90 key enterprises" in text for text in said)


@pytest.mark.parametrize(
    ("answers", "alerts", "line"),
    [
        (set(), True, "the bot does not answer /start"),
        ({"/start", "/subscribe"}, False, "no alert about the new article comes"),
    ],
)
async def test_what_does_not_come_is_said_in_one_line(
    sandbox: Sandbox,
    caplog: pytest.LogCaptureFixture,
    answers: set[str],
    alerts: bool,
    line: str,
):
    async with a_living_bot(sandbox, answers=answers, alerts=alerts):
        assert not await Director(sandbox=sandbox, patience=SOON).play()
    assert line in caplog.text


async def test_without_a_bot_the_reader_waits_in_vain(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
):
    assert not await Director(sandbox=sandbox, patience=0.01).play()
    assert "no bot asks for updates" in caplog.text


async def test_feeds_that_nobody_reads_are_named(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
):
    async with a_bot(sandbox) as bot:
        life = asyncio.create_task(answer(bot, {"/start", "/subscribe"}))
        assert not await Director(sandbox=sandbox, patience=SOON).play()
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)
    assert "nobody has read the sample feeds pilot-zone-en, chengdu-zh" in caplog.text
