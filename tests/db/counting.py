"""Look into the tables past the room's own functions: what is really there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text

from db.engine import Database


async def rows_in(database: Database, table: str) -> int:
    """Return how many rows a table has."""
    async with database.read() as session:
        return int((await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one())  # noqa: S608 - the tests' own names


async def select(database: Database, query: str, **given: Any) -> list[tuple[Any, ...]]:
    """Return what a query finds."""
    async with database.read() as session:
        return [tuple(row) for row in await session.execute(text(query), given)]


@contextmanager
def statements_of(database: Database) -> Iterator[list[str]]:
    """Collect the statements that reach the database while the block runs."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            seen.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
