"""Puts together what the jobs work with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from db.engine import Database
from jobs.house import House
from sources.jail import Jail
from sources.web import Web


@asynccontextmanager
async def open_house(settings: Settings, database: Database) -> AsyncIterator[House]:
    """Start the parse workers and the web client; both are gone when the block ends."""
    async with (
        Web(
            allow_cidrs=[str(network) for network in settings.fetch_allow_cidrs],
            proxy=settings.fetch_proxy,
        ) as web,
        Jail() as jail,
    ):
        yield House(database=database, web=web, jail=jail)
