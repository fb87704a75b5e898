"""By what number each part of this program keeps others out in PostgreSQL."""

from enum import IntEnum, unique

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


@unique
class Lock(IntEnum):
    """What is done by one at a time; any numbers, the same in every version, each its own."""

    MIGRATION = 5_074_836_471_900_112_386
    INSTANCE = 5_074_836_471_900_112_387
    REGISTER = 5_074_836_471_900_112_388
    STORIES = 5_074_836_471_900_112_389
    QUEUE = 5_074_836_471_900_112_390


async def alone(session: AsyncSession, lock: Lock) -> None:
    """Let nobody else do this until the unit of work ends; in SQLite a writer is alone anyway."""
    if session.get_bind().dialect.name != "sqlite":
        await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": int(lock)})
