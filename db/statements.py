"""The few things that the two databases say differently, and lists cut to what they can take."""

from collections.abc import Iterator, Sequence
from typing import TypeVar, cast

from sqlalchemy import Table, column, func, select, table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from db.columns import Base

Item = TypeVar("Item")

# SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535.
_AT_ONCE = 1000


def insert(session: AsyncSession, row: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Start an INSERT that knows ON CONFLICT; rows follow as a list of column values."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table_of(row))
    return postgresql.insert(table_of(row))


async def reserve(session: AsyncSession, row: type[Base], count: int) -> list[int]:
    """Return numbers for `count` new rows of a table: growing, and never given out before.

    The rows are inserted with them in the same unit of work, before more are reserved. So their
    parts can be written in bulk as well, and no database needs to hand numbers back in order.
    """
    name = table_of(row).name
    if session.get_bind().dialect.name == "sqlite":
        sequence = table("sqlite_sequence", column("name"), column("seq"))
        last = await session.scalar(select(sequence.c.seq).where(sequence.c.name == name)) or 0
        return list(range(last + 1, last + 1 + count))
    numbers = func.generate_series(1, count).table_valued("number")
    result = await session.scalars(select(func.nextval(f"{name}_id_seq")).select_from(numbers))
    return sorted(result)


def table_of(row: type[Base]) -> Table:
    """Return the table behind a row: bulk statements on it are ten times faster."""
    return cast(Table, row.__table__)


def batches(items: Sequence[Item], size: int = _AT_ONCE) -> Iterator[Sequence[Item]]:
    """Cut a list into pieces that fit into one statement."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
