"""`pilotwatch health`: is the bot that runs here well? For a container's health check."""

import time

import click

from bot.cli.opening import settings


@click.command()
def health() -> None:
    """Say whether the bot that runs on this machine is well; exit 1 with the reason if not.

    No port has to be open for it: bot, worker and front write how they are every few seconds.
    """
    from bot.health import feel

    troubles = feel(settings().database_url, time.time())
    if troubles:
        raise click.ClickException(f"Not well: {'; '.join(troubles)}.")
    click.echo("ok")
