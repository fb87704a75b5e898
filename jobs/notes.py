"""How readings leave their sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import db.audit
import db.sources
from db.engine import Database, Session
from domain.health import CONFIRMATIONS, followed
from domain.source import Kind, ReadingOptions, Source

After = Callable[[Source], Source]
"""How a reading leaves a source."""


@dataclass(frozen=True, slots=True)
class Note:
    """How a reading of a source, as it was then, leaves it."""

    read: Source
    after: After


async def put_down(database: Database, notes: Sequence[Note]) -> Sequence[None]:
    """Note how readings left their sources: as they are now, since people may have changed them.

    Raises:
        DatabaseUnavailable: Nothing was noted.
    """
    async with database.write() as session:
        sources = await db.sources.locked(session, [note.read.id for note in notes])
        left: dict[int, Source] = {}
        for note in notes:
            source = left.get(note.read.id, sources.get(note.read.id))
            if source is not None and _way(source) == _way(note.read):
                left[source.id] = await _left(session, source, note.after(source))
            # Else what was read is not what it is now: it is due again already.
        await db.sources.save_changes(session, [(sources[at], one) for at, one in left.items()])
    return [None] * len(notes)


async def _left(session: Session, before: Source, source: Source) -> Source:
    if source.state == "gone" != before.state and source.failing_since:
        await _noted(session, "gone", source, {"url": source.url}, source.failing_since)
    if source.moves < CONFIRMATIONS:
        return source
    return await _followed(session, source, source.last_read_at)


async def _noted(
    session: Session, what: str, source: Source, detail: Mapping[str, object], now: datetime
) -> None:
    await db.audit.note(
        session,
        actor_id=None,
        action=f"source.{what}",
        subject=f"source {source.id}",
        detail=detail,
        now=now,
    )


def _way(source: Source) -> tuple[str, Kind, ReadingOptions]:
    """Return where a source is and how it is read."""
    return source.url, source.kind, source.options


async def _followed(session: Session, source: Source, now: datetime | None) -> Source:
    """Take a confirmed new address, unless that is watched already, and note the change."""
    there = followed(source)
    if now is None or there.url == source.url:
        return source
    if await db.sources.same_page(session, [there.url], besides=source.id):
        return source
    await _noted(session, "moved", source, {"from": source.url, "to": there.url}, now)
    return there
