"""Updates that Telegram brings: each handled once, kept until it was, put aside if unreadable."""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from telegram import Update

import db.heard
from bot.decoding import trouble_with
from bot.telegram import App
from db.engine import Database
from db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

REMEMBERED = timedelta(hours=48)
"""Telegram brings an update for a day; twice that is sure."""
LOOK_EVERY = 0.25
"""Seconds between looks for what other doors have taken."""
STILL_WANTED = timedelta(minutes=10)
"""What was not handled before a restart is handled after it, unless it is older: nobody waits."""


class Inbox:
    """Takes updates from the webhook."""

    def __init__(self, app: App, database: Database, clock: Callable[[], datetime]) -> None:
        self._app = app
        self._database = database
        self._clock = clock
        self._in_hand: set[int] = set()
        """What is being handled; and what was, where that could not be noted."""

    async def take(self, raw: dict[str, Any], written: str) -> None:
        """Keep an update and begin to handle it; one that came before is left alone.

        Raises:
            DatabaseUnavailable: It could not be kept; it has to come again.
        """
        number = raw["update_id"]
        trouble = trouble_with(raw)
        again = number in self._in_hand
        # Before it is committed: from then on `collect` may see it.
        self._in_hand.add(number)
        new = False
        try:
            async with self._database.write() as session:
                now = self._clock()
                new = await db.heard.take(session, number, now, trouble=trouble, body=written)
        finally:
            if not again and not (new and trouble is None):
                self._in_hand.discard(number)
        if new and trouble is None:
            self._begin(raw)

    async def resume(self) -> None:
        """Handle what a process before this one had taken and not come to; forget what is old."""
        async with self._database.write() as session:
            await db.heard.forget(session, self._clock() - REMEMBERED)
        await self.collect()

    async def collect(self) -> None:
        """Handle what others have taken, at other doors or before this process began.

        Raises:
            DatabaseUnavailable: It could not be asked.
        """
        async with self._database.read() as session:
            left = await db.heard.unfinished(session, self._clock() - STILL_WANTED)
        for written in left:
            raw = json.loads(written)
            if raw["update_id"] not in self._in_hand:
                self._in_hand.add(raw["update_id"])
                self._begin(raw)

    async def attend(self) -> None:
        """Collect again and again, until cancelled."""
        while True:
            # Without a database there is nothing to collect; the tick says why.
            with suppress(DatabaseUnavailable):
                await self.collect()
            await asyncio.sleep(LOOK_EVERY)

    def _begin(self, raw: dict[str, Any]) -> None:
        update = Update.de_json(raw, self._app.bot)
        self._app.create_task(self._handle(update), update)

    async def _handle(self, update: Update) -> None:
        work = self._app.process_update(update)
        await self._app.update_processor.process_update(update, work)
        try:
            async with self._database.write() as session:
                await db.heard.finish(session, update.update_id)
        except DatabaseUnavailable as error:
            log.warning(
                "update %d is handled, and that could not be noted: %s", update.update_id, error
            )
        else:
            self._in_hand.discard(update.update_id)
