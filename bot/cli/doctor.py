"""`pilotwatch doctor`: is everything in place, and if not, what to do."""

import asyncio
import os
import pyexpat
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from bot.asking import who_am_i
from bot.settings import Settings, SettingsError
from db.errors import DatabaseUnavailable
from db.migrate import current, head, is_known
from jobs.ports import DeliveryError

_LEAST_DISK = 500 * 1024 * 1024

# Older ones have known slow paths (CVE-2026-45186, CVE-2026-56407); the parse workers are killed
# when they take too long, so it is a warning.
_GOOD_EXPAT = (2, 8, 2)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `advice` says what to do where it is not fine."""

    subject: str
    fine: bool
    words: str
    advice: str = ""
    fatal: bool = True


@click.command()
def doctor() -> None:
    """Check settings, Python, disk, database and Telegram; exit 1 if the bot could not run."""
    try:
        found = Settings.read(os.environ, Path(".env"))
    except SettingsError as error:
        for mistake in error.mistakes:
            _tell(Finding("settings", False, mistake, "Correct it in .env (see .env.example)."))
        sys.exit(78)
    findings = [_tell(check(found)) for check in CHECKS]
    sys.exit(any(not one.fine and one.fatal for one in findings))


def _settings(found: Settings) -> Finding:
    where = "Telegram" if found.telegram_bot_token else "the sandbox (no TELEGRAM_BOT_TOKEN)"
    if found.telegram_bot_token and not found.admin_ids:
        return Finding(
            "settings", False, f"valid, for {where}; but nobody may add sources from the chat",
            "Put your numeric user id into ADMIN_IDS.", fatal=False,
        )  # fmt: skip
    return Finding("settings", True, f"valid; `run` would start with {where}")


def _python(_: Settings) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("python", True, version)


def _expat(_: Settings) -> Finding:
    version = pyexpat.EXPAT_VERSION.removeprefix("expat_")
    if pyexpat.version_info < _GOOD_EXPAT:
        advice = "A newer Python brings a newer one; hostile feeds only cost time until then."
        return Finding("expat", False, f"{version} has known slow paths", advice, fatal=False)
    return Finding("expat", True, version)


def _disk(_: Settings) -> Finding:
    free = shutil.disk_usage(Path.cwd()).free
    words = f"{free / 1024**3:.1f} GiB free here"
    if free < _LEAST_DISK:
        return Finding("disk", False, words, "Make room: half a GiB is little for a database.")
    return Finding("disk", True, words)


def _database(found: Settings) -> Finding:
    try:
        revision = current(found.database_url)
    except DatabaseUnavailable as error:
        return Finding("database", False, str(error))
    if revision is not None and not is_known(revision):
        words = f"was made by a newer version of Pilotwatch (revision {revision})"
        return Finding("database", False, words, "Install that version, or restore a backup.")
    if revision != head():
        words = f"can be reached, at revision {revision or 'none'} of {head()}"
        return Finding("database", True, f"{words}; `run` brings it up to date")
    return Finding("database", True, f"can be reached, up to date ({revision})")


def _telegram(found: Settings) -> Finding:
    if found.telegram_bot_token is None:
        return Finding("telegram", True, "not used: no token is set")
    try:
        name = asyncio.run(who_am_i(found))
    except DeliveryError as error:
        return Finding("telegram", False, str(error))
    return Finding("telegram", True, f"knows this bot as @{name}")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    _settings,
    _python,
    _expat,
    _disk,
    _database,
    _telegram,
)


def _tell(finding: Finding) -> Finding:
    mark = "ok" if finding.fine else ("!!" if finding.fatal else "--")
    click.echo(f"{mark}  {finding.subject:9} {finding.words}")
    if finding.advice:
        click.echo(f"    {'':9} {finding.advice}")
    return finding
