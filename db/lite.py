"""SQLite's asynchronous driver, with one trip to its thread for each statement.

aiosqlite makes four for a query (a cursor, its execution, its rows, its end), and each costs
more than most queries do: two changes of thread, each of which waits for Python's lock.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from functools import partial
from sqlite3 import Connection as Plain
from sqlite3 import connect as open_plain
from threading import Thread
from typing import Any

import aiosqlite
from sqlalchemy.engine import URL

Row = tuple[Any, ...]


class Cursor:
    """One statement and all its rows, as SQLAlchemy asks for them."""

    description: Sequence[Any] | None = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, ask: Callable[..., Awaitable[Any]], plain: Plain) -> None:
        self._ask = ask
        self._plain = plain
        self._rows: Iterator[Row] = iter(())

    async def __aenter__(self) -> "Cursor":
        """Return itself: there is nothing to open."""
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> "Cursor":
        """Execute a statement and bring what it returns."""
        await self._ask(self._work, "execute", statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> "Cursor":
        """Execute a statement for each of the parameters."""
        await self._ask(self._work, "executemany", statement, parameters)
        return self

    async def fetchone(self) -> Row | None:
        """Return the next row."""
        return next(self._rows, None)

    async def fetchall(self) -> list[Row]:
        """Return the rows that are left."""
        return list(self._rows)

    async def close(self) -> None:
        """Forget the rows; the database's own cursor is closed already."""
        self._rows = iter(())

    def _work(self, how: str, statement: str, parameters: Any) -> None:
        # In the thread of the connection, from the beginning to the end.
        cursor = self._plain.cursor()
        try:
            getattr(cursor, how)(statement, parameters)
            self.description = cursor.description
            self._rows = iter(cursor.fetchall() if cursor.description else ())
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


PATIENCE = 5.0
"""Seconds that a thread may take to end; a statement of ours takes far less."""


class Connection(aiosqlite.Connection):
    """A connection in a thread of its own."""

    def __init__(self, open_: Callable[[], Plain], ending: set[Thread]) -> None:
        super().__init__(open_, iter_chunk_size=64)
        self._ending = ending
        # It must not hold up the end of the program; SQLAlchemy does the same for its own.
        self._thread.daemon = True

    def stop(self) -> asyncio.Future[Any] | None:
        """Let its thread end, and remember that it does."""
        self._ending.add(self._thread)
        return super().stop()

    def cursor(self) -> Cursor:  # type: ignore[override]  # as much of one as SQLAlchemy uses
        """Return a cursor; that alone asks nothing of the database."""
        return Cursor(self._execute, self._conn)

    async def commit(self) -> None:
        """Commit, where anything was begun."""
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Take back, where anything was begun."""
        if self.in_transaction:
            await super().rollback()


class Opener:
    """Opens connections to the database at an address."""

    def __init__(self, url: URL) -> None:
        arguments, options = url.get_dialect()().create_connect_args(url)
        self._open = partial(open_plain, *arguments, **options)
        self._ending: set[Thread] = set()

    def __call__(self) -> Connection:
        """Return a connection that is not open yet."""
        self._ending -= {thread for thread in self._ending if not thread.is_alive()}
        return Connection(self._open, self._ending)

    async def rest(self) -> None:
        """Wait for the threads of connections that were closed or given up.

        Nobody waits for one whose statement was broken off: it would bring its result to an event
        loop that may be gone by then.
        """
        for thread in tuple(self._ending):
            await asyncio.to_thread(thread.join, PATIENCE)
