"""What people said of stories, each for the chat or topic in which he said it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import ArticleRow, VerdictRow
from db.statements import batches, insert
from domain.chat import Destination
from domain.preferences import Verdict


async def put(
    session: AsyncSession,
    destination: Destination,
    story_id: int,
    verdict: Verdict,
    *,
    user_id: int | None,
    now: datetime,
) -> None:
    """Note what is said of a story here; the last word counts."""
    new = {"verdict": verdict, "user_id": user_id, "at": now}
    place = {
        "chat_id": destination.chat_id,
        "thread_id": destination.thread_id,
        "story_id": story_id,
    }
    keys = list(place)
    statement = insert(session, VerdictRow).values(place | new)
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=new))


async def drop(session: AsyncSession, destination: Destination, story_id: int) -> bool:
    """Take back what was said of a story here; False where nothing was."""
    gone = delete(VerdictRow).where(*_at(destination), VerdictRow.story_id == story_id)
    return (await session.execute(gone.returning(VerdictRow.story_id))).first() is not None


async def of(
    session: AsyncSession, destination: Destination, story_ids: Collection[int]
) -> dict[int, Verdict]:
    """Return what was said here of these stories."""
    found: dict[int, Verdict] = {}
    for some in batches(list(story_ids)):
        query = select(VerdictRow.story_id, VerdictRow.verdict).where(
            *_at(destination), VerdictRow.story_id.in_(some)
        )
        found.update((story_id, said) for story_id, said in await session.execute(query))
    return found


async def about(
    session: AsyncSession, story_ids: Collection[int]
) -> dict[Destination, dict[int, Verdict]]:
    """Return what was said of these stories anywhere."""
    found: dict[Destination, dict[int, Verdict]] = {}
    for some in batches(list(story_ids)):
        query = select(VerdictRow).where(VerdictRow.story_id.in_(some))
        for row in await session.scalars(query):
            at = Destination(chat_id=row.chat_id, thread_id=row.thread_id)
            found.setdefault(at, {})[row.story_id] = row.verdict
    return found


async def titles(session: AsyncSession, verdict: Verdict, limit: int) -> list[str]:
    """Return the titles of the articles of stories of which somebody said this, newest first."""
    said = select(VerdictRow.story_id).where(VerdictRow.verdict == verdict).distinct()
    query = (
        select(ArticleRow.title)
        .where(ArticleRow.story_id.in_(said))
        .order_by(ArticleRow.id.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))


async def marks(session: AsyncSession, source_id: int) -> dict[Verdict, int]:
    """Return of how many stories that a source tells alone each thing was said."""
    other = aliased(ArticleRow)
    shared = exists().where(other.story_id == VerdictRow.story_id, other.source_id != source_id)
    query = (
        select(VerdictRow.verdict, func.count(VerdictRow.story_id.distinct()))
        .join(ArticleRow, ArticleRow.story_id == VerdictRow.story_id)
        .where(ArticleRow.source_id == source_id, ~shared)
        .group_by(VerdictRow.verdict)
    )
    return dict((await session.execute(query)).all())


def _at(destination: Destination) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        VerdictRow.chat_id == destination.chat_id,
        VerdictRow.thread_id == destination.thread_id,
    )
