"""What every job works with, put together once in `bot/app.py`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.engine import Database
from jobs.notes import Notes
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
    notes: Notes = field(init=False)
    """Where readings put down how they left their sources."""

    def __post_init__(self) -> None:
        """Open the notes of this house's database."""
        object.__setattr__(self, "notes", Notes(self.database))
