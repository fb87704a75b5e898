"""What most commands begin with: settings, a migrated database, and the house if they need it.

The drivers, the parsers and the rules are loaded where they are needed: a command that does not
need them answers in a fraction of the time.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.logs import set_up_logging
from bot.settings import Settings

if TYPE_CHECKING:
    from db.engine import Database
    from jobs.house import House


def now() -> datetime:
    """Return the time: commands hand it down, nothing below looks at a clock."""
    return datetime.now(UTC)


def settings() -> Settings:
    """Read the settings and set up logging by them.

    Raises:
        SettingsError: Some of them are wrong.
    """
    found = Settings.read(os.environ, Path(".env"))
    set_up_logging(found)
    return found


@asynccontextmanager
async def opened_database(found: Settings) -> AsyncIterator["Database"]:
    """Open the database, bringing its tables up to date first.

    Raises:
        DatabaseUnavailable: It cannot be used; the message says why and what to do.
    """
    from db.engine import connect
    from db.migrate import migrate

    await asyncio.to_thread(migrate, found.database_url)
    database = connect(found.database_url)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def opened_house(found: Settings) -> AsyncIterator["House"]:
    """Open everything that reading sources needs."""
    from bot.opening import open_house

    async with opened_database(found) as database, open_house(found, database) as house:
        yield house
