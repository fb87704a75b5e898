"""The outbox: what is owed to whom, who is sending it, and how far it has got."""

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Any, cast, get_args

import msgspec
from sqlalchemy import CursorResult, Row, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.folding import carries
from db.models import ChatRow, DeliveryRow, StoryMergeRow
from db.queue import lease_first_of_each_chat
from db.statements import batches, insert
from domain.alerting import KEEPS
from domain.chat import Destination
from domain.delivery import Delivery, DeliveryState, Lane, Owed, Told
from domain.message import Message

_STATES = get_args(DeliveryState)
_UNSETTLED: tuple[DeliveryState, ...] = ("owed", "leased", "failed", "uncertain")
_LOOKED_AT = 400
"""A destination's last deliveries; what is older than them is not explained any more."""


async def owe(session: AsyncSession, owed: Sequence[Owed], now: datetime) -> int:
    """Put new rows into the outbox; return how many were new.

    What a destination is owed or was sent already, by its key, is left alone.

    Raises:
        sqlalchemy.exc.IntegrityError: A chat or story is not known.
    """
    if not owed:
        return 0
    statement = insert(session, DeliveryRow).on_conflict_do_nothing(
        index_elements=["chat_id", "thread_id", "key"]
    )
    # Counted by the driver: asking for the new ids back is four times slower on PostgreSQL.
    result = await session.execute(
        statement,
        [_columns(one, now) for one in owed],
        execution_options={"preserve_rowcount": True},
    )
    return cast(CursorResult[Any], result).rowcount


async def claim(
    session: AsyncSession,
    *,
    owner: str,
    now: datetime,
    lease: timedelta,
    limit: int,
    besides: Set[int] = frozenset(),
) -> list[Delivery]:
    """Take what is to be sent next, at most one row for each chat, and none twice.

    Interactive before alerts before digests, then the longest waiting. A chat that somebody is
    sending to waits until that is over, so that its messages keep their order. `besides` are the
    chats that are to be left alone at the moment.
    """
    rows = await lease_first_of_each_chat(
        session, owner=owner, now=now, until=now + lease, limit=limit, besides=besides
    )
    return [_delivery(row) for row in rows]


async def unwritten(session: AsyncSession, numbers: Collection[int]) -> list[Delivery]:
    """Return those of the rows that nobody has claimed or put into words."""
    query = select(DeliveryRow).where(
        DeliveryRow.id.in_(numbers), DeliveryRow.state == "owed", DeliveryRow.parts.is_(None)
    )
    return [_delivery(row) for row in await session.scalars(query.order_by(DeliveryRow.id))]


async def unwritten_digests(session: AsyncSession) -> list[int]:
    """Return the numbers of digests that are owed and not put into words, oldest first."""
    query = (
        select(DeliveryRow.id)
        .where(
            DeliveryRow.state == "owed",
            DeliveryRow.kind == "digest",
            DeliveryRow.parts.is_(None),
        )
        .order_by(DeliveryRow.lane, DeliveryRow.not_before, DeliveryRow.id)
    )
    return list(await session.scalars(query))


async def expire(session: AsyncSession, now: datetime) -> int:
    """Give up what would come too late to be of use; return how many rows."""
    statement = (
        update(DeliveryRow)
        .where(DeliveryRow.state == "owed", DeliveryRow.expires_at <= now)
        .values(state="expired")
    )
    return len((await session.execute(statement.returning(DeliveryRow.id))).all())


async def alerted(
    session: AsyncSession, destination: Destination, story_ids: Collection[int]
) -> set[int]:
    """Return those of the stories that the destination was sent an alert for."""
    found: set[int] = set()
    for some in batches(list(story_ids)):
        query = select(DeliveryRow.story_id).where(
            DeliveryRow.chat_id == destination.chat_id,
            DeliveryRow.thread_id == destination.thread_id,
            DeliveryRow.kind == "alert",
            # What is on its way counts: it is there before the digest that asks.
            DeliveryRow.state.in_(("sent", "leased", "folded")),
            DeliveryRow.story_id.in_(some),
        )
        found.update(number for number in await session.scalars(query) if number is not None)
    return found


