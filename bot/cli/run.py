"""`pilotwatch run`: the bot. With a token it is the real one, without one the sandbox."""

import asyncio
import sys

import click

import bot.app
from bot.cli.opening import settings
from bot.trial import run_in_sandbox


@click.command()
def run() -> None:
    """Run the bot: the real one if TELEGRAM_BOT_TOKEN is set, else a trial in the sandbox."""
    found = settings()
    entry = bot.app.run if found.telegram_bot_token else run_in_sandbox
    sys.exit(asyncio.run(entry(found)))
