"""Take a new source under watch: look at it first, wait for a yes, then remember it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import db.audit
import db.looks
import db.sources
from db.engine import Database, Session
from db.sources import SourceExists
from domain.article import Entry
from domain.candidate import Candidate, Other, Pending, usual_tier
from domain.reading import Reading
from domain.source import Kind, ReadingOptions, Source
from jobs.discovery import Sighting, discover
from jobs.full_text import read_pages, wants_pages
from jobs.house import House
from jobs.suggesting import accept
from sources.task import ReadFailure, ReadRequest

PREVIEWED = 3
MOST_ANNOUNCED = 10
"""Articles of a new source's backlog that may be told as news: it is no way to flood chats."""
PATIENCE = 15.0
"""Seconds for the pages of a preview: somebody waits."""
WAITS = timedelta(days=2)
"""How long a look waits for its yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One entry of a source that is being looked at, and what we would make of it."""

    entry: Entry
    reading: Reading | None
    """None where it could not be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source that could be watched."""

    candidate: Candidate
    entries: int
    previews: tuple[Preview, ...]
    others: tuple[Other, ...] = ()
    """Other feeds that the same page names."""
    doubtful: bool = False
    """The text looks garbled: its encoding may have to be said."""


async def look(
    house: House, url: str, *, kind: Kind | None = None, options: ReadingOptions | None = None
) -> Found:
    """Look at any address once, without remembering anything.

    `kind` and `options` say how to read it where that is known; a selector makes it a list page,
    names of fields make it a JSON list.

    Raises:
        SourceError: It cannot be fetched, or nothing in it can be watched.
        SourceExists: It leads to what is watched already.
    """
    said = options or ReadingOptions()
    if kind is None and said.selector:
        kind = "list"
    if kind is None and said.fields:
        kind = "json"
    seen = await discover(house, url, kind=kind, options=said)
    async with house.database.read() as session:
        await _refuse_known(session, url, seen.url, seen.answered)
    previews = await _previews(house, seen, said)
    return Found(
        candidate=_candidate(seen, previews, said),
        entries=len(seen.feed.entries),
        previews=previews,
        others=seen.others,
        doubtful=seen.feed.doubtful,
    )


async def test(house: House, source: Source) -> Found:
    """Read a source as it is watched, without keeping or changing anything.

    Raises:
        SourceError: It cannot be read.
    """
    seen = await discover(house, source.url, kind=source.kind, options=source.options)
    previews = await _previews(house, seen, source.options)
    return Found(
        candidate=_candidate(seen, previews, source.options),
        entries=len(seen.feed.entries),
        previews=previews,
        doubtful=seen.feed.doubtful,
    )


async def ask(
    house: House,
    found: Found,
    *,
    actor_id: int,
    now: datetime,
    suggestion_id: int | None = None,
) -> int:
    """Keep a look until somebody says yes or no, over restarts too; return its number."""
    async with house.database.write() as session:
        return await db.looks.keep(
            session,
            actor_id=actor_id,
            candidate=found.candidate,
            others=found.others,
            now=now,
            expires_at=now + WAITS,
            suggestion_id=suggestion_id,
        )


async def confirm(
    database: Database,
    look_id: int,
    *,
    interval: timedelta,
    actor_id: int,
    now: datetime,
    announce: int = 0,
) -> tuple[Pending, Source] | None:
    """Watch what was looked at; None where the look is gone. A second yes changes nothing.

    `announce`: how many of the newest articles about a topic are told as news, not as backlog.

    Raises:
        SourceExists: It is watched already, not through this look.
    """
    async with database.write() as session:
        pending = await db.looks.take(session, look_id, actor_id=actor_id, now=now)
        if pending is None:
            return None
        if pending.source_id is not None:
            source = await db.sources.get(session, pending.source_id)
            return (pending, source) if source else None
        source = await _add(
            session,
            pending.candidate,
            interval=interval,
            now=now,
            actor=actor_id,
            announce=announce,
        )
        await db.looks.used(session, look_id, source.id)
        if pending.suggestion_id is not None:
            await accept(session, pending.suggestion_id, source, actor_id=actor_id, now=now)
    return pending, source


async def add(
    house: House,
    found: Found,
    *,
    interval: timedelta,
    now: datetime,
    actor_id: int | None = None,
    announce: int = 0,
) -> Source:
    """Watch it from now on; its first reading is stored as backlog, but for `announce` of it.

    Raises:
        SourceExists: The address is watched already.
    """
    async with house.database.write() as session:
        return await _add(
            session,
            found.candidate,
            interval=interval,
            now=now,
            actor=actor_id,
            announce=announce,
        )


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


async def _add(
    session: Session,
    candidate: Candidate,
    *,
    interval: timedelta,
    now: datetime,
    actor: int | None,
    announce: int,
) -> Source:
    await _refuse_known(session, candidate.url)
    source = await db.sources.add(
        session,
        url=candidate.url,
        kind=candidate.kind,
        title=candidate.title,
        tier=candidate.tier,
        interval=interval,
        now=now,
        added_by=actor,
        options=candidate.options,
        language=candidate.language,
        full_text=candidate.full_text,
        announce=min(announce, MOST_ANNOUNCED),
    )
    await db.audit.note(
        session,
        actor_id=actor,
        action="source.add",
        subject=f"source {source.id}",
        detail={"url": source.url, "kind": source.kind},
        now=now,
    )
    return source


async def _refuse_known(session: Session, *addresses: str) -> None:
    known = await db.sources.same_page(session, addresses)
    if known is not None:
        raise SourceExists(known)


def _candidate(seen: Sighting, previews: Sequence[Preview], options: ReadingOptions) -> Candidate:
    return Candidate(
        url=seen.url,
        kind=seen.kind,
        title=seen.feed.title or seen.answered,
        tier=usual_tier(seen.answered, seen.kind),
        language=_language(previews),
        full_text=wants_pages(seen.kind, seen.feed.entries),
        options=options,
    )


def _language(previews: Sequence[Preview]) -> str | None:
    spoken = [preview.reading.language for preview in previews if preview.reading]
    if not spoken:
        return None
    most = max(sorted(set(spoken)), key=spoken.count)
    return None if most == "other" else most


async def _previews(house: House, seen: Sighting, options: ReadingOptions) -> tuple[Preview, ...]:
    newest = seen.feed.entries[:PREVIEWED]
    if wants_pages(seen.kind, seen.feed.entries):
        newest = tuple(
            one.entry for one in await read_pages(house, newest, options, patience=PATIENCE)
        )
    requests = [ReadRequest.of(entry, options.timezone) for entry in newest]
    outcomes = await house.jail.read(requests, house.topics)
    return tuple(
        Preview(entry=entry, reading=None if isinstance(outcome, ReadFailure) else outcome)
        for entry, outcome in zip(newest, outcomes, strict=True)
    )
