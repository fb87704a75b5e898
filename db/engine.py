"""How to reach the database, and the two kinds of unit of work: reading and writing."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from typing import Any

import msgspec
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from db import address, lite
from db.errors import explain
from db.shared import Shared, watch

Session = AsyncSession
"""What the functions of this room take; the rooms above only hand it on."""

_WRITES = {"pilotwatch_writes": True}

# One moment for all queries of a reading unit of work, as SQLite gives it anyway.
_POSTGRES_READS = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class Database:
    """An open database. Nothing touches the network inside a unit of work."""

    def __init__(self, engine: AsyncEngine, opener: lite.Opener | None = None) -> None:
        self.engine = engine
        self._opener = opener
        sqlite = engine.dialect.name == "sqlite"
        reading = engine if sqlite else engine.execution_options(**_POSTGRES_READS)
        writing = engine.execution_options(**_WRITES)
        self.waited = 0.0
        """Seconds that writers have waited for their turn."""
        self.refused = 0
        """Units of work that came to nothing because the database could not be used."""
        self.shared = Shared()
        """What many ask for in the same moment."""
        watch(engine.sync_engine)
        self._reading = _sessions(reading)
        self._writing = _sessions(writing)
        # SQLite has one writer at a time: the others wait here, in turn and without holding a
        # connection that readers could use.
        self._lane: AbstractAsyncContextManager[object] = (
            asyncio.Lock() if sqlite else nullcontext()
        )

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a session that only reads, and sees one moment throughout.

        Raises:
            DatabaseUnavailable: It cannot be reached, or its tables are missing.
        """
        with self._explained():
            async with self._reading() as session:
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Open a session that commits at the end, or rolls back on any exception.

        Never open one inside another.

        Raises:
            DatabaseUnavailable: It cannot be reached or written to; nothing was changed.
        """
        with self._explained(), self.shared.noting():
            asked = time.monotonic()
            async with self._lane, self._writing.begin() as session:
                self.waited += time.monotonic() - asked
                yield session

    async def check(self) -> None:
        """Ask for nothing, to see that an answer comes.

        Raises:
            DatabaseUnavailable: None came.
        """
        async with self.read() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()
        if self._opener is not None:
            await self._opener.rest()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (DatabaseError, InterfaceError, PoolTimeout) as error:
            if not _is_unavailable(error):
                raise
            self.refused += 1
            url = self.engine.url.render_as_string(hide_password=False)
            raise explain(error, url) from error


def connect(url: str) -> Database:
    """Open the database at an address, `sqlite+aiosqlite://` or `postgresql+psycopg://`.

    Nothing is reached yet: that happens with the first unit of work.

    Raises:
        DatabaseUnavailable: The address cannot be understood.
    """
    parsed = address.parse(url)
    sqlite = address.is_sqlite(parsed)
    opener = lite.Opener(parsed) if sqlite else None
    engine = create_async_engine(
        parsed,
        pool_pre_ping=not sqlite,
        hide_parameters=True,  # chats and words of people do not belong into a traceback
        json_serializer=_to_json,
        json_deserializer=msgspec.json.decode,
        **({"async_creator": opener} if opener else {}),
    )
    if sqlite:
        event.listen(engine.sync_engine, "connect", _on_sqlite_connect)
        event.listen(engine.sync_engine, "begin", _on_sqlite_begin)
    return Database(engine, opener)


def _sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    # Rows are read anew every time: what a Core statement has changed is never served stale.
    return async_sessionmaker(
        engine, expire_on_commit=False, execution_options={"populate_existing": True}
    )


def _is_unavailable(error: Exception) -> bool:
    """Tell a database that cannot be used from a statement that it refuses."""
    if isinstance(error, ProgrammingError):
        return "does not exist" in str(error.orig)
    return isinstance(error, OperationalError | InterfaceError | PoolTimeout) or (
        type(error) is DatabaseError
    )


def _to_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _on_sqlite_connect(connection: Any, _record: object) -> None:
    # The driver's own BEGIN handling is off: _on_sqlite_begin says when and how.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=30000",
        "journal_mode=WAL",
        "synchronous=NORMAL",
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
