"""`make run` without a token: the sandbox, a fresh database of its own, and a sample reader."""

import asyncio
import shutil
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import click

import bot.app
import jobs.watch
from bot.settings import Settings
from jobs.house import House
from sandbox.cast import OPERATOR_ID
from sandbox.director import Director
from sandbox.server import PortTaken, Sandbox

FOLDER = Path("data/sandbox")
PORT = 8081
TOKEN = "100001:sandbox-token-that-opens-nothing"  # noqa: S105 - the sandbox asks for some token


async def run_in_sandbox(settings: Settings) -> int:
    """Run the bot against a local Telegram until it is stopped; return its exit code."""
    async with AsyncExitStack() as stack:
        sandbox = await _opened(stack)
        trial = _on_trial(settings, sandbox)
        click.echo(f"Trying it out in the sandbox (no TELEGRAM_BOT_TOKEN): {sandbox.page_url}")
        reader = asyncio.create_task(Director(sandbox=sandbox).play())
        stack.push_async_callback(_end, reader)
        interval = timedelta(minutes=trial.poll_interval_minutes)
        return await bot.app.run(
            trial, prepare=lambda house: _watch(house, sandbox.feeds, interval)
        )


async def _opened(stack: AsyncExitStack) -> Sandbox:
    """Open the sandbox on its usual port, or on any free one where that is taken."""
    try:
        return await stack.enter_async_context(Sandbox(port=PORT))
    except PortTaken:
        return await stack.enter_async_context(Sandbox(port=0))


def _on_trial(settings: Settings, sandbox: Sandbox) -> Settings:
    """Return the settings of a trial: nothing of it touches the real database or the outside."""
    # A folder for each port: two trials at once do not take each other's database away.
    folder = FOLDER / str(sandbox.port)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return replace(
        settings,
        telegram_bot_token=TOKEN,
        telegram_api_base_url=sandbox.base_url,
        telegram_proxy=None,
        fetch_proxy=None,
        admin_ids=(*settings.admin_ids, OPERATOR_ID),
        database_url=f"sqlite+aiosqlite:///{folder}/pilotwatch.db",
        fetch_allow_cidrs=(*settings.fetch_allow_cidrs, ip_network("127.0.0.0/8")),
        poll_seconds=1.0,
        poll_interval_minutes=2 / 60,
    )


async def _watch(house: House, feeds: Sequence[str], interval: timedelta) -> None:
    for url in feeds:
        found = await jobs.watch.look(house, url)
        await jobs.watch.add(house, found, interval=interval, now=datetime.now(UTC))


async def _end(reader: asyncio.Task[bool]) -> None:
    reader.cancel()
    await asyncio.gather(reader, return_exceptions=True)
