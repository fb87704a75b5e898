"""What the bot's tests may ask for."""

from collections.abc import AsyncIterator

import pytest

from db.engine import Database, connect
from tests.bot.scene import Scene, opened


@pytest.fixture
async def kept(sqlite_url: str) -> AsyncIterator[Database]:
    """A database; which engine it is makes no difference to the bot."""
    database = connect(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def scene(kept: Database) -> AsyncIterator[Scene]:
    """A bot and people in a sandbox."""
    async with opened(kept) as scene:
        yield scene
