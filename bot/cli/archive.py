"""`pilotwatch export everything` and `import`: to another machine, engine or version."""

import asyncio
from pathlib import Path

import click

import db.archive
import db.archive_loading
import jobs.indexing
from bot.cli.opening import now, opened_database, settings
from bot.cli.progress import counting
from bot.cli.resuming import settle, since_option
from bot.settings import Settings
from db.archive_errors import ArchiveFailed
from db.engine import Database
from jobs.resuming import Since


def write(found: Settings, file: Path) -> None:
    """Write everything into a file, and say how much that was.

    Raises:
        click.ClickException: Nothing was written.
    """
    try:
        with counting("Writing", db.archive.count(found.database_url)) as advance:
            made = db.archive.write(found.database_url, file, now(), lambda _, rows: advance(rows))
    except ArchiveFailed as error:
        raise click.ClickException(str(error)) from None
    size = file.stat().st_size / 1024**2
    click.echo(f"Written: {file} ({made.rows} rows, {size:.1f} MiB, revision {made.revision}).")


@click.command(name="import")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@since_option
def import_(file: Path, since_then: Since | None) -> None:
    """Load what `export everything` wrote into an empty database, SQLite or PostgreSQL."""
    found = settings()
    try:
        with counting("Loading", db.archive.manifest(file).rows) as advance:
            said = db.archive_loading.read(found.database_url, file, lambda _, rows: advance(rows))
    except ArchiveFailed as error:
        raise click.ClickException(str(error)) from None
    asyncio.run(_afterwards(found, since_then))
    click.echo(f"Loaded: {said.rows} rows from {file}, made {said.made_at:%Y-%m-%d %H:%M} UTC.")


async def _afterwards(found: Settings, since_then: Since | None) -> None:
    async with opened_database(found) as database:
        await _index(database)
    await settle(found, since_then, now())


async def _index(database: Database) -> None:
    with counting("Indexing", await jobs.indexing.waiting(database)) as advance:
        while done := await jobs.indexing.index_waiting(database, rounds=1):
            advance(done)
