"""Updates that Telegram brings: each handled once, kept until it was, put aside if unreadable."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from telegram import Update

import db.heard
from bot.telegram import App
from db.engine import Database
from db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

REMEMBERED = timedelta(hours=48)
"""Telegram brings an update for a day; twice that is sure."""
STILL_WANTED = timedelta(minutes=10)
"""What was not handled before a restart is handled after it, unless it is older: nobody waits."""


class Inbox:
    """Takes updates from the webhook."""

    def __init__(self, app: App, database: Database, clock: Callable[[], datetime]) -> None:
        self._app = app
        self._database = database
        self._clock = clock

    async def take(self, raw: dict[str, Any], written: str) -> None:
        """Keep an update and begin to handle it; one that came before is left alone.

        Raises:
            DatabaseUnavailable: It could not be kept; it has to come again.
        """
        number = raw["update_id"]
        update, trouble = self._decode(raw)
        async with self._database.write() as session:
            new = await db.heard.take(session, number, self._clock(), trouble=trouble, body=written)
        if new and update is not None:
            self._app.create_task(self._handle(update), update)

    async def resume(self) -> None:
        """Handle what a process before this one had taken and not come to; forget what is old."""
        now = self._clock()
        async with self._database.write() as session:
            await db.heard.forget(session, now - REMEMBERED)
            left = await db.heard.unfinished(session, now - STILL_WANTED)
        for written in left:
            update, _ = self._decode(json.loads(written))
            if update is not None:
                self._app.create_task(self._handle(update), update)

    def _decode(self, raw: dict[str, Any]) -> tuple[Update | None, str | None]:
        try:
            return Update.de_json(raw, self._app.bot), None
        except Exception as error:
            # Whatever is wrong with it: it is taken, or Telegram would bring it for a day.
            trouble = type(error).__name__
            log.warning("update %d cannot be decoded (%s)", raw["update_id"], trouble)
            return None, trouble

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
