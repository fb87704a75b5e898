"""What every job works with, put together once in `bot/app.py`."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from db.engine import Database
from domain.topics import topic_names
from jobs.together import Item, Result, Together
from sources.jail import Jail
from sources.web import Web


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The rooms below, open for work."""

    database: Database
    web: Web
    jail: Jail
    topics: Sequence[str] = field(default_factory=topic_names)
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(32))
    """How many sources are between their request and their last write at once."""
    _together: dict[object, Together[Any, Any]] = field(default_factory=dict, init=False)

    def together(
        self, work: Callable[[Database, Sequence[Item]], Awaitable[Sequence[Result]]], most: int = 8
    ) -> Together[Item, Result]:
        """Return what does this work on this house's database for so many at once."""
        if work not in self._together:
            self._together[work] = Together(partial(work, self.database), most=most)
        return self._together[work]
