"""What destinations have set: their rules, quiet hours and silences."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ChatRow, PreferenceRow, SubscriptionRow
from db.statements import insert
from domain.chat import Destination
from domain.preferences import UNSET, Listener, Preferences, Quiet
from domain.rule import USUAL, Rule

_COLUMNS = (
    PreferenceRow.rule,
    PreferenceRow.quiet_from,
    PreferenceRow.quiet_until,
    PreferenceRow.muted_until,
    PreferenceRow.silent,
)


async def of(session: AsyncSession, destination: Destination) -> Preferences:
    """Return what a destination has set; the usual where it has set nothing."""
    query = select(*_COLUMNS).where(*_at(destination))
    row = (await session.execute(query)).first()
    return _preferences(row) if row else UNSET


async def put(
    session: AsyncSession, destination: Destination, wanted: Preferences, now: datetime
) -> None:
    """Set everything that a destination can set, in the place of what it had set.

    Raises:
        sqlalchemy.exc.IntegrityError: The chat is not known.
    """
    quiet = wanted.quiet
    new = {
        "rule": _kept(wanted.rule),
        "quiet_from": quiet.start if quiet else None,
        "quiet_until": quiet.until if quiet else None,
        "muted_until": wanted.muted_until,
        "silent": wanted.silent,
        "updated_at": now,
    }
    place = {"chat_id": destination.chat_id, "thread_id": destination.thread_id}
    statement = insert(session, PreferenceRow).values(place | new)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["chat_id", "thread_id"], set_=new)
    )


async def listeners(session: AsyncSession) -> list[Listener]:
    """Return who wants alerts and can be told, each with what it has set, in one query."""
    mine = and_(
        PreferenceRow.chat_id == SubscriptionRow.chat_id,
        PreferenceRow.thread_id == SubscriptionRow.thread_id,
    )
    query = (
        select(SubscriptionRow.chat_id, SubscriptionRow.thread_id, ChatRow.timezone, *_COLUMNS)
        .join(ChatRow, ChatRow.id == SubscriptionRow.chat_id)
        .join(PreferenceRow, mine, isouter=True)
        .where(SubscriptionRow.kind == "instant", ChatRow.state == "active")
        .order_by(SubscriptionRow.id)
    )
    return [
        Listener(
            destination=Destination(chat_id=row.chat_id, thread_id=row.thread_id),
            preferences=UNSET if row.rule is None else _preferences(row),
            timezone=row.timezone,
        )
        for row in await session.execute(query)
    ]


async def muted(session: AsyncSession, now: datetime) -> set[Destination]:
    """Return every destination in which nothing is to come by itself at the moment."""
    query = select(PreferenceRow.chat_id, PreferenceRow.thread_id).where(
        PreferenceRow.muted_until > now
    )
    return {
        Destination(chat_id=chat_id, thread_id=thread_id)
        for chat_id, thread_id in await session.execute(query)
    }


def _at(destination: Destination) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        PreferenceRow.chat_id == destination.chat_id,
        PreferenceRow.thread_id == destination.thread_id,
    )


def _kept(rule: Rule) -> dict[str, Any]:
    """Keep only what is not the usual: what a later version adds is then the usual too."""
    usual = msgspec.to_builtins(USUAL)
    said: Mapping[str, Any] = msgspec.to_builtins(rule)
    return {name: value for name, value in said.items() if value != usual[name] and name != _OTHERS}


_OTHERS = "barred"
"""Operators' words, which stand elsewhere and are for everybody."""


def _preferences(row: Row[*tuple[Any, ...]]) -> Preferences:
    quiet = None
    if row.quiet_from is not None and row.quiet_until is not None:
        quiet = Quiet(start=row.quiet_from, until=row.quiet_until)
    return Preferences(
        rule=msgspec.convert(row.rule, Rule) if row.rule else USUAL,
        quiet=quiet,
        muted_until=row.muted_until,
        silent=row.silent,
    )
