"""`pilotwatch reprocess`: run newer rules over what is stored, with a line that shows how far."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from rich.progress import Progress as Bar

import jobs.reprocess
from bot.cli.opening import now, opened_house, settings
from bot.cli.progress import bar
from bot.settings import Settings
from domain.rereading import Run
from jobs.house import House
from jobs.reprocess import Overtaken


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what came from that day on, such as 2026-11-01.",
)
def reprocess(since: datetime | None) -> None:
    """Read everything that is stored again by the rules as they are now; nothing is sent.

    Interrupted, it goes on where it was when it is called again.
    """
    found = settings()
    zone = ZoneInfo(found.timezone)
    run = asyncio.run(_reprocess(found, since.replace(tzinfo=zone) if since else None))
    click.echo(f"{run.done} articles reread, {run.changed} of them read otherwise now.")


async def _reprocess(found: Settings, since: datetime | None) -> Run:
    async with opened_house(found) as house:
        run = await jobs.reprocess.begin(house.database, since=since, started_by=None, now=now())
        if run.done:
            click.echo(f"Going on after {run.done} of {run.total} articles.", err=True)
        with bar() as shown:
            return await _to_the_end(house, run, shown)


async def _to_the_end(house: House, run: Run, shown: Bar) -> Run:
    task = shown.add_task("Rereading", total=run.total, completed=run.done)
    while run.finished_at is None:
        try:
            run = await jobs.reprocess.step(house, run, now())
        except Overtaken:
            # The bot, if it runs, goes on with the same run: take up where it is now.
            run = await jobs.reprocess.again(house.database, run)
        shown.update(task, completed=run.done)
    return run
