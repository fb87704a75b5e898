"""`pilotwatch front`: one of several doors for Telegram's updates."""

import asyncio
import sys

import click

from bot.cli.opening import settings
from bot.settings import Settings, SettingsError


@click.command()
def front() -> None:
    """Take updates from Telegram's webhook for a bot that runs elsewhere.

    Serves /telegram and /healthz on HTTP_HOST:HTTP_PORT and keeps each update in the database,
    where `pilotwatch run` (WORK_BACKEND=procrastinate, WEBHOOK_URL set) finds it. Several may run
    behind one address. It needs WEBHOOK_SECRET, and no token.
    """
    found = settings()
    _check(found)
    from bot.front import take_updates
    from bot.server import PortTaken

    try:
        sys.exit(asyncio.run(take_updates(found)))
    except PortTaken as error:
        raise click.ClickException(str(error)) from None


def _check(found: Settings) -> None:
    mistakes = [
        f"{name} is needed to take updates"
        for name, value in (
            ("HTTP_PORT", found.http_port),
            ("WEBHOOK_SECRET", found.webhook_secret),
        )
        if value is None
    ]
    if found.work_backend != "procrastinate":
        mistakes.append(
            "WORK_BACKEND is embedded: then only `pilotwatch run` takes updates; set it to "
            "procrastinate for both"
        )
    if mistakes:
        raise SettingsError(tuple(mistakes))
