"""Runs over what is stored: which articles are next, what newer rules make of them, how far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db import corrections, documents, facts, search, signatures, values
from db.models import ArticleRow, ReprocessingRow, StoryRow
from db.statements import table_of
from domain.article import Entry, NewArticle
from domain.facts.fact import Fact
from domain.grouping import RANK, band
from domain.reading import Reading
from domain.relevance import Band, Relevance
from domain.rereading import Run
from domain.signature import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article as it was read before, and what it was read from."""

    article_id: int
    source_id: int
    revision: int
    canonical_url: str
    content_hash: str
    entry: Entry
    language: str
    band: Band
    relevance: tuple[Relevance, ...]
    story_id: int | None
    pinned: bool
    signature: Signature | None
    first_seen_at: datetime
    unread: bool = False
    """Its text could not be judged before."""

    def read_as(self, reading: Reading) -> NewArticle:
        """Return it as the newer rules read it."""
        return NewArticle(
            entry=self.entry,
            keys=(),
            canonical_url=self.canonical_url,
            content_hash=self.content_hash,
            reading=reading,
            story_id=self.story_id,
        )


async def begin(
    session: AsyncSession, *, since: datetime | None, started_by: int | None, now: datetime
) -> Run:
    """Begin a run, or return the one that is not finished: there is never more than one."""
    going = await unfinished(session)
    if going is not None:
        return going
    wanted = select(func.count(ArticleRow.id), func.coalesce(func.max(ArticleRow.id), 0))
    total, last = (await session.execute(wanted.where(*_from(since)))).one()
    new: dict[str, Any] = {
        "since": since,
        "last_id": 0,
        "until_id": last,
        "total": total,
        "done": 0,
        "changed": 0,
        "started_by": started_by,
        "started_at": now,
        "finished_at": None if total else now,
    }
    statement = table_of(ReprocessingRow).insert().values(new).returning(ReprocessingRow.id)
    number = (await session.execute(statement)).scalar_one()
    return _run(await _row(session, number))


async def unfinished(session: AsyncSession) -> Run | None:
    """Return the run that is not finished, if there is one."""
    query = select(ReprocessingRow).where(ReprocessingRow.finished_at.is_(None))
    row = await session.scalar(query.order_by(ReprocessingRow.id).limit(1))
    return _run(row) if row else None


async def get(session: AsyncSession, run_id: int) -> Run:
    """Return a run that was begun before."""
    return _run(await _row(session, run_id))


async def shown_in(session: AsyncSession, run_id: int, chat_id: int, message_id: int) -> None:
    """Remember the message that shows the progress."""
    where = ReprocessingRow.id == run_id
    shown = {"chat_id": chat_id, "message_id": message_id}
    await session.execute(update(ReprocessingRow).where(where).values(shown))


async def following(session: AsyncSession, run: Run, limit: int) -> list[Stored]:
    """Return the next articles of a run."""
    query = (
        select(ArticleRow)
        .where(ArticleRow.id > run.last_id, ArticleRow.id <= run.until_id, *_from(run.since))
        .order_by(ArticleRow.id)
        .limit(limit)
    )
    return [_stored(row) for row in await session.scalars(query)]


async def advance(
    session: AsyncSession, run: Run, *, last_id: int, done: int, changed: int, now: datetime
) -> Run | None:
    """Note in the unit of work that did it how far a run has got; None where another one did it."""
    finished = last_id >= run.until_id or not done
    statement = (
        update(ReprocessingRow)
        .where(ReprocessingRow.id == run.id, ReprocessingRow.last_id == run.last_id)
        .values(
            last_id=last_id,
            done=run.done + done,
            changed=run.changed + changed,
            finished_at=now if finished else None,
        )
        .returning(ReprocessingRow.id)
    )
    updated = await session.execute(statement.execution_options(synchronize_session=False))
    if updated.scalar() is None:
        return None
    return _run(await _row(session, run.id))


async def differs(session: AsyncSession, stored: Stored, reading: Reading) -> bool:
    """Tell whether the newer rules say anything else of an article than is kept."""
    kept = await facts.every_of(session, stored.article_id)
    return (
        stored.unread
        or stored.relevance != reading.relevance
        or stored.entry.text != reading.text
        or stored.language != reading.language
        or stored.signature != reading.signature
        or _by_id(fact for _, fact in kept) != _by_id(reading.facts)
    )


