"""A sandbox in virtual time: PTB's bot speaks to it without a connection, so that nothing waits."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram.error import NetworkError
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.pacing import Pacing
from domain.delivery import Lane
from sandbox.server import Sandbox

BEGIN = datetime(2026, 11, 23, 1, tzinfo=UTC)
TOKEN = "123456:AAthisIsAVerySecretTokenOfTheBot"


def now() -> datetime:
    """The time of a virtual loop, which begins on a Monday morning."""
    return BEGIN + timedelta(seconds=asyncio.get_running_loop().time())


class Wireless(BaseRequest):
    """Hands PTB's requests straight to a sandbox; each takes its round trip in virtual time."""

    def __init__(self, sandbox: Sandbox, round_trip: float = 0.08) -> None:
        self._sandbox = sandbox
        self._round_trip = round_trip

    @property
    def read_timeout(self) -> float | None:
        return 20

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        await asyncio.sleep(self._round_trip / 2)
        given = dict(request_data.json_parameters) if request_data else {}
        status, body = await self._sandbox.api.call(url.rpartition("/")[2], given)
        await asyncio.sleep(self._round_trip / 2)
        if not status:
            raise NetworkError("the connection broke")
        return status, json.dumps(body).encode()


@asynccontextmanager
async def on_air(rate: float = 29, round_trip: float = 0.08) -> AsyncIterator["OnAir"]:
    """Open a sandbox and a paced bot in it, both on the virtual loop's time."""
    sandbox = Sandbox(clock=now, sleep=asyncio.sleep)
    sandbox.build()
    pacing = Pacing(rate, asyncio.get_running_loop().time)
    bot = ExtBot(
        TOKEN,
        request=Wireless(sandbox, round_trip),
        get_updates_request=Wireless(sandbox, round_trip),
        rate_limiter=pacing,
    )
    await bot.initialize()
    try:
        yield OnAir(sandbox, pacing, bot)
    finally:
        await bot.shutdown()


class OnAir:
    """What a test in virtual time works with."""

    def __init__(self, sandbox: Sandbox, pacing: Pacing, bot: ExtBot[Lane]) -> None:
        self.sandbox = sandbox
        self.pacing = pacing
        self.bot = bot

    def meet(self, *chats: int) -> None:
        """Let people and groups be there."""
        for chat in chats:
            who = {"id": abs(chat), "first_name": f"Person {abs(chat)}"}
            where = {} if chat > 0 else {"chat": {"id": chat, "type": "group", "title": "G"}}
            self.sandbox.say(who, "hello", **where)

    async def tell(self, chat: int, lane: Lane = Lane.DIGEST) -> float:
        """Say something; return when it had arrived."""
        await self.bot.send_message(chat, "news", rate_limit_args=lane)
        return asyncio.get_running_loop().time()
