"""What `pilotwatch doctor` looks at on this machine: settings, Python, disk, database."""

import pyexpat
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from bot.cli.finding import Finding, warning
from bot.settings import Settings
from db.address import folder
from db.errors import DatabaseUnavailable
from db.migrate import current, head, is_known

_LEAST_DISK = 500 * 1024 * 1024

# Older ones have known slow paths (CVE-2026-45186, CVE-2026-56407); the parse workers are killed
# when they take too long, so it is a warning.
_GOOD_EXPAT = (2, 8, 2)


def _settings(found: Settings) -> Finding:
    where = "Telegram" if found.telegram_bot_token else "the sandbox (no TELEGRAM_BOT_TOKEN)"
    if found.telegram_bot_token and not found.admin_ids:
        words = f"valid, for {where}; but nobody may add sources from the chat"
        advice = "Put your numeric user id into ADMIN_IDS, or send the code that `run` prints."
        return warning("settings", words, advice)
    return Finding("settings", True, f"valid; `run` would start with {where}")


def _secrecy(_: Settings) -> Finding | None:
    """Settings hold the token: whoever reads them is the bot."""
    env = Path(".env")
    if not env.exists():
        return None
    if env.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return warning(
            ".env", "others on this machine may read it, and with it the token", "chmod 600 .env"
        )
    return Finding(".env", True, "only this user may read it")


def _python(_: Settings) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("python", True, version)


def _expat(_: Settings) -> Finding:
    version = pyexpat.EXPAT_VERSION.removeprefix("expat_")
    if pyexpat.version_info < _GOOD_EXPAT:
        advice = "A newer Python brings a newer one; hostile feeds only cost time until then."
        return warning("expat", f"{version} has known slow paths", advice)
    return Finding("expat", True, version)


def _disk(found: Settings) -> Finding:
    place = folder(found.database_url) or Path.cwd()
    free = shutil.disk_usage(place).free
    words = f"{free / 1024**3:.1f} GiB free in {place}"
    if free < _LEAST_DISK:
        return Finding("disk", False, words, "Make room: half a GiB is little for a database.")
    return Finding("disk", True, words)


def _database(found: Settings) -> Finding:
    try:
        revision = current(found.database_url)
    except DatabaseUnavailable as error:
        return Finding("database", False, str(error))
    return Finding("database", True, "can be reached" if revision else "is new: `run` makes it")


def _tables(found: Settings) -> Finding | None:
    try:
        revision = current(found.database_url)
    except DatabaseUnavailable:
        return None
    if revision is not None and not is_known(revision):
        words = f"made by a newer version of Pilotwatch (revision {revision}; this knows {head()})"
        return Finding("tables", False, words, "Install that version, or restore a backup.")
    if revision != head():
        words = f"at revision {revision or 'none'} of {head()}; `run` brings them up to date"
        return Finding("tables", True, words)
    return Finding("tables", True, f"up to date (revision {revision})")


CHECKS: tuple[Callable[[Settings], Finding | None], ...] = (
    _settings,
    _secrecy,
    _python,
    _expat,
    _disk,
    _database,
    _tables,
)