async def rewrite(
    session: AsyncSession, stored: Stored, article: NewArticle, now: datetime
) -> bool:
    """Keep what newer rules make of an article; what people decided of its facts stays so.

    False where it was edited or is gone meanwhile: then it was read by the newer rules anyway.
    """
    reading = article.reading
    where = (ArticleRow.id == stored.article_id, ArticleRow.revision == stored.revision)
    columns = {
        "text": reading.text,
        "language": reading.language,
        "band": band(reading),
        "relevance": msgspec.to_builtins(reading.relevance),
        "story_id": article.story_id,
        "unread": None,
    }
    if await session.scalar(select(ArticleRow.id).where(*where).with_for_update()) is None:
        return False
    await search.drop(session, [stored.article_id])
    statement = update(ArticleRow).where(ArticleRow.id == stored.article_id).values(columns)
    await session.execute(statement.execution_options(synchronize_session=False))
    await facts.replace_all(session, stored.article_id, stored.revision, reading.facts)
    await corrections.reapply(session, stored.article_id)
    await documents.note(session, stored.article_id, reading, now)
    await sign(session, stored, reading)
    await search.put(session, [stored.article_id])
    for number in {stored.story_id, article.story_id} - {None}:
        await _rate(session, number or 0)
    return True


async def sign(session: AsyncSession, stored: Stored, reading: Reading) -> None:
    """Let an article be found by what it is known by, however long ago it came out."""
    came_out = stored.entry.came_out(stored.first_seen_at)
    await signatures.replace(session, stored.article_id, reading.signature, came_out)


async def placed_by_a_person(session: AsyncSession, story_ids: Sequence[int]) -> bool:
    """Tell whether somebody has merged or split one of these stories."""
    query = select(ArticleRow.id).where(ArticleRow.story_id.in_(story_ids), ArticleRow.pinned)
    return await session.scalar(query.limit(1)) is not None


async def _rate(session: AsyncSession, story_id: int) -> None:
    """Let a story be as near to its topic as the nearest of its articles is now."""
    query = select(ArticleRow.band).where(ArticleRow.story_id == story_id).distinct()
    bands: list[Band] = list(await session.scalars(query))
    best = max(bands, key=RANK.__getitem__, default="off")
    await session.execute(update(StoryRow).where(StoryRow.id == story_id).values(band=best))


def _by_id(given: Iterable[Fact]) -> dict[str, object]:
    """Return facts as they are kept and come back: each once, lists instead of tuples in them."""
    found: dict[str, object] = {}
    for fact in given:
        found.setdefault(fact.id, msgspec.to_builtins(fact))
    return found


def _from(since: datetime | None) -> list[ColumnElement[bool]]:
    # What has lost its words says nothing any more, whatever the rules.
    kept: list[ColumnElement[bool]] = [ArticleRow.emptied.is_(False)]
    return [*kept, ArticleRow.first_seen_at >= since] if since else kept


async def _row(session: AsyncSession, number: int) -> ReprocessingRow:
    query = select(ReprocessingRow).where(ReprocessingRow.id == number)
    found = await session.scalars(query.execution_options(populate_existing=True))
    return found.one()


def _run(row: ReprocessingRow) -> Run:
    return Run(
        id=row.id,
        since=row.since,
        last_id=row.last_id,
        until_id=row.until_id,
        total=row.total,
        done=row.done,
        changed=row.changed,
        chat_id=row.chat_id,
        message_id=row.message_id,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _stored(row: ArticleRow) -> Stored:
    entry = Entry(url=row.url, title=row.title, text=row.text, published=row.published)
    return Stored(
        article_id=row.id,
        source_id=row.source_id,
        revision=row.revision,
        canonical_url=row.canonical_url,
        content_hash=row.content_hash,
        entry=entry,
        language=row.language,
        band=row.band,
        relevance=values.relevance(row),
        story_id=row.story_id,
        pinned=row.pinned,
        signature=values.signature(row.signature),
        first_seen_at=row.first_seen_at,
        unread=row.unread is not None,
    )
