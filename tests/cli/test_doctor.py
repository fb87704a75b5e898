"""`pilotwatch doctor`: what is wrong is named, with what to do; nothing else is alarming."""

from datetime import timedelta

import pytest

from bot.cli import examining_outside
from bot.cli.opening import now
from sandbox.server import Sandbox
from tests.feed_server import item, rss

TOKEN = "123456:AAthisIsAVerySecretTokenOfTheBot"


@pytest.fixture(autouse=True)
def unasked():
    examining_outside._asked.cache_clear()


async def test_a_new_house_is_well(shell):
    ended = await shell.run("doctor")
    assert ended.code == 0, ended.out
    assert "ok  database  is new" in ended.out
    assert "not tried: no source" in ended.out


async def test_settings_that_others_may_read_are_warned_of(shell):
    env = shell.folder / ".env"
    env.write_text("LOG_LEVEL=INFO\n")
    env.chmod(0o644)
    ended = await shell.run("doctor")
    assert ended.code == 0
    assert "--  .env" in ended.out
    assert "chmod 600 .env" in ended.out
    env.chmod(0o600)
    assert "ok  .env" in (await shell.run("doctor")).out


async def test_a_site_that_answers_shows_that_the_network_is_there(shell, feeds):
    feeds.bodies["/a.xml"] = rss([item(1, "Chengdu", "Words")])
    await shell.run("source", "add", feeds.url("/a.xml"), "--yes")
    assert "ok  network   1 of 1 sites read" in (await shell.run("doctor")).out
    del feeds.bodies["/a.xml"]
    silent = await shell.run("doctor")
    assert silent.code == 0
    assert "--  network   no site of 1 could be read" in silent.out


async def test_telegram_and_the_clock_by_it(shell):
    async with Sandbox(port=0) as local:
        ended = await shell.run(
            "doctor", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_BASE_URL=local.base_url
        )
    assert ended.code == 0, ended.out
    assert "ok  telegram  knows this bot as @" in ended.out
    assert "ok  clock     agrees" in ended.out
    assert "nobody may add sources" in ended.out
    assert TOKEN not in ended.out


@pytest.mark.parametrize(
    ("wrong", "words"), [(timedelta(hours=-2), "behind"), (timedelta(hours=2), "ahead of")]
)
async def test_a_clock_that_is_wrong_is_told(shell, monkeypatch, wrong, words):
    monkeypatch.setattr(examining_outside, "now", lambda: now() + wrong)
    async with Sandbox(port=0) as local:
        ended = await shell.run(
            "doctor", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_BASE_URL=local.base_url
        )
    assert ended.code == 0
    assert f"{words} Telegram's" in ended.out
    assert "NTP" in ended.out


async def test_a_telegram_that_cannot_be_reached_ends_it_with_1(shell):
    ended = await shell.run(
        "doctor", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_BASE_URL="http://127.0.0.1:9"
    )
    assert ended.code == 1
    assert "!!  telegram" in ended.out
    assert "clock" not in ended.out
