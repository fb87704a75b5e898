"""What every job works with, put together once in `bot/app.py`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.engine import Database
from sources.jail import Jail
from sources.web import Web


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The rooms below, open for work."""

    database: Database
    web: Web
    jail: Jail
    topics: Sequence[str] = ("chengdu-ai",)
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(32))
    """How many sources are between their request and their last write at once."""
