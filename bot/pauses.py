"""Telegram's wish that a chat be left alone, kept: hours of it survive a restart."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import db.pauses
from bot.pacing import Pacing
from db.engine import Database
from db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

WORTH_KEEPING = 5.0
"""Seconds; a shorter pause is over before a restart is."""


class Pauses:
    """Keeps what the pacing is told, and tells a new one."""

    def __init__(self, database: Database, pacing: Pacing, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._pacing = pacing
        self._clock = clock
        self._writing: set[asyncio.Task[None]] = set()

    async def restore(self) -> None:
        """Leave alone who was to be left alone before the restart, and keep what comes."""
        now = self._clock()
        async with self._database.read() as session:
            kept = await db.pauses.current(session, now)
        for chat_id, until in kept.items():
            self._pacing.leave_alone(chat_id, (until - now).total_seconds())
        self._pacing.on_park = self._keep

    def _keep(self, chat_id: int, seconds: float) -> None:
        whom = f"chat {chat_id}" if chat_id else "all of them"
        log.warning("Telegram asks to leave %s alone for %.0f s", whom, seconds)
        if seconds >= WORTH_KEEPING:
            task = asyncio.create_task(self._write(chat_id, seconds), name="pause")
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _write(self, chat_id: int, seconds: float) -> None:
        until = self._clock() + timedelta(seconds=seconds)
        try:
            async with self._database.write() as session:
                await db.pauses.keep(session, chat_id, until)
        except DatabaseUnavailable as error:
            log.warning("the pause could not be kept: %s", error)

    async def settle(self) -> None:
        """Wait until everything is kept."""
        await asyncio.gather(*self._writing)
