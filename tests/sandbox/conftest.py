"""A sandbox of one's own for each test, and a real python-telegram-bot Bot that talks to it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox.server import Sandbox

TOKEN = "123456:TESTTOKEN"


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, time: timedelta) -> None:
        self.now += time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    waited: list[float] = []

    async def note(seconds: float) -> None:
        waited.append(seconds)
        clock.pass_(timedelta(seconds=seconds))

    async with Sandbox(port=0, clock=clock, sleep=note) as sandbox:
        yield sandbox


def a_bot(sandbox: Sandbox, token: str = TOKEN) -> Bot:
    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"trust_env": False})

    return Bot(
        token,
        base_url=f"{sandbox.base_url}/bot",
        base_file_url=f"{sandbox.base_url}/file/bot",
        request=request(),
        get_updates_request=request(),
    )


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = a_bot(sandbox)
    async with bot:
        yield bot


@pytest.fixture
async def web(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=sandbox.base_url, trust_env=False) as client:
        yield client
