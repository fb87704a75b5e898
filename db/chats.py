"""Chats: their settings, whether they can be told anything, and where they have moved."""

from datetime import datetime

from sqlalchemy import and_, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.columns import Base
from db.models import (
    ChatRow,
    DeliveryRow,
    FollowRow,
    PreferenceRow,
    SavedRow,
    SubscriptionRow,
    SuggestionRow,
    VerdictRow,
)
from db.statements import insert, table_of
from domain.chat import Chat, Destination, Language
from domain.preferences import Preferences, spoken_to


async def get(session: AsyncSession, chat_id: int) -> Chat | None:
    """Return a chat that the bot knows."""
    row = await _row(session, chat_id)
    return _chat(row) if row else None


async def at(session: AsyncSession, destination: Destination) -> Chat | None:
    """Return a chat as it is spoken to at one place: a topic may have its own language and zone."""
    own = and_(
        PreferenceRow.chat_id == ChatRow.id,
        PreferenceRow.thread_id == destination.thread_id,
        PreferenceRow.thread_id != 0,
    )
    query = (
        select(ChatRow, PreferenceRow.language, PreferenceRow.timezone)
        .join(PreferenceRow, own, isouter=True)
        .where(ChatRow.id == destination.chat_id)
    )
    found = (await session.execute(query)).first()
    if found is None:
        return None
    row, language, timezone = found
    return spoken_to(_chat(row), Preferences(language=language, timezone=timezone))


async def remember(session: AsyncSession, chat: Chat, now: datetime) -> Chat:
    """Note that a chat can be told things again, and what it is called now; return it as kept.

    A new one gets the given language and zone; a known one keeps its own.
    """
    refreshed = {
        "type": chat.type,
        "title": chat.title,
        "state": "active",
        "state_reason": None,
        "updated_at": now,
    }
    first = {
        "id": chat.id,
        "language": chat.language,
        "timezone": chat.timezone,
        "created_at": now,
    }
    await session.execute(
        insert(session, ChatRow)
        .values(first | refreshed)
        .on_conflict_do_update(index_elements=["id"], set_=refreshed)
    )
    return _chat((await session.scalars(select(ChatRow).where(ChatRow.id == chat.id))).one())


async def set_language(
    session: AsyncSession, chat_id: int, language: Language, now: datetime
) -> None:
    """Speak this language to a chat from now on."""
    await session.execute(
        update(ChatRow).where(ChatRow.id == chat_id).values(language=language, updated_at=now)
    )


async def set_timezone(session: AsyncSession, chat_id: int, timezone: str, now: datetime) -> None:
    """Use this zone for what a chat subscribes to from now on, and for the times it reads."""
    await session.execute(
        update(ChatRow).where(ChatRow.id == chat_id).values(timezone=timezone, updated_at=now)
    )


async def brought_by(session: AsyncSession, chat_id: int, user_id: int, now: datetime) -> None:
    """Note who brought the bot to a chat: he is told when it cannot speak there."""
    await session.execute(
        update(ChatRow).where(ChatRow.id == chat_id).values(added_by=user_id, updated_at=now)
    )


async def suspend(session: AsyncSession, chat_id: int, reason: str, now: datetime) -> None:
    """Tell a chat nothing until it is back; all its wishes are kept."""
    await session.execute(
        update(ChatRow)
        .where(ChatRow.id == chat_id)
        .values(state="suspended", state_reason=reason, updated_at=now)
    )


async def move(session: AsyncSession, old_id: int, new_id: int, now: datetime) -> None:
    """Follow a group that has become a supergroup: everything it has gets the new id.

    Telegram says so twice, in either order, and the new id may be known already. Then both
    become one: settings and subscriptions are those of the chat that was known first, and what
    either of them has been told is not told again. A second call changes nothing.
    """
    if old_id == new_id:
        return
    query = select(ChatRow).where(ChatRow.id.in_((old_id, new_id))).with_for_update()
    rows = {row.id: row for row in await session.scalars(query.order_by(ChatRow.id))}
    if old_id not in rows:
        return
    if new_id not in rows:
        # Subscriptions and deliveries follow by ON UPDATE CASCADE.
        moved = {"id": new_id, "type": "supergroup", "updated_at": now}
        await session.execute(update(ChatRow).where(ChatRow.id == old_id).values(moved))
        return
    if rows[old_id].created_at <= rows[new_id].created_at:
        await _take_settings(session, rows[old_id], new_id, now)
        await _drop_subscriptions(session, of=new_id, held_by=old_id)
        await _drop_preferences(session, of=new_id, held_by=old_id)
    await _merge(session, old_id, new_id)
    await session.execute(delete(ChatRow).where(ChatRow.id == old_id))


async def count(session: AsyncSession) -> tuple[int, int]:
    """Return how many chats are active, and how many suspended."""
    query = select(ChatRow.state, func.count()).group_by(ChatRow.state)
    by_state = dict((await session.execute(query)).all())
    return by_state.get("active", 0), by_state.get("suspended", 0)


