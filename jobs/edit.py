"""What operators change about a source that is watched; each change is in the audit log."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import db.audit
import db.sources
from db.engine import Database
from db.sources import SourceExists
from domain.source import Source


async def change(
    database: Database,
    source_id: int,
    changed: Callable[[Source], Source],
    *,
    what: str,
    value: str,
    now: datetime,
    actor_id: int | None = None,
) -> Source | None:
    """Change a source as it is now and return it; None where there is none.

    Raises:
        SourceExists: Its new address is watched already.
    """
    async with database.write() as session:
        await db.sources.lock(session, source_id)
        source = await db.sources.get(session, source_id)
        if source is None:
            return None
        after = changed(source)
        if after.url != source.url:
            known = await db.sources.same_page(session, [after.url], besides=source.id)
            if known is not None:
                raise SourceExists(known)
        await db.sources.save(session, after)
        await db.audit.note(
            session,
            actor_id=actor_id,
            action=f"source.{what}",
            subject=f"source {source_id}",
            detail={"value": value},
            now=now,
        )
    return after


def paused(source: Source) -> Source:
    """Return the source left alone until it is resumed."""
    return replace(source, state="paused")


def resumed(source: Source, now: datetime) -> Source:
    """Return the source watched again, from now on and as if nothing had failed."""
    return _afresh(replace(source, state="active"), now)


def readdressed(source: Source, url: str, now: datetime) -> Source:
    """Return the source at another address; what it has brought stays and is not told again."""
    return _afresh(replace(source, url=url, state="active", moved_to=None, moves=0), now)


def reread(source: Source, now: datetime) -> Source:
    """Return the source due now, to be read whole: it is read in another way from now on."""
    return _afresh(source, now)


def _afresh(source: Source, now: datetime) -> Source:
    return replace(
        source,
        etag=None,
        last_modified=None,
        body_hash=None,
        failures=0,
        error=None,
        error_code=None,
        failing_since=None,
        next_at=now,
    )
