"""`pilotwatch backup` and `restore`: the whole database as a file, and back."""

import asyncio
import sys
from pathlib import Path

import click

from bot.cli.opening import now, settings
from bot.cli.progress import watching
from bot.cli.resuming import settle, since_option
from db import backup as backups
from db.backup_errors import BackupFailed
from db.migrate import current
from jobs.resuming import Since

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Write the whole database to FILE, also while the bot runs; it is read again to be sure."""
    try:
        with watching("Writing") as progress:
            made = backups.backup(settings().database_url, file, progress)
    except BackupFailed as error:
        raise click.ClickException(str(error)) from None
    size = made.size / 1024**2
    click.echo(f"Written and checked: {file} ({size:.1f} MiB, revision {made.revision}).")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask before what is there is replaced.")
@since_option
def restore(file: Path, yes: bool, since_then: Since | None) -> None:
    """Put the backup FILE in the place of the database; stop the bot before."""
    found = settings()
    url = found.database_url
    if current(url) is not None and not (yes or _agreed()):
        click.echo("Nothing was changed.")
        return
    try:
        kept = backups.restore(url, file, now())
    except BackupFailed as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Restored from {file}; the tables are up to date.")
    if kept:
        click.echo(f"What was there before is kept: {kept}")
    asyncio.run(settle(found, since_then, now()))


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError("Nothing was changed: there is a database already; say --yes.")
    return click.confirm("There is a database already. Replace it?", default=False)
