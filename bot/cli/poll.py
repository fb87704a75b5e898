"""`pilotwatch poll`: read what is due, without Telegram."""

import asyncio
import json
from dataclasses import asdict
from typing import Any

import click

import jobs.poll
from bot.cli.opening import now, opened_house, settings
from bot.cli.progress import watching
from bot.settings import Settings
from jobs.house import House
from jobs.indexing import index_waiting
from jobs.poll import PollReport

ALL = 1_000_000
"""Sources in one round: who reads from the shell means every one that is due."""


@click.command()
@click.option("--once", is_flag=True, help="Read every due source once, then stop.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each round.")
def poll(once: bool, as_json: bool) -> None:
    """Read the sources that are due; what is owed to chats waits for `pilotwatch run`."""
    asyncio.run(_poll(settings(), once=once, as_json=as_json))


async def _poll(found: Settings, *, once: bool, as_json: bool) -> None:
    async with opened_house(found) as house:
        if not once and not as_json:
            click.echo("Reading what is due until Ctrl+C ends it.", err=True)
        while True:
            report = await _round(house, shown=once)
            await index_waiting(house.database)
            if once or report.sources:
                click.echo(json.dumps(_told(report)) if as_json else _sentence(report))
            if once:
                return
            await asyncio.sleep(found.poll_seconds)


async def _round(house: House, *, shown: bool) -> PollReport:
    """Read what is due; who waits for a round to end sees how far it is."""
    if not shown:
        return await jobs.poll.poll(house, now(), limit=ALL)
    with watching("Reading") as progress:
        return await jobs.poll.poll(house, now(), limit=ALL, progress=progress)


def _sentence(report: PollReport) -> str:
    lines = [
        f"{report.read} sources read, {report.unchanged} unchanged, {report.failed} failed; "
        f"{report.articles} new articles, {report.relevant} relevant, {report.facts} facts"
    ]
    lines += [f"  {one.url}: {one.error}" for one in report.sources if one.error]
    return "\n".join(lines)


def _told(report: PollReport) -> dict[str, Any]:
    """Return the report in the shape that scripts rely on."""
    told = asdict(report)
    for source in told["sources"]:
        del source["code"]
    return told
