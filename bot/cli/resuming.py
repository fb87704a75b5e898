"""What `restore` and `import` ask: is what happened since taken for told, or told again?"""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import click

import jobs.resuming
from bot.cli.opening import opened_database
from bot.settings import Settings
from jobs.resuming import Resumed, Since

_Function = TypeVar("_Function", bound=Callable[..., Any])

_ASKED = """\
The newest thing in it is of {last}. What was sent after that it does not know.
  seen    nothing of that time is told again: what is owed is let go of, digests begin
          anew, and the next reading of each source is stored without telling anybody
  resend  everything is told that is not in it; some of that for the second time"""


def since_option(command: _Function) -> _Function:
    """Add `--since-then`."""
    option = click.option(
        "--since-then",
        type=click.Choice(("seen", "resend")),
        help=(
            "What becomes of the time since it was made: taken for told, or told (again). Asked "
            "where it is not said; where nobody can be asked: seen, if it is older than an hour."
        ),
    )
    return option(command)


async def settle(found: Settings, since: Since | None, now: datetime) -> None:
    """Ask if need be, and do it; say what was done."""
    async with opened_database(found) as database:
        last = await jobs.resuming.newest(database)
        chosen = since or _asked(last, now, found.timezone)
        done = await jobs.resuming.resume(database, chosen, last, now)
    if chosen == "seen":
        click.echo(_told(done))
    elif last is not None:
        click.echo("What it does not know is told (again).")


def _asked(last: datetime | None, now: datetime, timezone: str) -> Since:
    usual = jobs.resuming.usually(last, now)
    if last is None or not sys.stdin.isatty():
        return usual
    when = last.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M %Z")
    click.echo(_ASKED.format(last=when))
    choice = click.Choice(("seen", "resend"))
    return cast(Since, click.prompt("Which?", type=choice, default=usual))


def _told(done: Resumed) -> str:
    return (
        "Taken for told: "
        f"{done.deliveries} messages let go of, {done.digests} digests begin anew, "
        f"the next reading of {done.sources} sources tells nobody."
    )
