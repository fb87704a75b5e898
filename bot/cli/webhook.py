"""`pilotwatch webhook`: where Telegram brings this bot's updates, and how to end that."""

import asyncio

import click

from bot.asking import webhook_of
from bot.cli.opening import settings
from jobs.ports import DeliveryError


@click.command()
@click.option("--remove", is_flag=True, help="From now on updates are fetched, not brought.")
def webhook(remove: bool) -> None:
    """Say where Telegram brings the updates of this bot; --remove ends it."""
    found = settings()
    if not found.telegram_bot_token:
        raise click.UsageError("TELEGRAM_BOT_TOKEN is not set: there is no bot to ask about.")
    try:
        url = asyncio.run(webhook_of(found, remove=remove))
    except DeliveryError as error:
        raise click.ClickException(str(error)) from None
    if not url:
        click.echo("There is no webhook: updates are fetched.")
    else:
        click.echo(f"Removed: updates went to {url}" if remove else f"Updates go to {url}")
