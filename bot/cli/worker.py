"""`pilotwatch worker`: reading, extracting and writing for a bot that runs elsewhere."""

import asyncio
import sys

import click

from bot.cli.opening import settings
from bot.settings import SettingsError


@click.command()
@click.option(
    "--at-once", default=4, show_default=True, type=click.IntRange(1, 64), help="Jobs side by side."
)
def worker(at_once: int) -> None:
    """Do the work that `pilotwatch run` hands over (WORK_BACKEND=procrastinate).

    Any number of these may run, on any machine that reaches the database: each reads sources,
    extracts facts and writes digests. Killing one loses nothing. It never speaks to Telegram.
    """
    found = settings()
    if found.work_backend != "procrastinate":
        raise SettingsError(
            (
                "WORK_BACKEND is embedded: the bot does its work itself, and a worker would wait "
                "for ever; set it to procrastinate for both",
            )
        )
    from bot.working import work

    sys.exit(asyncio.run(work(found, at_once)))
