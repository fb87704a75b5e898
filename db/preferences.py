"""What destinations have set: their rules, quiet hours, silences, and a topic's own language.

A row keeps only what is otherwise than above it: what a later version adds is then the usual too,
and what a chat changes changes in its topics as well, where they have not said otherwise.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import ChatRow, PreferenceRow, SubscriptionRow
from db.statements import batches, insert
from domain.chat import Destination, Language
from domain.preferences import UNSET, Listener, Preferences, Quiet
from domain.rule import Rule

_OTHERS = "barred"
"""Operators' words, which stand elsewhere and are for everybody."""


class _Kept(NamedTuple):
    """What one row says; None where it says nothing."""

    rule: Mapping[str, Any] | None
    quiet_from: int | None
    quiet_until: int | None
    muted_until: datetime | None
    silent: bool | None
    language: Language | None
    timezone: str | None


_NOTHING = _Kept(*[None] * len(_Kept._fields))


async def of(session: AsyncSession, destination: Destination) -> Preferences:
    """Return what holds at a destination: in a topic what the chat has set, but for its own."""
    chat, topic = await _kept_for(session, destination)
    return _over(topic, _over(chat, UNSET))


async def above(session: AsyncSession, destination: Destination) -> Preferences:
    """Return what holds where a destination has set nothing itself."""
    if not destination.thread_id:
        return UNSET
    return await of(session, Destination(chat_id=destination.chat_id))


async def put(
    session: AsyncSession, destination: Destination, wanted: Preferences, now: datetime
) -> None:
    """Set everything that a destination can set, in the place of what it had set.

    Raises:
        sqlalchemy.exc.IntegrityError: The chat is not known.
    """
    usual = await above(session, destination)
    new = _different(wanted, usual, now)._asdict() | {"updated_at": now}
    place = {"chat_id": destination.chat_id, "thread_id": destination.thread_id}
    statement = insert(session, PreferenceRow).values(place | new)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["chat_id", "thread_id"], set_=new)
    )


async def listeners(session: AsyncSession) -> list[Listener]:
    """Return who wants alerts and can be told, each with what holds there, in one query."""
    chat = aliased(PreferenceRow)
    own = and_(
        PreferenceRow.chat_id == SubscriptionRow.chat_id,
        PreferenceRow.thread_id == SubscriptionRow.thread_id,
    )
    above = and_(
        SubscriptionRow.thread_id != 0,
        chat.chat_id == SubscriptionRow.chat_id,
        chat.thread_id == 0,
    )
    query = (
        select(
            SubscriptionRow.chat_id,
            SubscriptionRow.thread_id,
            ChatRow.timezone,
            *_columns(PreferenceRow),
            *_columns(chat),
        )
        .join(ChatRow, ChatRow.id == SubscriptionRow.chat_id)
        .join(PreferenceRow, own, isouter=True)
        .join(chat, above, isouter=True)
        .where(SubscriptionRow.kind == "instant", ChatRow.state == "active")
        .order_by(SubscriptionRow.id)
    )
    return [_listener(*row) for row in await session.execute(query)]


async def muted(
    session: AsyncSession, destinations: Collection[Destination], now: datetime
) -> set[Destination]:
    """Return those of the destinations in which nothing is to come by itself at the moment."""
    held: dict[tuple[int, int], datetime | None] = {}
    for chats in batches(sorted({one.chat_id for one in destinations})):
        query = select(
            PreferenceRow.chat_id, PreferenceRow.thread_id, PreferenceRow.muted_until
        ).where(PreferenceRow.chat_id.in_(chats), PreferenceRow.muted_until.is_not(None))
        held |= {(chat, thread): until for chat, thread, until in await session.execute(query)}
    found = set()
    for one in destinations:
        until = held.get((one.chat_id, one.thread_id)) or held.get((one.chat_id, 0))
        if until is not None and until > now:
            found.add(one)
    return found


async def zones(session: AsyncSession, chat_id: int) -> dict[int, str]:
    """Return the topics of a chat that have a zone of their own, with it."""
    query = select(PreferenceRow.thread_id, PreferenceRow.timezone).where(
        PreferenceRow.chat_id == chat_id,
        PreferenceRow.thread_id != 0,
        PreferenceRow.timezone.is_not(None),
    )
    return {thread: zone for thread, zone in await session.execute(query) if zone}


def _columns(row: type[PreferenceRow]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _Kept._fields)


async def _kept_for(session: AsyncSession, destination: Destination) -> tuple[_Kept, _Kept]:
    """Return what the chat's row says, and the topic's."""
    query = select(PreferenceRow.thread_id, *_columns(PreferenceRow)).where(
        PreferenceRow.chat_id == destination.chat_id,
        PreferenceRow.thread_id.in_((0, destination.thread_id)),
    )
    said = {thread: _Kept(*kept) for thread, *kept in await session.execute(query)}
    topic = said.get(destination.thread_id) if destination.thread_id else None
    return said.get(0, _NOTHING), topic or _NOTHING


def _listener(chat_id: int, thread_id: int, zone: str, *said: Any) -> Listener:
    own, chat = _Kept(*said[: len(_NOTHING)]), _Kept(*said[len(_NOTHING) :])
    preferences = _over(own, _over(chat, UNSET))
    return Listener(
        destination=Destination(chat_id=chat_id, thread_id=thread_id),
        preferences=preferences,
        timezone=preferences.timezone or zone,
    )


def _over(kept: _Kept, above: Preferences) -> Preferences:
    """Return what holds where a row stands below what is set above it."""
    if kept == _NOTHING:
        return above
    return Preferences(
        rule=_ruled(kept.rule, above.rule),
        quiet=_quiet(kept, above.quiet),
        muted_until=above.muted_until if kept.muted_until is None else kept.muted_until,
        silent=above.silent if kept.silent is None else kept.silent,
        language=kept.language,
        timezone=kept.timezone,
    )


def _ruled(kept: Mapping[str, Any] | None, above: Rule) -> Rule:
    return msgspec.convert({**msgspec.to_builtins(above), **kept}, Rule) if kept else above


def _quiet(kept: _Kept, above: Quiet | None) -> Quiet | None:
    if kept.quiet_from is None or kept.quiet_until is None:
        return above
    if kept.quiet_from == kept.quiet_until:
        return None
    return Quiet(start=kept.quiet_from, until=kept.quiet_until)


def _different(wanted: Preferences, above: Preferences, now: datetime) -> _Kept:
    """Return what is wanted otherwise than above."""
    quiet = wanted.quiet or Quiet(start=0, until=0)
    has_quiet = wanted.quiet != above.quiet
    # Muted above and not here: a time that is over says so.
    muted = wanted.muted_until or now
    return _Kept(
        rule=_rule_apart(wanted.rule, above.rule),
        quiet_from=quiet.start if has_quiet else None,
        quiet_until=quiet.until if has_quiet else None,
        muted_until=muted if wanted.muted_until != above.muted_until else None,
        silent=wanted.silent if wanted.silent != above.silent else None,
        language=wanted.language,
        timezone=wanted.timezone,
    )


def _rule_apart(wanted: Rule, above: Rule) -> dict[str, Any]:
    usual = msgspec.to_builtins(above)
    said: Mapping[str, Any] = msgspec.to_builtins(wanted)
    return {name: value for name, value in said.items() if value != usual[name] and name != _OTHERS}
