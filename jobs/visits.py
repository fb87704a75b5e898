"""Sources being read side by side: a slow one holds up nobody but itself."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import db.sources
from db.errors import DatabaseUnavailable
from domain.source import Source
from jobs.concerning import concerning
from jobs.faults import report
from jobs.house import House
from jobs.poll import LEASE, visit

log = logging.getLogger(__name__)

AT_ONCE = 32


class Visits:
    """Begins to visit what is due, as far as there is room, and never waits for it."""

    def __init__(self, house: House, clock: Callable[[], datetime]) -> None:
        self._house = house
        self._clock = clock
        self._under_way: dict[asyncio.Task[None], int] = {}
        self._dropped: set[int] = set()
        """Sources whose visit the database failed in; due as soon as it answers again."""

    async def begin(self) -> int:
        """Begin to read what is due; return how many sources."""
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return 0
        dropped = frozenset(self._dropped)
        async with self._house.database.write() as session:
            for source_id in dropped:
                await db.sources.make_due(session, self._clock(), source_id)
            due = await db.sources.claim(session, self._clock(), limit=room, lease=LEASE)
        self._dropped -= dropped
        for source in due:
            task = asyncio.create_task(self._visit(source), name=f"source {source.id}")
            self._under_way[task] = source.id
            task.add_done_callback(self._under_way.pop)
        return len(due)

    async def settled(self) -> None:
        """Wait until nothing that was begun is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def end(self, patience: float) -> None:
        """Let visits come to their end for so many seconds; what is left is due at once again."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience)
        left = dict(self._under_way)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        # Without a database the leases run out by themselves.
        with suppress(DatabaseUnavailable):
            async with self._house.database.write() as session:
                for source_id in left.values():
                    await db.sources.make_due(session, self._clock(), source_id)

    async def _visit(self, source: Source) -> None:
        with concerning(source=source.id):
            try:
                await visit(self._house, source, self._clock())
            except DatabaseUnavailable as error:
                log.warning("source %d could not be visited: %s", source.id, error)
                self._dropped.add(source.id)
            except Exception as error:
                # The lease runs out by itself, and the source is read again.
                await report(self._house.database, error, self._clock())
