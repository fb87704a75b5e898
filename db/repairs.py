"""What people repair about stories: two that are one, one that is two. It stays as they said."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.columns import is_number
from db.models import (
    ArticleRow,
    DeliveryRow,
    SavedRow,
    StoryLinkRow,
    StoryMergeRow,
    StoryRow,
    VerdictRow,
)
from db.statements import batches, table_of
from domain.grouping import RANK
from domain.relevance import Band


class NoSuchStory(LookupError):
    """There is no story of this number (any more); `number` is the one asked for."""

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no story s{number}")
        self.number = number


class NothingToRepair(ValueError):
    """The stories are one already, or the parts named are none or all of the story."""


async def whereabouts(session: AsyncSession, story_id: int) -> int:
    """Return the number under which a story is found now: it may have been merged away."""
    if not is_number(story_id):
        return story_id
    query = select(StoryMergeRow.into_id).where(StoryMergeRow.story_id == story_id)
    return await session.scalar(query) or story_id


async def merge(
    session: AsyncSession, *, into: int, other: int, now: datetime, pin: bool = True
) -> int:
    """Make two stories one and return its number; `other` leads there from now on.

    Its articles stay together whatever the rules say later, unless it was rules that joined them
    (`pin`); nobody who was alerted to either is alerted again.

    Raises:
        NoSuchStory: One of them is not there.
        NothingToRepair: They are one already.
    """
    stays, goes = await _row(session, into), await _row(session, other)
    if stays.id == goes.id:
        raise NothingToRepair(f"s{into} and s{other} are one story already")
    await _gather(session, stays, goes, now)
    if pin:
        await _pin(session, stays.id)
    await _lead_to(session, goes.id, stays.id, now)
    await _relink(session, goes.id, stays.id)
    await _hand_over_deliveries(session, goes.id, stays.id)
    await _hand_over_marks(session, goes.id, stays.id)
    return stays.id


async def split(
    session: AsyncSession, *, story_id: int, article_ids: Collection[int], now: datetime
) -> int:
    """Take these articles out into a story of their own and return its number.

    Both halves stay as they are, whatever the rules say later.

    Raises:
        NoSuchStory: It is not there.
        NothingToRepair: None of its articles are named, or all of them.
    """
    row = await _row(session, story_id)
    query = select(ArticleRow.id, ArticleRow.first_seen_at).where(ArticleRow.story_id == row.id)
    told = dict((await session.execute(query)).all())
    taken = sorted(told.keys() & set(article_ids))
    if len(taken) in (0, len(told)):
        raise NothingToRepair(f"s{row.id} can give away some of its {len(told)} articles, not all")
    await _pin(session, row.id)
    # The half that leaves is as old as its articles: no digest takes it for new.
    number = await _begin(session, row, min(told[article] for article in taken), now)
    for some in batches(taken):
        moved = update(ArticleRow).where(ArticleRow.id.in_(some)).values(story_id=number)
        await session.execute(moved)
    for half in (row.id, number):
        await _rate(session, half, now)
    return number


async def _row(session: AsyncSession, story_id: int) -> StoryRow:
    number = await whereabouts(session, story_id)
    query = select(StoryRow).where(StoryRow.id == number).with_for_update()
    row = await session.scalar(query) if is_number(number) else None
    if row is None:
        raise NoSuchStory(story_id)
    return row


async def _gather(session: AsyncSession, stays: StoryRow, goes: StoryRow, now: datetime) -> None:
    await session.execute(
        update(ArticleRow).where(ArticleRow.story_id == goes.id).values(story_id=stays.id)
    )
    await session.execute(
        update(StoryRow)
        .where(StoryRow.id == stays.id)
        .values(
            band=max(stays.band, goes.band, key=RANK.__getitem__),
            backlog=stays.backlog and goes.backlog,
            first_seen_at=min(stays.first_seen_at, goes.first_seen_at),
            updated_at=now,
        )
    )


async def _pin(session: AsyncSession, story_id: int) -> None:
    await session.execute(
        update(ArticleRow).where(ArticleRow.story_id == story_id).values(pinned=True)
    )


async def _lead_to(session: AsyncSession, gone: int, stays: int, now: datetime) -> None:
    await session.execute(
        update(StoryMergeRow).where(StoryMergeRow.into_id == gone).values(into_id=stays)
    )
    led = {"story_id": gone, "into_id": stays, "merged_at": now}
    await session.execute(table_of(StoryMergeRow).insert(), [led])


async def _relink(session: AsyncSession, gone: int, stays: int) -> None:
    """What stated the same facts as the story that is gone does so with the one that stays."""
    touched = or_(
        StoryLinkRow.story_id.in_((gone, stays)), StoryLinkRow.other_id.in_((gone, stays))
    )
    links: dict[tuple[int, int], dict[str, Any]] = {}
    for link in await session.scalars(select(StoryLinkRow).where(touched)):
        ends = {stays if end == gone else end for end in (link.story_id, link.other_id)}
        if len(ends) == 2:
            low, high = sorted(ends)
            row = {"story_id": low, "other_id": high, "shared": link.shared}
            links.setdefault((low, high), row | {"linked_at": link.linked_at})
    await session.execute(delete(StoryLinkRow).where(touched))
    if links:
        await session.execute(table_of(StoryLinkRow).insert(), list(links.values()))


async def _hand_over_deliveries(session: AsyncSession, gone: int, stays: int) -> None:
    """An alert to the story that is gone counts as one to the story that stays: one is enough."""
    twin = aliased(DeliveryRow)
    has_one = (
        select(twin.id)
        .where(
            twin.chat_id == DeliveryRow.chat_id,
            twin.thread_id == DeliveryRow.thread_id,
            twin.key == f"alert:s{stays}",
        )
        .exists()
    )
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.key == f"alert:s{gone}", DeliveryRow.story_id == gone, ~has_one)
        .values(key=f"alert:s{stays}")
    )
    still_owed = (
        DeliveryRow.key == f"alert:s{gone}",
        DeliveryRow.state == "owed",
        DeliveryRow.started_at.is_(None),
    )
    await session.execute(
        update(DeliveryRow)
        .where(*still_owed)
        .values(state="expired", error=f"told as story {stays}")
    )
    await session.execute(
        update(DeliveryRow).where(DeliveryRow.story_id == gone).values(story_id=stays)
    )


async def _hand_over_marks(session: AsyncSession, gone: int, stays: int) -> None:
    """What was said of the story that is gone, and who saved it, holds for the one that stays."""
    for row in (VerdictRow, SavedRow):
        table = table_of(row)
        twin = table.alias()
        has_one = exists().where(
            twin.c.story_id == stays,
            twin.c.chat_id == table.c.chat_id,
            twin.c.thread_id == table.c.thread_id,
        )
        await session.execute(
            update(table).where(table.c.story_id == gone, ~has_one).values(story_id=stays)
        )


async def _begin(
    session: AsyncSession, row: StoryRow, first_seen_at: datetime, now: datetime
) -> int:
    new = {
        "topic": row.topic,
        "band": row.band,
        "backlog": row.backlog,
        "first_seen_at": first_seen_at,
        "updated_at": now,
    }
    statement = table_of(StoryRow).insert().values(new).returning(StoryRow.id)
    return (await session.execute(statement)).scalar_one()


async def _rate(session: AsyncSession, story_id: int, now: datetime) -> None:
    query = select(ArticleRow.band).where(ArticleRow.story_id == story_id).distinct()
    bands: list[Band] = list(await session.scalars(query))
    best = max(bands, key=RANK.__getitem__)
    await session.execute(
        update(StoryRow).where(StoryRow.id == story_id).values(band=best, updated_at=now)
    )
