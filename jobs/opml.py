"""Lists of sources: taken over from other readers, and written for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import db.audit
import db.sources
from db.engine import Database, Session
from db.sources import SourceExists
from domain.candidate import usual_tier
from domain.identity import place
from domain.source import Source
from sources.opml import OpmlReading, OpmlSource, Refusal, write


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the lines of a list."""

    added: int
    known: int
    """Watched already."""
    refused: tuple[Refusal, ...] = ()


async def bring_in(
    database: Database,
    listed: OpmlReading,
    *,
    interval: timedelta,
    now: datetime,
    actor_id: int | None = None,
) -> Imported:
    """Watch the sources of a list; what each has published so far will not be broadcast."""
    async with database.write() as session:
        watched = await db.sources.places(session)
        listed_at = {place(source.url): source for source in listed.sources}
        new = [source for at, source in listed_at.items() if at not in watched]
        numbers = [await _add(session, source, interval, now, actor_id) for source in new]
        added = [number for number in numbers if number is not None]
        await db.audit.note(
            session,
            actor_id=actor_id,
            action="source.import",
            subject="sources",
            detail={
                "added": len(added),
                "refused": len(listed.refused),
                "sources": ", ".join(map(str, added)),
            },
            now=now,
        )
    known = len(listed.sources) - len(added)
    return Imported(added=len(added), known=known, refused=listed.refused)


async def take_out(database: Database) -> bytes:
    """Return all sources as OPML."""
    async with database.read() as session:
        return write(_listed(await db.sources.every(session)))


async def _add(
    session: Session, listed: OpmlSource, interval: timedelta, now: datetime, actor_id: int | None
) -> int | None:
    """Return its number, or None where it is watched already."""
    guessed = usual_tier(listed.url, listed.kind)
    try:
        source = await db.sources.add(
            session,
            url=listed.url,
            kind=listed.kind,
            title=listed.title,
            tier=guessed if listed.tier == "media" else listed.tier,
            interval=interval,
            now=now,
            added_by=actor_id,
            options=listed.options,
            language=listed.language,
            # A list of another reader does not say: the first reading will.
            full_text=True if listed.full_text else None,
        )
    except SourceExists:
        return None
    return source.id


def _listed(sources: Iterable[Source]) -> Iterable[OpmlSource]:
    for source in sources:
        yield OpmlSource(
            url=source.url,
            title=source.title,
            kind=source.kind,
            tier=source.tier,
            options=source.options,
            language=source.language,
            full_text=bool(source.full_text),
        )
