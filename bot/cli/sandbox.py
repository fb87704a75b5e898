"""`pilotwatch sandbox`: a local Telegram, for trying and for tests."""

import asyncio
from contextlib import suppress

import click

import sandbox.server


@click.command("sandbox")
@click.option("--port", default=8081, show_default=True, type=click.IntRange(0, 65535))
def sandbox_command(port: int) -> None:
    """Serve a local Telegram: the Bot API under /bot<token>/, a chat page under /."""
    with suppress(KeyboardInterrupt):
        asyncio.run(sandbox.server.serve(port))
