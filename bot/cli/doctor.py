"""`pilotwatch doctor`: is everything in place, and if not, what to do."""

import os
import sys
from pathlib import Path

import click

from bot.cli import examining, examining_outside
from bot.cli.finding import Finding
from bot.settings import Settings, SettingsError

_ENV = Path(".env")
CHECKS = (*examining.CHECKS, *examining_outside.CHECKS)
"""From what is here to what is far away: the first that is wrong often explains the next."""


@click.command()
def doctor() -> None:
    """Check settings, machine, database, network and Telegram; exit 1 if the bot could not run."""
    try:
        found = Settings.read(os.environ, _ENV)
    except SettingsError as error:
        for mistake in error.mistakes:
            _tell(Finding("settings", False, mistake, "Correct it in .env (see .env.example)."))
        sys.exit(78)
    findings = [_tell(one) for check in CHECKS if (one := check(found)) is not None]
    sys.exit(any(not one.fine and one.fatal for one in findings))


def _tell(finding: Finding) -> Finding:
    mark = "ok" if finding.fine else ("!!" if finding.fatal else "--")
    click.echo(f"{mark}  {finding.subject:9} {finding.words}")
    if finding.advice:
        click.echo(f"    {'':9} {finding.advice}")
    return finding
