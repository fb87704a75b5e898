"""Take a new source under watch: look at it first, then remember it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import db.audit
import db.sources
from db.engine import Database
from domain.article import Entry
from domain.reading import Reading
from domain.source import Source
from jobs.house import House
from sources.errors import ParseError
from sources.task import ReadFailure, ReadRequest

PREVIEWED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One entry of a source that is being looked at, and what we would make of it."""

    entry: Entry
    reading: Reading | None
    """None where it could not be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source that could be watched."""

    url: str
    title: str
    entries: int
    previews: tuple[Preview, ...]


async def look(house: House, url: str) -> Found:
    """Read an address once, as a feed, without remembering anything.

    Raises:
        SourceError: It cannot be fetched, or it is no feed.
    """
    page = await house.web.fetch(url)
    if page is None:
        raise ParseError(url, "It answered 304 to a first request.", code="empty")
    feed = await house.jail.parse("feed", page)
    newest = feed.entries[:PREVIEWED]
    return Found(
        url=url,
        title=feed.title or page.url,
        entries=len(feed.entries),
        previews=await _previews(house, newest),
    )


async def add(
    house: House,
    found: Found,
    *,
    interval: timedelta,
    now: datetime,
    actor_id: int | None = None,
) -> Source:
    """Watch it from now on; its first reading is stored as backlog, not broadcast.

    Raises:
        SourceExists: The address is watched already.
    """
    async with house.database.write() as session:
        source = await db.sources.add(
            session,
            url=found.url,
            kind="feed",
            title=found.title,
            tier="media",
            interval=interval,
            now=now,
            added_by=actor_id,
        )
        await db.audit.note(
            session,
            actor_id=actor_id,
            action="source.add",
            subject=f"source {source.id}",
            detail={"url": source.url},
            now=now,
        )
    return source


async def remove(
    database: Database, source_id: int, *, now: datetime, actor_id: int | None = None
) -> Source | None:
    """Forget a source and its articles; return what it was, or None if there is none."""
    async with database.write() as session:
        source = await db.sources.get(session, source_id)
        if source is None:
            return None
        await db.sources.remove(session, source_id)
        await db.audit.note(
            session,
            actor_id=actor_id,
            action="source.remove",
            subject=f"source {source_id}",
            detail={"url": source.url},
            now=now,
        )
    return source


async def _previews(house: House, entries: Sequence[Entry]) -> tuple[Preview, ...]:
    requests = [
        ReadRequest(
            text=entry.text,
            title=entry.title,
            published=entry.published.date().isoformat() if entry.published else None,
        )
        for entry in entries
    ]
    outcomes = await house.jail.read(requests, house.topics)
    return tuple(
        Preview(entry=entry, reading=None if isinstance(outcome, ReadFailure) else outcome)
        for entry, outcome in zip(entries, outcomes, strict=True)
    )
