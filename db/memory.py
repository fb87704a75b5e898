"""What a source's last reading left for the next one."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import FeedMemoryRow
from db.statements import batches, insert


async def recall(session: AsyncSession, source_ids: Collection[int]) -> dict[int, bytes]:
    """Return what was kept for each source; nothing for those for which nothing was."""
    found: dict[int, bytes] = {}
    for some in batches(list(source_ids)):
        query = select(FeedMemoryRow.source_id, FeedMemoryRow.content)
        rows = await session.execute(query.where(FeedMemoryRow.source_id.in_(some)))
        found.update((source_id, content) for source_id, content in rows)
    return found


async def keep(session: AsyncSession, contents: Mapping[int, bytes]) -> None:
    """Keep these instead of what was kept for the same sources before.

    Raises:
        sqlalchemy.exc.IntegrityError: A source was removed.
    """
    if not contents:
        return
    rows = [{"source_id": number, "content": content} for number, content in contents.items()]
    new = insert(session, FeedMemoryRow)
    kept = new.on_conflict_do_update(
        index_elements=["source_id"], set_={"content": new.excluded.content}
    )
    await session.execute(kept, rows)
