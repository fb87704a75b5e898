"""`pilotwatch source show`, `edit`, `test` and `poll`: one source, as /source has it."""

import asyncio
from collections.abc import Sequence

import click

import db.judgements
import db.sources
import jobs.edit
import jobs.poll
import jobs.watch
from bot.cli.opening import now, opened_database, opened_house, settings
from bot.cli.source_change import told
from bot.edits import Mistake, read
from bot.language import words_for
from bot.markup import text_of
from bot.render.source import whole
from bot.settings import Settings
from db.engine import Database
from db.sources import SourceExists
from domain.source import Source
from sources.errors import SourceError

_SOURCE = click.argument("source_id", type=int, metavar="ID")


@click.command("show")
@_SOURCE
def show(source_id: int) -> None:
    """Show everything about one source: how it is, and how it is read."""
    click.echo(asyncio.run(_show(settings(), source_id)))


@click.command("edit")
@_SOURCE
@click.argument("words", nargs=-1, required=True, metavar="WHAT [VALUE]")
def edit(source_id: int, words: Sequence[str]) -> None:
    """Change one source: "edit 3 tier official", "edit 3 charset gb18030", "edit 3 pause"."""
    click.echo(asyncio.run(_edit(settings(), source_id, " ".join(words))))


@click.command("test")
@_SOURCE
def test(source_id: int) -> None:
    """Read one source as it is watched, without keeping or changing anything."""
    asyncio.run(_test(settings(), source_id))


@click.command("poll")
@_SOURCE
def poll(source_id: int) -> None:
    """Read one source now, due or not."""
    click.echo(asyncio.run(_poll(settings(), source_id)))


async def _show(found: Settings, source_id: int) -> str:
    async with opened_database(found) as database:
        source = await _one(database, source_id)
        return await _card(found, database, source)


async def _edit(found: Settings, source_id: int, words: str) -> str:
    async with opened_database(found) as database:
        try:
            said = read(words, now())
            after = await jobs.edit.change(
                database, source_id, said.changed, what=said.what, value=said.value, now=now()
            )
        except Mistake as mistake:
            raise click.UsageError(mistake.text.format(**mistake.values)) from None
        except SourceExists as error:
            raise click.ClickException(f"{error}.") from None
        if after is None:
            raise _missing(source_id)
        return await _card(found, database, after)


async def _test(found: Settings, source_id: int) -> None:
    async with opened_house(found) as house:
        source = await _one(house.database, source_id)
        try:
            told(await jobs.watch.test(house, source))
        except SourceError as error:
            raise click.ClickException(str(error)) from error


async def _poll(found: Settings, source_id: int) -> str:
    async with opened_house(found) as house:
        report = await jobs.poll.poll_one(house, source_id, now())
    if report is None:
        raise click.ClickException(f"There is no source {source_id} that is active.")
    if report.error:
        raise click.ClickException(report.error)
    return f"{report.outcome}: {report.new} new"


async def _one(database: Database, source_id: int) -> Source:
    async with database.read() as session:
        source = await db.sources.get(session, source_id)
    if source is None:
        raise _missing(source_id)
    return source


async def _card(found: Settings, database: Database, source: Source) -> str:
    async with database.read() as session:
        unread = await db.judgements.unread(session, source.id)
    example = f"pilotwatch source edit {source.id} interval 30"
    words = words_for("en")
    return text_of(whole(source, words, found.timezone, now(), example=example, unread=unread))


def _missing(source_id: int) -> click.ClickException:
    return click.ClickException(
        f"There is no source {source_id}; `pilotwatch source list` shows them."
    )
