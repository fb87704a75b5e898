"""What the bot's tests may ask for."""

import io
from collections.abc import AsyncIterator, Iterator
from itertools import count

import pytest

from bot.patience import Allowance
from db.engine import Database, connect
from tests.bot.scene import Scene, opened
from tests.logs import as_before


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


@pytest.fixture
def unhurried(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a minute pass between two requests: for who asks for more than fits into one."""
    minutes = count(0, 60)
    monkeypatch.setattr(scene.tools.patience, "_clock", lambda: float(next(minutes)))


@pytest.fixture
def log_stream() -> Iterator[io.StringIO]:
    """Everything that is logged; logging is as before afterwards."""
    with as_before():
        yield io.StringIO()


@pytest.fixture
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries every command in one breath asks for more than a group's share."""
    for whose in ("GROUP", "PERSON"):
        monkeypatch.setattr(f"bot.patience.{whose}", Allowance(at_once=1000, a_second=1))
