"""`pilotwatch front`: takes Telegram's updates into the database, for the bot to handle.

Any number of them may stand behind one address: an update is kept before it is acknowledged, by
its number, so that it is handled once whoever took it; and none is lost while the bot restarts.
"""

import asyncio
import logging
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import db.heard
from bot.decoding import trouble_with
from bot.health import looking, pulse_file, pulsing
from bot.server import Surface, serving
from bot.settings import Settings
from bot.told import told_to_stop
from db.engine import Database, connect
from db.migrate import migrate

log = logging.getLogger(__name__)


async def take_updates(settings: Settings) -> int:
    """Serve /telegram and /healthz until a signal; return the exit code.

    Raises:
        DatabaseUnavailable: There is no database to begin with.
        PortTaken: The address cannot be had.
    """
    await asyncio.to_thread(migrate, settings.database_url)
    async with AsyncExitStack() as stack:
        database = connect(settings.database_url)
        stack.push_async_callback(database.close)
        look = looking(database, lambda: True, lambda: True)
        surface = Surface(look)
        pulse = pulsing(pulse_file(settings.database_url, "front"), look)
        await stack.enter_async_context(pulse)
        surface.take_updates(_Desk(database).take, settings.webhook_secret or "")
        told = stack.enter_context(told_to_stop())
        await stack.enter_async_context(serving(surface, settings.http_host, settings.http_port))
        await told.wait()
        surface.close()
    log.info("stopped")
    return 0


class _Desk:
    """Keeps what comes; somebody else reads it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, raw: dict[str, Any], written: str) -> None:
        trouble = trouble_with(raw)
        async with self._database.write() as session:
            now = datetime.now(UTC)
            await db.heard.take(session, raw["update_id"], now, trouble=trouble, body=written)
