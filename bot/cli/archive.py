"""`pilotwatch export everything` and `import`: to another machine, engine or version."""

import asyncio
from pathlib import Path

import click

import db.archive
import db.archive_loading
import jobs.indexing
from bot.cli.opening import now, opened_database, settings
from bot.cli.progress import bar
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
        with bar() as progress:
            task = progress.add_task("Writing", total=db.archive.count(found.database_url))
            made = db.archive.write(
                found.database_url, file, now(), lambda _, rows: progress.advance(task, rows)
            )
    except ArchiveFailed as error:
        raise click.ClickException(str(error)) from None
    size = file.stat().st_size / 1024**2
    click.echo(f"Written: {file} ({made.rows} rows, {size:.1f} MiB, revision {made.revision}).")


@click.command(name="import")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@since_option
def import_(file: Path, since_then: Since | None) -> None:
    """Load what `export everything` wrote into an empty database, SQLite or PostgreSQL.

    \b
    pilotwatch export everything --output all.zip
    DATABASE_URL=postgresql://… pilotwatch import all.zip
    """
    found = settings()
    try:
        with bar() as progress:
            task = progress.add_task("Loading", total=db.archive.manifest(file).rows)
            said = db.archive_loading.read(
                found.database_url, file, lambda _, rows: progress.advance(task, rows)
            )
    except ArchiveFailed as error:
        raise click.ClickException(str(error)) from None
    asyncio.run(_afterwards(found, since_then))
    click.echo(f"Loaded: {said.rows} rows from {file}, made {said.made_at:%Y-%m-%d %H:%M} UTC.")


async def _afterwards(found: Settings, since_then: Since | None) -> None:
    async with opened_database(found) as database:
        await _index(database)
    await settle(found, since_then, now())


async def _index(database: Database) -> None:
    with bar() as progress:
        task = progress.add_task("Indexing", total=await jobs.indexing.waiting(database))
        while done := await jobs.indexing.index_waiting(database, rounds=1):
            progress.advance(task, done)
