"""What a source's last reading left for the next one."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import FeedMemoryRow
from db.statements import insert


async def recall(session: AsyncSession, source_id: int) -> bytes:
    """Return what was kept; nothing where nothing was."""
    query = select(FeedMemoryRow.content).where(FeedMemoryRow.source_id == source_id)
    return await session.scalar(query) or b""


async def keep(session: AsyncSession, source_id: int, content: bytes) -> None:
    """Keep this instead of what was kept before.

    Raises:
        sqlalchemy.exc.IntegrityError: The source was removed.
    """
    new = insert(session, FeedMemoryRow).values(source_id=source_id, content=content)
    kept = new.on_conflict_do_update(index_elements=["source_id"], set_={"content": content})
    await session.execute(kept)
