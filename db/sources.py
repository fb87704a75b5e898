"""Sources: what is watched, how the last reading went, and what is due."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import (
    BindParameter,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from db import search, values
from db.columns import is_number
from db.models import ArticleRow, DocumentRow, MentionRow, SourceRow, StoryRow
from db.statements import batches, insert, table_of
from domain.digest import SourceHealth
from domain.health import OVERDUE, SHORTEST_QUIET, overdue, silence
from domain.identity import place
from domain.source import Kind, ReadingOptions, Source, Tier

_TABLE = table_of(SourceRow)
_ROWS = select(_TABLE)
"""Plain rows: objects that the session keeps track of take four times as long to make."""
_KEPT = values.SOURCE_COLUMNS


class SourceExists(Exception):
    """The address is watched already, as `source`."""

    def __init__(self, source: Source) -> None:
        super().__init__(f"{source.url} is watched already, as source {source.id}")
        self.source = source


async def add(
    session: AsyncSession,
    *,
    url: str,
    kind: Kind,
    title: str,
    tier: Tier,
    interval: timedelta,
    now: datetime,
    added_by: int | None = None,
    options: ReadingOptions | None = None,
    language: str | None = None,
    full_text: bool | None = False,
    announce: int = 0,
) -> Source:
    """Watch an address from now on; it is due at once.

    Raises:
        SourceExists: The address is watched already.
    """
    new = {
        "url": url,
        "kind": kind,
        "title": title,
        "tier": tier,
        "state": "active",
        "interval": interval,
        "failures": 0,
        "next_at": now,
        "created_at": now,
        "added_by": added_by,
        "options": msgspec.to_builtins(options or ReadingOptions()),
        "language": language,
        "full_text": full_text,
        "announce": announce,
    }
    statement = insert(session, SourceRow).values(new).on_conflict_do_nothing()
    inserted = (await session.execute(statement.returning(SourceRow.id))).scalar()
    source = await by_url(session, url)
    if source is None:
        raise LookupError(f"source {url} was removed while it was added")
    if inserted is None:
        raise SourceExists(source)
    return source


async def get(session: AsyncSession, source_id: int) -> Source | None:
    """Return a source, or None where there is none of this number."""
    if not is_number(source_id):
        return None
    row = await session.scalar(select(SourceRow).where(SourceRow.id == source_id))
    return values.source(row) if row else None


async def by_url(session: AsyncSession, url: str) -> Source | None:
    """Return the source of exactly this address."""
    row = await session.scalar(select(SourceRow).where(SourceRow.url == url))
    return values.source(row) if row else None


async def same_page(
    session: AsyncSession, urls: Collection[str], *, besides: int | None = None
) -> Source | None:
    """Return a source that watches one of these pages, however its address is spelled."""
    wanted = {place(url) for url in urls}
    known = await session.execute(select(SourceRow.id, SourceRow.url).order_by(SourceRow.id))
    same = (number for number, url in known if place(url) in wanted and number != besides)
    number = next(same, None)
    return await get(session, number) if number is not None else None


async def places(session: AsyncSession) -> set[str]:
    """Return what is watched, as `domain.identity.place` spells addresses."""
    return {place(url) for url in await session.scalars(select(SourceRow.url))}


async def every(session: AsyncSession) -> list[Source]:
    """Return all sources in the order in which they were added."""
    rows = await session.execute(_ROWS.order_by(_TABLE.c.id))
    return [values.source(row) for row in rows]


async def listed(session: AsyncSession, limit: int) -> tuple[list[Source], int]:
    """Return so many sources in their order, of more than that those in trouble first; and how
    many there are.
    """
    count = await session.scalar(select(func.count()).select_from(_TABLE)) or 0
    columns = _TABLE.c
    troubled = case((or_(columns.error != "", columns.incident != ""), 0), else_=1)
    order = (columns.id,) if count <= limit else (troubled, columns.id)
    rows = await session.execute(_ROWS.order_by(*order).limit(limit))
    return [values.source(row) for row in rows], count


async def due(session: AsyncSession, now: datetime, limit: int) -> list[Source]:
    """Return active sources whose time has come, the longest waiting first."""
    return [values.source(row) for row in await session.execute(_due(now, limit))]


async def claim(
    session: AsyncSession, now: datetime, *, limit: int, lease: timedelta
) -> list[Source]:
    """Take the sources that are due: nobody else gets them before the lease is over.

    They come back as they were; whoever has read them saves when they are due again.
    """
    query = _due(now, limit).with_for_update(skip_locked=True)
    claimed = [values.source(row) for row in await session.execute(query)]
    for some in batches([source.id for source in claimed]):
        taken = update(SourceRow).where(SourceRow.id.in_(some)).values(next_at=now + lease)
        await session.execute(taken)
    return claimed


async def take_over(
    session: AsyncSession, source_ids: Collection[int], *, claimed: datetime, until: datetime
) -> list[Source]:
    """Take what was claimed for whoever comes first; nothing of a claim that is over or taken.

    `claimed` is when that claim ends, which is how it is known again; ours ends at `until`.
    """
    query = (
        select(SourceRow)
        .where(
            SourceRow.id.in_(source_ids),
            SourceRow.state == "active",
            SourceRow.next_at == claimed,
        )
        .order_by(SourceRow.id)
        .with_for_update(skip_locked=True)
    )
    ours = [values.source(row) for row in await session.scalars(query)]
    taken = update(SourceRow).where(SourceRow.id.in_([source.id for source in ours]))
    await session.execute(taken.values(next_at=until))
    return ours


async def claim_one(
    session: AsyncSession, source_id: int, now: datetime, *, lease: timedelta
) -> Source | None:
    """Take one active source whether it is due or not; None where there is none."""
    source = await get(session, source_id)
    if source is None or source.state != "active":
        return None
    taken = update(SourceRow).where(SourceRow.id == source_id).values(next_at=now + lease)
    await session.execute(taken.execution_options(synchronize_session=False))
    return source


async def lock(session: AsyncSession, *source_ids: int) -> set[int]:
    """Keep everybody else from storing articles of sources until the unit of work ends.

    In SQLite a writer is alone anyway. Return which of them are still there.
    """
    # In one order for everybody, or two that lock the same ones could wait for each other.
    query = select(SourceRow.id).where(SourceRow.id.in_(source_ids)).order_by(SourceRow.id)
    return set(await session.scalars(query.with_for_update()))


async def locked(session: AsyncSession, ids: Collection[int]) -> dict[int, Source]:
    """Return sources by their number, kept from other writers until the unit of work ends."""
    found: dict[int, Source] = {}
    # In one order for everybody, or two that lock the same ones could wait for each other.
    for some in batches(sorted(ids)):
        query = _ROWS.where(_TABLE.c.id.in_(some)).order_by(_TABLE.c.id)
        rows = await session.execute(query.with_for_update())
        found |= {row.id: values.source(row) for row in rows}
    return found


async def save(session: AsyncSession, source: Source) -> None:
    """Remember a source as it is now; one that was removed meanwhile stays removed.

    Everything is written: read it in the same unit of work, or an operator's change is undone.
    """
    await save_all(session, [source])


async def save_all(session: AsyncSession, sources: Sequence[Source]) -> None:
    """Remember many sources; as `save`."""
    if not sources:
        return
    rows = [values.source_columns(source, _KEPT) for source in sources]
    changes: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in _KEPT}
    connection = await session.connection()
    statement = update(_TABLE).where(_TABLE.c.id == bindparam("number")).values(changes)
    await connection.execute(statement, rows)


async def save_changes(session: AsyncSession, changes: Sequence[tuple[Source, Source]]) -> None:
    """Remember what became of many sources: of each only what is not as it was.

    Most readings change two dates; a row has twenty-six columns.
    """
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for before, after in changes:
        names = tuple(name for name in _KEPT if getattr(before, name) != getattr(after, name))
        if names:
            alike.setdefault(names, []).append(values.source_columns(after, names))
    connection = await session.connection()
    for names, rows in alike.items():
        placed: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in names}
        statement = update(_TABLE).where(_TABLE.c.id == bindparam("number")).values(placed)
        await connection.execute(statement, rows)


async def remove(session: AsyncSession, source_id: int) -> bool:
    """Forget a source with its articles, and the stories that only it told."""
    if not is_number(source_id):
        return False
    told = select(ArticleRow.story_id).where(
        ArticleRow.source_id == source_id, ArticleRow.story_id.is_not(None)
    )
    stories = list(await session.scalars(told.distinct()))
    await search.drop_source(session, source_id)
    removed = await session.execute(
        delete(SourceRow).where(SourceRow.id == source_id).returning(SourceRow.id)
    )
    if removed.scalar() is None:
        return False
    await _drop_untold(session, stories)
    return True


async def make_due(session: AsyncSession, now: datetime, source_id: int | None = None) -> int:
    """Make one active source, or all of them, due now; return how many it were."""
    if source_id is not None and not is_number(source_id):
        return 0
    statement = update(SourceRow).where(SourceRow.state == "active").values(next_at=now)
    if source_id is not None:
        statement = statement.where(SourceRow.id == source_id)
    return len((await session.execute(statement.returning(SourceRow.id))).all())


async def health(session: AsyncSession, now: datetime) -> SourceHealth:
    """Return how many sources are watched, which could not be read, and which are silent."""
    columns = _TABLE.c
    watched = select(func.count()).where(columns.state != "paused")
    doubtful = await session.execute(_doubtful(now))
    every = [Source(**row) for row in doubtful.mappings()]
    well = [one for one in every if _is_well(one)]
    silent = [(_name(one), silence(one, now)) for one in well]
    return SourceHealth(
        watched=await session.scalar(watched) or 0,
        failing=tuple(_name(one) for one in every if not _is_well(one)),
        waiting=sum(one.never_read or overdue(one, now) for one in well),
        quiet=tuple((name, time.days) for name, time in silent if time is not None),
    )


def _doubtful(now: datetime) -> Select[Any]:
    """Select what is asked of the health of sources, without those that are surely well.

    Of thousands it is asked at every /status and for every digest.
    """
    columns = _TABLE.c
    asked = ("id", "url", "title", "state", "failures", "interval", "next_at", "last_read_at")
    ill = or_(columns.state != "active", columns.failures > 0)
    late = or_(columns.last_read_at.is_(None), columns.next_at < now - OVERDUE)
    quiet = and_(columns.rhythm.is_not(None), columns.last_new_at < now - SHORTEST_QUIET)
    return (
        select(*(columns[name] for name in (*asked, "rhythm", "last_new_at")))
        .where(columns.state != "paused", or_(ill, late, quiet))
        .order_by(columns.id)
    )


def _is_well(source: Source) -> bool:
    return source.state == "active" and not source.failures


def _name(source: Source) -> str:
    return source.title or source.url


def _due(now: datetime, limit: int) -> Select[Any]:
    columns = _TABLE.c
    return (
        _ROWS.where(columns.state == "active", columns.next_at <= now)
        .order_by(columns.next_at, columns.id)
        .limit(limit)
    )


async def _drop_untold(session: AsyncSession, stories: list[int | None]) -> None:
    told = exists().where(ArticleRow.story_id == StoryRow.id)
    for some in batches(stories):
        await session.execute(delete(StoryRow).where(StoryRow.id.in_(some), ~told))
    mentioned = exists().where(MentionRow.document_id == DocumentRow.id)
    await session.execute(delete(DocumentRow).where(~mentioned))
