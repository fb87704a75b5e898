"""`pilotwatch run`: the bot. With a token it is the real one, without one the sandbox."""

import asyncio
import sys

import click

import bot.app
from bot.cli.opening import settings
from bot.process import keep_for_good
from bot.trial import run_in_sandbox


@click.command()
def run() -> None:
    """Run the bot: the real one if TELEGRAM_BOT_TOKEN is set, else a trial in the sandbox."""
    found = settings()
    if not found.telegram_bot_token:
        sys.exit(asyncio.run(run_in_sandbox(found)))
    sys.exit(asyncio.run(bot.app.run(found, ready=keep_for_good)))
