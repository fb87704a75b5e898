"""`pilotwatch sandbox`: a local Telegram, for trying and for tests."""

import asyncio
from contextlib import suppress

import click

from sandbox.server import PortTaken, Sandbox


@click.command("sandbox")
@click.option("--port", default=8081, show_default=True, type=click.IntRange(0, 65535))
def sandbox_command(port: int) -> None:
    """Serve a local Telegram: the Bot API under /bot<token>/, a chat page under /."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(port))


async def _serve(port: int) -> None:
    try:
        async with Sandbox(port=port) as local:
            click.echo(f"A local Telegram for TELEGRAM_API_BASE_URL={local.base_url}")
            click.echo(f"Its chat page: {local.page_url}   (Ctrl+C ends it)")
            await asyncio.Event().wait()
    except PortTaken as error:
        raise click.ClickException(str(error)) from error
