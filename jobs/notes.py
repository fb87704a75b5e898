"""How readings leave their sources, noted many at once: one transaction for all that wait."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import db.audit
import db.sources
from db.engine import Database, Session
from domain.health import CONFIRMATIONS, followed
from domain.source import Kind, ReadingOptions, Source

After = Callable[[Source], Source]
"""How a reading leaves a source."""


@dataclass(frozen=True, slots=True, eq=False)
class _Note:
    read: Source
    after: After
    written: asyncio.Future[None]


class Notes:
    """Writes notes down; whoever comes while others are being written goes with the next ones.

    A transaction costs as much for one source as for thirty, and SQLite has one writer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Note] = []
        self._writing = asyncio.Lock()

    async def add(self, read: Source, after: After) -> None:
        """Note how a reading left the source: as it is now, since people may have changed it.

        Raises:
            DatabaseUnavailable: Nothing was noted.
        """
        note = _Note(read, after, asyncio.get_running_loop().create_future())
        self._waiting.append(note)
        async with self._writing:
            if not note.written.done():
                await self._write()
        await note.written

    async def _write(self) -> None:
        notes, self._waiting = self._waiting, []
        try:
            async with self._database.write() as session:
                await _put_down(session, notes)
        except BaseException as error:
            for note in notes:
                _fail(note, error)
            raise
        for note in notes:
            note.written.set_result(None)


def _fail(note: _Note, error: BaseException) -> None:
    # One who was cancelled while writing for others: their sources are due again by their lease.
    if isinstance(error, asyncio.CancelledError):
        note.written.cancel()
        return
    note.written.set_exception(error)
    note.written.exception()  # looked at: the one that writes raises it by itself


async def _put_down(session: Session, notes: Sequence[_Note]) -> None:
    sources = await db.sources.locked(session, [note.read.id for note in notes])
    left = []
    for note in notes:
        source = sources.get(note.read.id)
        if source is not None and _way(source) == _way(note.read):
            left.append(await _left(session, note.after(source)))
        # Else what was read is not what it is now: it is due again already.
    await db.sources.save_all(session, left)


async def _left(session: Session, source: Source) -> Source:
    if source.moves < CONFIRMATIONS:
        return source
    return await _followed(session, source, source.last_read_at)


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
    await db.audit.note(
        session,
        actor_id=None,
        action="source.moved",
        subject=f"source {source.id}",
        detail={"from": source.url, "to": there.url},
        now=now,
    )
    return there
