"""`pilotwatch source list`: what is watched and how well."""

import asyncio
import json
import sys
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

import db.sources
from bot.cli.opening import opened_database, settings
from bot.settings import Settings
from domain.source import Source


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list instead of a table.")
def list_(as_json: bool) -> None:
    """List what is watched and how well."""
    found = asyncio.run(_every(settings()))
    if as_json:
        click.echo(json.dumps([_row(one) for one in found], ensure_ascii=False, indent=2))
    elif found:
        Console(width=None if sys.stdout.isatty() else 200).print(_table(found))
    else:
        click.echo("No sources yet. Add one: pilotwatch source add https://example.org/feed.xml")


async def _every(found: Settings) -> list[Source]:
    async with opened_database(found) as database, database.read() as session:
        return await db.sources.every(session)


def _row(one: Source) -> dict[str, object]:
    return {
        "id": one.id,
        "url": one.url,
        "kind": one.kind,
        "title": one.title,
        "tier": one.tier,
        "state": one.state,
        "last_read": _iso(one.last_read_at),
        "next_read": _iso(one.next_at),
        "failures": one.failures,
        "error": one.error,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _table(found: list[Source]) -> Table:
    table = Table("id", "title", "address", "last read", "next read", "state", box=None)
    for one in found:
        state = one.state if one.error is None else f"failed {one.failures}×: {one.error}"
        table.add_row(
            str(one.id),
            one.title,
            one.url,
            f"{one.last_read_at:%Y-%m-%d %H:%M}" if one.last_read_at else "never",
            f"{one.next_at:%Y-%m-%d %H:%M}",
            state,
        )
    return table
