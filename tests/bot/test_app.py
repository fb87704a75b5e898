"""The whole house, running: from an operator's word to an alert, and to its end."""

import asyncio
import io
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import bot.app
from bot.logs import set_up_logging
from bot.settings import Settings
from db.migrate import migrate
from sandbox.server import Sandbox
from tests.bot.scene import OPERATOR, READER, TOKEN
from tests.feed_server import FeedServer, item, rss, serving
from tests.whole import ask_to_stop

SECRET = TOKEN.partition(":")[2]
NEWS = (
    "The Chengdu national AI innovation and application pilot zone has more than 90 key "
    "enterprises in artificial intelligence and 200 research institutions, the Chengdu "
    "government said in its plan for the pilot zone."
)


def settings(base_url: str, folder: Path) -> Settings:
    return Settings.read(
        {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": base_url,
            "DATABASE_URL": f"sqlite:///{folder}/pilotwatch.db",
            "ADMIN_IDS": str(OPERATOR["id"]),
            "FETCH_ALLOW_CIDRS": "127.0.0.0/8",
            "POLL_SECONDS": "0.1",
            "POLL_INTERVAL_MINUTES": "0.02",
        }
    )


@asynccontextmanager
async def running(given: Settings) -> AsyncIterator[asyncio.Task[int]]:
    ready = asyncio.Event()
    house = asyncio.create_task(bot.app.run(given, ready=ready.set))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait((house, waiting), return_when=asyncio.FIRST_COMPLETED, timeout=30)
    try:
        yield house
    finally:
        waiting.cancel()
        if not house.done():
            await ask_to_stop()
        await asyncio.wait([house], timeout=10)


async def said(sandbox: Sandbox, matches: Callable[[str], bool], patience: float = 20) -> Any:
    """Wait until the bot has said something; return that call."""
    deadline = time.monotonic() + patience
    while True:
        for call in sandbox.calls.find(method="sendMessage"):
            if matches(str(call.params.get("text"))):
                return call
        told = [call.params.get("text") for call in sandbox.calls.find(method="sendMessage")]
        assert time.monotonic() < deadline, f"only said {told}"
        await asyncio.sleep(0.02)


async def test_from_an_operators_word_to_a_readers_alert_and_digest(
    tmp_path: Path, log_stream: io.StringIO
):
    set_up_logging(replace(settings("http://127.0.0.1", tmp_path), log_level="DEBUG"), log_stream)
    async with Sandbox(port=0) as sandbox, serving() as feeds:
        feeds.bodies["/feed.xml"] = rss([item(1, "Hotpot with robots", "Robots stir the broth.")])
        async with running(settings(sandbox.base_url, tmp_path)) as house:
            sandbox.say(READER, "/subscribe")
            await said(sandbox, lambda text: "comes here by itself" in text)
            sandbox.say(OPERATOR, f"/addsource {feeds.url('/feed.xml')}")
            shown = await said(sandbox, lambda text: "Watch it?" in text)
            sandbox.press(OPERATOR, shown.result["message_id"], "v1:watch:1")
            await _read(feeds)
            feeds.bodies["/feed.xml"] = news()
            alert = await said(sandbox, lambda text: text.startswith("⚡"))
            assert alert.params["chat_id"] == READER["id"]
            assert "more than 90" in str(alert.params["text"])
            sandbox.say(READER, "/digest")
            digest = await said(sandbox, lambda text: text.startswith("<b>Digest</b>"))
            assert "⚡ <b><a" in str(digest.params["text"])
            asked = time.monotonic()
            await ask_to_stop()
            assert await asyncio.wait_for(house, 8) == 0
            assert time.monotonic() - asked < 8
    assert "listening as @" in log_stream.getvalue()
    assert SECRET not in log_stream.getvalue()
    assert not _holding_the_token(tmp_path)


def _holding_the_token(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if SECRET.encode() in file.read_bytes()]


def news() -> bytes:
    return rss(
        [item(2, "Chengdu AI pilot zone counts 90 firms", NEWS, published=datetime.now(UTC))]
    )


async def _read(feeds: FeedServer) -> None:
    # Once to look at it, once as the backlog: what comes after that is news.
    deadline = time.monotonic() + 20
    while feeds.requests.count("/feed.xml") < 3:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def test_a_wrong_token_ends_it_with_one_line_and_the_code_for_wrong_settings(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    async with Sandbox(port=0) as sandbox:
        sandbox.revoke(TOKEN)
        async with running(settings(sandbox.base_url, tmp_path)) as house:
            assert await asyncio.wait_for(house, 10) == 78
    assert "does not accept the bot's token" in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


async def test_it_can_be_stopped_while_telegram_is_out_of_reach(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    given = settings("http://127.0.0.1:9", tmp_path)
    house = asyncio.create_task(bot.app.run(given))
    async with asyncio.timeout(20):
        while "Telegram cannot be reached" not in caplog.text:  # noqa: ASYNC110  # a log has no event
            await asyncio.sleep(0.02)
    assert not house.done()
    await ask_to_stop()
    assert await asyncio.wait_for(house, 8) == 0


async def test_operators_named_in_the_settings_are_known_at_once(tmp_path: Path):
    given = settings("http://127.0.0.1:9", tmp_path)
    await asyncio.to_thread(migrate, given.database_url)
    async with Sandbox(port=0) as sandbox, running(settings(sandbox.base_url, tmp_path)):
        sandbox.say(OPERATOR, "/poll")
        await said(sandbox, lambda text: text.startswith("Sources: 0 read"))


def test_who_asks_twice_does_not_wait():
    program = "from bot.ending import Ending; ending = Ending(); ending.ask(); ending.ask()"
    ended = subprocess.run([sys.executable, "-c", program], check=False, timeout=30)
    assert ended.returncode == 130
