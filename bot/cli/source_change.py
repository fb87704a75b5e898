"""`pilotwatch source add` and `remove`: changes of what is watched."""

import asyncio
import sys
from collections.abc import Mapping
from datetime import timedelta

import click

import jobs.watch
from bot.cli.opening import now, opened_database, opened_house, settings
from bot.edits import Mistake, how
from bot.settings import Settings
from db.sources import SourceExists
from domain.grouping import band
from domain.source import KINDS, Kind, ReadingOptions, Source
from jobs.watch import Found
from sources.errors import SourceError


@click.command("add")
@click.argument("url")
@click.option("--yes", is_flag=True, help="Do not ask before adding.")
@click.option("--kind", type=click.Choice(KINDS), help="How to read it; found out otherwise.")
@click.option("--selector", metavar="CSS", help="The links of a list page, such as 'ul.news a'.")
@click.option("--charset", help="Its encoding, where that is not recognised: gb18030.")
@click.option("--timezone", metavar="ZONE", help="Of dates without one; Asia/Shanghai by default.")
@click.option("--fields", metavar="NAMES", help="Of a JSON list: 'items=data.list title=name'.")
@click.option(
    "--announce",
    type=click.IntRange(0, jobs.watch.MOST_ANNOUNCED),
    default=0,
    metavar="N",
    help="Tell the newest N articles about the topic as news; else all there is is backlog.",
)
def add(url: str, yes: bool, kind: Kind | None, announce: int, **said: str | None) -> None:
    """Look at URL (a feed, or any page), show what it brings, and watch it."""
    asyncio.run(_add(settings(), url, yes, kind, _options(said), announce))


def _options(said: Mapping[str, str | None]) -> ReadingOptions:
    words = " ".join(f"{name} {value}" for name, value in said.items() if value)
    try:
        return how(words, now())
    except Mistake as mistake:
        raise click.UsageError(mistake.text.format(**mistake.values)) from None


@click.command("remove")
@click.argument("source_id", type=int, metavar="ID")
def remove(source_id: int) -> None:
    """Stop watching a source and forget its articles."""
    gone = asyncio.run(_remove(settings(), source_id))
    if gone is None:
        raise click.ClickException(
            f"There is no source {source_id}; `pilotwatch source list` shows them."
        )
    click.echo(f"Removed source {source_id}: {gone.url}")


async def _add(
    found: Settings,
    url: str,
    yes: bool,
    kind: Kind | None,
    options: ReadingOptions,
    announce: int,
) -> None:
    async with opened_house(found) as house:
        try:
            seen = await jobs.watch.look(house, url, kind=kind, options=options)
            told(seen)
            if not (yes or _agreed()):
                click.echo("Nothing was added.")
                return
            added = await jobs.watch.add(
                house,
                seen,
                interval=timedelta(minutes=found.poll_interval_minutes),
                now=now(),
                announce=announce,
            )
        except SourceExists as error:
            raise click.ClickException(
                f"This address is watched already: source {error.source.id}."
            ) from None
        except SourceError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Watching it as source {added.id}; its first reading comes at once.")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError("Nothing was added: there is nobody to ask; say --yes.")
    return click.confirm("Watch it?", default=True)


def told(seen: Found) -> None:
    """Say what a look at a source found."""
    about, entries = seen.candidate, _counted(seen.entries, "entry", "entries")
    click.echo(f"{about.title}: {about.kind}, {about.tier}, {entries} ({about.url})")
    for preview in seen.previews:
        when = preview.entry.published
        judged = preview.reading
        facts = "could not be judged"
        if judged:
            facts = f"{band(judged)}, {_counted(len(judged.facts), 'fact', 'facts')}"
        click.echo(f"  {when:%Y-%m-%d}" if when else "  no date   ", nl=False)
        click.echo(f"  {preview.entry.title[:90]}  [{facts}]")
    for other in seen.others:
        click.echo(f"  also found: {other.url}  {other.title[:60]}")
    if seen.doubtful:
        click.echo("  The text may be garbled: its encoding is doubtful.")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


async def _remove(found: Settings, source_id: int) -> Source | None:
    async with opened_database(found) as database:
        return await jobs.watch.remove(database, source_id, now=now())
