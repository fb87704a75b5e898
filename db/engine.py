"""How to reach the database, and the two kinds of unit of work: reading and writing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

_WRITES = {"pilotwatch_writes": True}


class Database:
    """An open database. Nothing touches the network inside a unit of work."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._reading = async_sessionmaker(engine, expire_on_commit=False)
        writing = engine.execution_options(**_WRITES)
        self._writing = async_sessionmaker(writing, expire_on_commit=False)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a session that only reads."""
        async with self._reading() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Open a session that commits at the end, or rolls back on any exception."""
        async with self._writing.begin() as session:
            yield session

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()


def connect(url: str) -> Database:
    """Open the database at a SQLAlchemy address, `sqlite+aiosqlite://` or `postgresql+psycopg://`.

    Raises:
        sqlalchemy.exc.ArgumentError: The address cannot be understood.
    """
    engine = create_async_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _on_sqlite_connect)
        event.listen(engine.sync_engine, "begin", _on_sqlite_begin)
    return Database(engine)


def _on_sqlite_connect(connection: Any, _record: object) -> None:
    # The driver's own BEGIN handling is off: _on_sqlite_begin says when and how.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=30000",
        "foreign_keys=ON",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    # A deferred transaction that first reads and then writes fails at once when another one
    # wrote in between (SQLITE_BUSY_SNAPSHOT; busy_timeout does not help): writers lock first.
    writes = connection.get_execution_options().get("pilotwatch_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
