"""Webhooks: each update is brought with the secret, again until it is taken, at least once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot

from sandbox.cast import READER_ID
from sandbox.hooks import SECRET_HEADER
from sandbox.server import Sandbox


@dataclass
class Endpoint:
    """A bot's own server: what it was brought, and what it says to it."""

    brought: list[tuple[str | None, Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        self.brought.append((request.headers.get(SECRET_HEADER), await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.brought]


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    here = Endpoint()
    app = web.Application()
    app.add_routes([web.post("/telegram", here.take)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    yield here
    await runner.cleanup()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 -- the world has no event for everything
            await asyncio.sleep(0.01)


async def test_updates_are_brought_with_the_secret(sandbox: Sandbox, bot: Bot, endpoint: Endpoint):
    sandbox.say(READER_ID, "before")
    await bot.set_webhook(endpoint.url, secret_token="hush", max_connections=1)
    sandbox.say(READER_ID, "after")
    await until(lambda: len(endpoint.brought) == 2)
    assert endpoint.texts() == ["before", "after"]
    assert {secret for secret, _ in endpoint.brought} == {"hush"}
    await until(lambda: not sandbox.world.updates.waiting)


async def test_what_was_not_taken_is_brought_again(sandbox: Sandbox, bot: Bot, endpoint: Endpoint):
    endpoint.statuses = [500, 403]
    await bot.set_webhook(endpoint.url)
    sandbox.say(READER_ID, "hello")
    await until(lambda: not sandbox.world.updates.waiting)
    assert endpoint.texts() == ["hello"] * 3
    assert (await bot.get_webhook_info()).last_error_message == (
        "Wrong response from the webhook: 403"
    )


async def test_an_update_whose_answer_was_lost_comes_twice(
    sandbox: Sandbox, bot: Bot, endpoint: Endpoint
):
    sandbox.fault("webhook", drop="after")
    await bot.set_webhook(endpoint.url)
    number = sandbox.say(READER_ID, "hello")["update_id"]
    await until(lambda: not sandbox.world.updates.waiting)
    assert [update["update_id"] for _, update in endpoint.brought] == [number, number]


async def test_an_address_where_nobody_is_keeps_the_update_waiting(sandbox: Sandbox, bot: Bot):
    await bot.set_webhook("http://127.0.0.1:9/telegram")
    sandbox.say(READER_ID, "hello")
    await until(lambda: bool((sandbox.world.webhook or {}).get("last_error_message")))
    assert len(sandbox.world.updates.waiting) == 1


async def test_nothing_is_brought_outside_this_machine(sandbox: Sandbox, bot: Bot):
    await bot.set_webhook("https://example.org/telegram")
    sandbox.say(READER_ID, "hello")
    await until(lambda: bool((sandbox.world.webhook or {}).get("last_error_message")))
    assert "this machine only" in (sandbox.world.webhook or {})["last_error_message"]


async def test_without_a_webhook_updates_wait_to_be_fetched(
    sandbox: Sandbox, bot: Bot, endpoint: Endpoint
):
    await bot.set_webhook(endpoint.url)
    await bot.delete_webhook()
    sandbox.say(READER_ID, "hello")
    assert [update.message.text for update in await bot.get_updates() if update.message] == [
        "hello"
    ]
    assert endpoint.brought == []