async def hold(session: AsyncSession, destination: Destination, until: datetime) -> int:
    """Let what is owed at once, and not begun, wait until then; return how many rows.

    What waits for a later hour, as after quiet hours that are none any more, waits until then
    too. Reminders have times of their own.
    """
    statement = (
        update(DeliveryRow)
        .where(
            DeliveryRow.chat_id == destination.chat_id,
            DeliveryRow.thread_id == destination.thread_id,
            DeliveryRow.kind.in_(("alert", "news")),
            DeliveryRow.state == "owed",
            DeliveryRow.started_at.is_(None),
        )
        .values(
            not_before=until,
            expires_at=case((DeliveryRow.expires_at.is_not(None), until + KEEPS), else_=None),
        )
    )
    return len((await session.execute(statement.returning(DeliveryRow.id))).all())


async def waiting_at(session: AsyncSession, destination: Destination) -> list[Destination]:
    """Return where alerts or news wait: at a destination; of a chat, also in its topics."""
    query = (
        select(DeliveryRow.thread_id)
        .where(
            DeliveryRow.chat_id == destination.chat_id,
            DeliveryRow.kind.in_(("alert", "news")),
            DeliveryRow.state == "owed",
        )
        .distinct()
    )
    if destination.thread_id:
        query = query.where(DeliveryRow.thread_id == destination.thread_id)
    threads = sorted(await session.scalars(query))
    return [Destination(chat_id=destination.chat_id, thread_id=one) for one in threads]


async def waiting_reminders(
    session: AsyncSession, story_id: int
) -> list[tuple[int, Destination, Mapping[str, Any]]]:
    """Return the reminders of a story's deadlines that are still to come: number, whose, what."""
    query = (
        select(DeliveryRow)
        .where(
            DeliveryRow.story_id == story_id,
            DeliveryRow.kind == "reminder",
            DeliveryRow.state == "owed",
        )
        .order_by(DeliveryRow.id)
    )
    return [
        (row.id, Destination(chat_id=row.chat_id, thread_id=row.thread_id), row.payload)
        for row in await session.scalars(query)
    ]


async def withdraw(session: AsyncSession, numbers: Collection[int]) -> int:
    """Owe these no more; return how many had not left yet."""
    gone = delete(DeliveryRow).where(DeliveryRow.id.in_(numbers), DeliveryRow.state == "owed")
    return len((await session.execute(gone.returning(DeliveryRow.id))).all())


async def known(session: AsyncSession, destination: Destination, keys: Collection[str]) -> set[str]:
    """Return which of these keys a destination was owed before, whatever has come of it."""
    query = select(DeliveryRow.key).where(
        DeliveryRow.chat_id == destination.chat_id,
        DeliveryRow.thread_id == destination.thread_id,
        DeliveryRow.key.in_(keys),
    )
    return set(await session.scalars(query))


async def told(
    session: AsyncSession, destination: Destination, story_id: int, news_at: Collection[datetime]
) -> list[Told]:
    """Return how a story came, or comes, to a destination: its alert, then digests over its time.

    `news_at`: when the story became news; a digest that is not put into words yet covers it by
    its window.
    """
    numbers = await _names(session, story_id)
    about = or_(DeliveryRow.story_id == story_id, DeliveryRow.kind == "digest")
    query = select(DeliveryRow).where(
        DeliveryRow.chat_id == destination.chat_id,
        DeliveryRow.thread_id == destination.thread_id,
        about,
    )
    rows = await session.scalars(query.order_by(DeliveryRow.id.desc()).limit(_LOOKED_AT))
    return [
        Told(
            kind=row.kind,
            state=row.state,
            at=row.sent_at,
            error=row.error,
            not_before=row.not_before,
            name=str(row.payload["kind"]) if row.kind == "digest" else "",
        )
        for row in reversed(rows.all())
        if row.story_id == story_id or _covers(row.payload, news_at, numbers)
    ]


async def _names(session: AsyncSession, story_id: int) -> set[int]:
    """Return the numbers under which a story was told: also of those that became part of it."""
    query = select(StoryMergeRow.story_id).where(StoryMergeRow.into_id == story_id)
    return {story_id, *await session.scalars(query)}


