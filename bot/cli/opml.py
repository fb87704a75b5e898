"""`pilotwatch import-opml` and `export-opml`: lists of sources as files."""

import asyncio
from datetime import timedelta
from pathlib import Path

import click

import jobs.opml
from bot.cli.opening import now, opened_database, opened_house, settings
from bot.settings import Settings
from jobs.opml import Imported
from sources.errors import ParseError
from sources.opml import LARGEST


@click.command("import-opml")
@click.argument("file", type=click.Path(path_type=Path))
def import_opml(file: Path) -> None:
    """Watch the sources of an OPML FILE; the lines that are refused are named."""
    try:
        with file.open("rb") as opened:
            body = opened.read(LARGEST + 1)
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}.") from None
    done = asyncio.run(_import(settings(), body))
    click.echo(f"{done.added} added, {done.known} watched already, {len(done.refused)} refused")
    for refusal in done.refused:
        click.echo(f"  {refusal.label}: {refusal.reason}")


@click.command("export-opml")
@click.argument("file", type=click.Path(path_type=Path))
def export_opml(file: Path) -> None:
    """Write all sources to an OPML FILE."""
    content = asyncio.run(_export(settings()))
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
    click.echo(f"Written: {file}")


async def _import(found: Settings, body: bytes) -> Imported:
    interval = timedelta(minutes=found.poll_interval_minutes)
    async with opened_house(found) as house:
        try:
            listed = await house.jail.opml(body)
        except ParseError as error:
            raise click.UsageError(str(error)) from error
        return await jobs.opml.bring_in(house.database, listed, interval=interval, now=now())


async def _export(found: Settings) -> bytes:
    async with opened_database(found) as database:
        return await jobs.opml.take_out(database)
