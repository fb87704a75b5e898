"""`pilotwatch migrate` and `pilotwatch export`: the database as a whole."""

import asyncio
from pathlib import Path

import click

import bot.cli.archive
import db.export
from bot.cli.opening import opened_database, settings
from bot.files import FORMATS, write_rows
from bot.settings import Settings
from db.migrate import head
from db.migrate import migrate as bring_up_to_date


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date; `run` does it by itself."""
    found = settings()
    bring_up_to_date(found.database_url)
    click.echo(f"The database is at revision {head()}.")


EVERYTHING = "everything"


@click.command()
@click.argument("table", type=click.Choice((*db.export.TABLES, EVERYTHING)))
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), default="json")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: stdout.")
def export(table: str, form: str, output: Path | None) -> None:
    """Write a table out; spreadsheets open it without running anything.

    `everything` is all there is (sources, chats and their settings, articles, facts, stories, what
    was sent), as one archive for `pilotwatch import`. Like a backup it holds people's chats.
    """
    found = settings()
    if table == EVERYTHING:
        if output is None:
            raise click.UsageError("An archive needs a file: --output FILE.zip")
        bot.cli.archive.write(found, output)
        return
    if form == "xlsx" and output is None:
        raise click.UsageError("A spreadsheet needs a file: --output FILE.xlsx")
    rows = asyncio.run(_rows(found, table))
    try:
        write_rows(rows, form, output)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None


async def _rows(found: Settings, table: str) -> list[dict[str, object]]:
    async with opened_database(found) as database, database.read() as session:
        return [row async for row in db.export.rows(session, table)]