async def recipients(session: AsyncSession, story_id: int) -> list[Destination]:
    """Return who was told of a story by itself: by an alert, or as news of what they follow."""
    query = (
        select(DeliveryRow.chat_id, DeliveryRow.thread_id)
        .where(
            DeliveryRow.story_id == story_id,
            DeliveryRow.kind.in_(("alert", "news")),
            DeliveryRow.state.in_(("sent", "leased")),
        )
        .distinct()
        .order_by(DeliveryRow.chat_id, DeliveryRow.thread_id)
    )
    found = await session.execute(query)
    return [Destination(chat_id=chat_id, thread_id=thread_id) for chat_id, thread_id in found]


def _covers(payload: Mapping[str, Any], news_at: Collection[datetime], numbers: Set[int]) -> bool:
    if "stories" in payload:
        return not numbers.isdisjoint(payload["stories"])
    since, until = (datetime.fromisoformat(payload[name]) for name in ("since", "until"))
    return any(since < at <= until for at in news_at)


async def supersede(
    session: AsyncSession, destination: Destination, story_ids: Collection[int]
) -> int:
    """Let go of alerts that are still owed for stories which a digest tells now."""
    dropped = 0
    for some in batches(list(story_ids)):
        statement = (
            update(DeliveryRow)
            .where(
                DeliveryRow.chat_id == destination.chat_id,
                DeliveryRow.thread_id == destination.thread_id,
                DeliveryRow.kind == "alert",
                DeliveryRow.state == "owed",
                DeliveryRow.started_at.is_(None),
                DeliveryRow.story_id.in_(some),
                ~carries(),
            )
            .values(state="expired", error="told in a digest")
        )
        dropped += len((await session.execute(statement.returning(DeliveryRow.id))).all())
    return dropped


async def counts(session: AsyncSession) -> dict[str, int]:
    """Return how many rows there are in each state."""
    query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
    found = dict((await session.execute(query)).all())
    return {state: found.get(state, 0) for state in _STATES}


async def unsettled(session: AsyncSession) -> dict[str, int]:
    """Return how many rows wait, are on their way, or ended badly.

    They are few: those that were sent may be millions, and counting them takes its time.
    """
    query = select(DeliveryRow.state, func.count()).where(DeliveryRow.state.in_(_UNSETTLED))
    found = dict((await session.execute(query.group_by(DeliveryRow.state))).all())
    return {state: found.get(state, 0) for state in _UNSETTLED}


async def possible_repeats(session: AsyncSession) -> int:
    """Return how often something may have been said twice: what followed an unknown outcome."""
    # Said as its index is: there are few of them among millions.
    query = select(func.coalesce(func.sum(DeliveryRow.repeats), 0)).where(DeliveryRow.repeats > 0)
    return await session.scalar(query) or 0


async def next_due(session: AsyncSession) -> datetime | None:
    """Return from when on something is to be sent to a chat that can be told."""
    query = (
        select(func.min(DeliveryRow.not_before))
        .join(ChatRow, ChatRow.id == DeliveryRow.chat_id)
        .where(DeliveryRow.state == "owed", ChatRow.state == "active")
    )
    return await session.scalar(query)


def _columns(owed: Owed, now: datetime) -> dict[str, Any]:
    return {
        "chat_id": owed.destination.chat_id,
        "thread_id": owed.destination.thread_id,
        "kind": owed.kind,
        "key": owed.key,
        "lane": int(owed.lane),
        "story_id": owed.story_id,
        "payload": msgspec.to_builtins(owed.payload),
        "parts": None,
        "parts_sent": 0,
        "message_ids": [],
        "state": "owed",
        "attempts": 0,
        "not_before": owed.not_before or now,
        "expires_at": owed.expires_at,
        "created_at": now,
    }


def _delivery(row: DeliveryRow | Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        destination=Destination(chat_id=row.chat_id, thread_id=row.thread_id),
        kind=row.kind,
        key=row.key,
        lane=Lane(row.lane),
        payload=row.payload,
        story_id=row.story_id,
        parts=None if row.parts is None else msgspec.convert(row.parts, tuple[Message, ...]),
        message_ids=tuple(row.message_ids),
        doubts=row.doubts,
        repeat=row.started_at is not None,
    )
