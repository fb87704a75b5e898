"""What chats follow, and who follows something."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.columns import is_number
from db.models import ChatRow, FollowRow
from db.statements import batches, insert
from domain.chat import Destination
from domain.follow import Follow, FollowKind, Wish


async def put(session: AsyncSession, destination: Destination, wish: Wish, now: datetime) -> bool:
    """Follow something from now on; False where that is so already."""
    new = {
        "chat_id": destination.chat_id,
        "thread_id": destination.thread_id,
        "kind": wish.kind,
        "key": wish.key,
        "label": wish.label,
        "created_at": now,
    }
    statement = insert(session, FollowRow).values(new).on_conflict_do_nothing()
    return (await session.execute(statement.returning(FollowRow.id))).scalar() is not None


async def drop(
    session: AsyncSession, destination: Destination, *, kind: FollowKind, key: str
) -> bool:
    """Follow something no more; False where it was not followed here."""
    gone = delete(FollowRow).where(*_at(destination), FollowRow.kind == kind, FollowRow.key == key)
    return (await session.execute(gone.returning(FollowRow.id))).first() is not None


async def of(session: AsyncSession, destination: Destination) -> list[Follow]:
    """Return what a destination follows, in the order in which it began to."""
    query = select(FollowRow).where(*_at(destination)).order_by(FollowRow.id)
    return [_follow(row) for row in await session.scalars(query)]


async def get(session: AsyncSession, destination: Destination, number: int) -> Follow | None:
    """Return what a destination follows under this number; nobody else's."""
    if not is_number(number):
        return None
    row = await session.scalar(select(FollowRow).where(FollowRow.id == number, *_at(destination)))
    return _follow(row) if row else None


async def count(session: AsyncSession, destination: Destination) -> int:
    """Return how much a destination follows."""
    query = select(func.count(FollowRow.id)).where(*_at(destination))
    return await session.scalar(query) or 0


async def terms(session: AsyncSession) -> list[str]:
    """Return every term that somebody who can be told follows."""
    query = (
        select(FollowRow.key)
        .join(ChatRow, ChatRow.id == FollowRow.chat_id)
        .where(FollowRow.kind == "term", ChatRow.state == "active")
        .distinct()
    )
    return sorted(await session.scalars(query))


async def followers(
    session: AsyncSession, followed: Collection[tuple[FollowKind, str]]
) -> list[Follow]:
    """Return who follows one of these things and can be told."""
    found: list[Follow] = []
    for some in batches(sorted(followed), 300):
        query = (
            select(FollowRow)
            .join(ChatRow, ChatRow.id == FollowRow.chat_id)
            .where(ChatRow.state == "active", or_(*_each(some)))
            .order_by(FollowRow.id)
        )
        found += [_follow(row) for row in await session.scalars(query)]
    return found


def _each(followed: Iterable[tuple[FollowKind, str]]) -> list[ColumnElement[bool]]:
    return [and_(FollowRow.kind == kind, FollowRow.key == key) for kind, key in followed]


def _at(destination: Destination) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        FollowRow.chat_id == destination.chat_id,
        FollowRow.thread_id == destination.thread_id,
    )


def _follow(row: FollowRow) -> Follow:
    return Follow(
        id=row.id,
        destination=Destination(chat_id=row.chat_id, thread_id=row.thread_id),
        kind=row.kind,
        key=row.key,
        label=row.label,
    )