async def newest(session: AsyncSession, limit: int) -> list[Chat]:
    """Return the chats that came last, the newest first."""
    query = select(ChatRow).order_by(ChatRow.created_at.desc(), ChatRow.id).limit(limit)
    return [_chat(row) for row in await session.scalars(query)]


async def _row(session: AsyncSession, chat_id: int) -> ChatRow | None:
    return await session.scalar(select(ChatRow).where(ChatRow.id == chat_id))


async def _take_settings(session: AsyncSession, older: ChatRow, new_id: int, now: datetime) -> None:
    settings = {
        "language": older.language,
        "timezone": older.timezone,
        "added_by": older.added_by,
        "created_at": older.created_at,
        "updated_at": now,
    }
    await session.execute(update(ChatRow).where(ChatRow.id == new_id).values(settings))


async def _drop_subscriptions(session: AsyncSession, *, of: int, held_by: int) -> None:
    other = aliased(SubscriptionRow)
    same = and_(
        other.chat_id == held_by,
        other.thread_id == SubscriptionRow.thread_id,
        other.kind == SubscriptionRow.kind,
    )
    held = select(SubscriptionRow.id).where(SubscriptionRow.chat_id == of, exists().where(same))
    await session.execute(delete(SubscriptionRow).where(SubscriptionRow.id.in_(held)))


async def _drop_preferences(session: AsyncSession, *, of: int, held_by: int) -> None:
    held = select(PreferenceRow.thread_id).where(PreferenceRow.chat_id == held_by)
    gone = delete(PreferenceRow).where(
        PreferenceRow.chat_id == of, PreferenceRow.thread_id.in_(held)
    )
    await session.execute(gone.execution_options(synchronize_session=False))


async def _drop_follows(session: AsyncSession, *, of: int, held_by: int) -> None:
    other = aliased(FollowRow)
    same = and_(
        other.chat_id == held_by,
        other.thread_id == FollowRow.thread_id,
        other.kind == FollowRow.kind,
        other.key == FollowRow.key,
    )
    held = select(FollowRow.id).where(FollowRow.chat_id == of, exists().where(same))
    await session.execute(delete(FollowRow).where(FollowRow.id.in_(held)))


_BY_PLACE: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (PreferenceRow, ("thread_id",)),
    (VerdictRow, ("thread_id", "story_id")),
    (SavedRow, ("thread_id", "story_id")),
)
"""What a chat has once for each of these, besides its own number."""


async def _take_what_is_missing(session: AsyncSession, old_id: int, new_id: int) -> None:
    """Give the new chat what only the old one has; the rest goes with the old one."""
    for row, names in _BY_PLACE:
        table = table_of(row)
        other = table.alias()
        same = (other.c[name] == table.c[name] for name in names)
        held = exists().where(other.c.chat_id == new_id, *same)
        await session.execute(
            update(table).where(table.c.chat_id == old_id, ~held).values(chat_id=new_id)
        )
    await session.execute(
        update(SuggestionRow).where(SuggestionRow.chat_id == old_id).values(chat_id=new_id)
    )


async def _merge(session: AsyncSession, old_id: int, new_id: int) -> None:
    await _drop_subscriptions(session, of=old_id, held_by=new_id)
    await session.execute(
        update(SubscriptionRow).where(SubscriptionRow.chat_id == old_id).values(chat_id=new_id)
    )
    await _drop_follows(session, of=old_id, held_by=new_id)
    await session.execute(
        update(FollowRow).where(FollowRow.chat_id == old_id).values(chat_id=new_id)
    )
    await _take_what_is_missing(session, old_id, new_id)
    # What the old chat was sent is not owed to the new one; otherwise the new one's row stands.
    await _drop_deliveries(session, of=new_id, held_by=old_id, owed_here_sent_there=True)
    await _drop_deliveries(session, of=old_id, held_by=new_id)
    await session.execute(
        update(DeliveryRow).where(DeliveryRow.chat_id == old_id).values(chat_id=new_id)
    )


async def _drop_deliveries(
    session: AsyncSession, *, of: int, held_by: int, owed_here_sent_there: bool = False
) -> None:
    other = aliased(DeliveryRow)
    same = and_(
        other.chat_id == held_by,
        other.thread_id == DeliveryRow.thread_id,
        other.key == DeliveryRow.key,
    )
    if owed_here_sent_there:
        same = and_(same, other.state == "sent", DeliveryRow.state == "owed")
    held = select(DeliveryRow.id).where(DeliveryRow.chat_id == of, exists().where(same))
    await session.execute(delete(DeliveryRow).where(DeliveryRow.id.in_(held)))


def _chat(row: ChatRow) -> Chat:
    return Chat(
        id=row.id,
        type=row.type,
        title=row.title,
        language=row.language,
        timezone=row.timezone,
        state=row.state,
        state_reason=row.state_reason,
        added_by=row.added_by,
    )
