"""The whole bot, running in this process against a sandbox of its own."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import bot.app
from bot.settings import Settings
from sandbox.calls import Call
from sandbox.cast import OPERATOR_ID, READER_ID
from sandbox.server import Sandbox

TOKEN = "4242424242:AAHiddenTokenThatMustNeverBeSeenAnywhere"
PATIENCE = 20.0
"""Seconds; nothing waits for them to pass, only to fail."""


class Whole:
    """A running bot, and people who talk to it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def ask(self, text: str, user: int = READER_ID, **more: Any) -> str:
        """Say something, and return the text of the first message that comes back."""
        since = self.sandbox.calls.last_seq
        self.sandbox.say(user, text, **more)
        chat = more["chat"]["id"] if "chat" in more else user
        answer: str = (await self.message(since=since, chat=chat)).result["text"]
        return answer

    async def watch(self, url: str, user: int) -> str:
        """Let an operator add a source and say yes; return what was shown of it."""
        calls, since = self.sandbox.calls, self.sandbox.calls.last_seq
        self.sandbox.say(user, f"/addsource {url}")
        shown = await calls.wait(
            method="sendMessage",
            chat=user,
            since=since,
            matching=lambda call: bool(_yes(call)),
            timeout=PATIENCE,
        )
        self.sandbox.press(user, shown.result["message_id"], _yes(shown))
        await calls.wait(method="editMessageText", chat=user, since=since, timeout=PATIENCE)
        text: str = shown.result["text"]
        return text

    async def message(self, *words: str, chat: int = READER_ID, since: int = 0) -> Call:
        """Wait for a message to a chat that holds these words."""

        def fits(call: Call) -> bool:
            return call.ok and all(word in call.result.get("text", "") for word in words)

        return await self.sandbox.calls.wait(
            method="sendMessage", chat=chat, since=since, matching=fits, timeout=PATIENCE
        )

    def messages(self, chat: int = READER_ID) -> list[str]:
        """Return the texts of every message that a chat has got."""
        return [
            call.result["text"]
            for call in self.sandbox.calls.find(method="sendMessage", chat=chat)
            if call.ok
        ]


def _yes(call: Call) -> str:
    """Return what the button says that watches a source; "" where there is none."""
    rows = call.result.get("reply_markup", {}).get("inline_keyboard", []) if call.ok else []
    data = (one.get("callback_data", "") for row in rows for one in row)
    return next((one for one in data if one.startswith("v1:watch:")), "")


def settings(sandbox: Sandbox, database_url: str, **given: str) -> Settings:
    """Return settings for a quick bot on this sandbox."""
    return Settings.read(
        {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": sandbox.base_url,
            "ADMIN_IDS": str(OPERATOR_ID),
            "DATABASE_URL": database_url,
            "FETCH_ALLOW_CIDRS": "127.0.0.0/8",
            "POLL_SECONDS": "0.1",
            "POLL_INTERVAL_MINUTES": "0.02",
            **given,
        }
    )


async def ask_to_stop() -> None:
    """Send what a service manager sends, as soon as it is listened for: earlier it ends the tests.

    A bot that has just been started may be slow to listen on a busy machine.
    """
    async with asyncio.timeout(PATIENCE):
        while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:  # noqa: ASYNC110  # has no event
            await asyncio.sleep(0.01)
    os.kill(os.getpid(), signal.SIGTERM)


@asynccontextmanager
async def running(database_url: str, **given: str) -> AsyncIterator[Whole]:
    """Run the bot until the block ends, then stop it as a service manager would."""
    async with Sandbox(port=0) as sandbox, living(sandbox, database_url, **given) as whole:
        yield whole


@asynccontextmanager
async def living(sandbox: Sandbox, database_url: str, **given: str) -> AsyncIterator[Whole]:
    """The same with a sandbox that is there before the bot is, and after it."""
    ready = asyncio.Event()
    house = bot.app.run(settings(sandbox, database_url, **given), ready=ready.set)
    life = asyncio.create_task(house)
    await asyncio.wait_for(ready.wait(), PATIENCE)
    try:
        yield Whole(sandbox)
    finally:
        await ask_to_stop()
        assert await asyncio.wait_for(life, PATIENCE) == 0
