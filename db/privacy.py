"""What is forgotten when a person or a group wants to be: everything that has their number."""

import re
from typing import Any

from sqlalchemy import Text, cast, delete, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    AuditRow,
    BarredRow,
    BroadcastRow,
    ChatRow,
    CorrectionRow,
    DeliveryRow,
    HeardRow,
    InvitationRow,
    LookRow,
    OperatorRow,
    PauseRow,
    ProposalRow,
    ReprocessingRow,
    SourceRow,
    SuggestionRow,
    VerdictRow,
)
from db.statements import batches, table_of

NAMES = (
    (SourceRow, "added_by"),
    (ChatRow, "added_by"),
    (CorrectionRow, "reported_by"),
    (CorrectionRow, "decided_by"),
    (ReprocessingRow, "started_by"),
    (OperatorRow, "added_by"),
    (InvitationRow, "created_by"),
    (InvitationRow, "used_by"),
    (BroadcastRow, "created_by"),
    (VerdictRow, "user_id"),
    (BarredRow, "barred_by"),
    (ProposalRow, "decided_by"),
    (SuggestionRow, "decided_by"),
    (AuditRow, "actor_id"),
)
"""Columns that say who did something: what was done stays, by nobody."""

FORGOTTEN = "forgotten"
"""Stands in the audit log where a number stood."""


async def forget_chat(session: AsyncSession, chat_id: int) -> bool:
    """Delete a chat with all that belongs to it; False where it was not known."""
    await _really(session)
    shown = update(ReprocessingRow).where(ReprocessingRow.chat_id == chat_id)
    await session.execute(shown.values(chat_id=None, message_id=None))
    await session.execute(delete(PauseRow).where(PauseRow.chat_id == chat_id))
    await _forget_mentions(session, chat_id)
    # What hangs on it goes along, by the tables' own rules: ON DELETE CASCADE.
    gone = delete(ChatRow).where(ChatRow.id == chat_id).returning(ChatRow.id)
    found = await session.execute(gone.execution_options(synchronize_session=False))
    return found.first() is not None


async def forget_person(session: AsyncSession, user_id: int) -> None:
    """Delete what says who a person is, also where he did something in groups."""
    await _really(session)
    await session.execute(delete(LookRow).where(LookRow.actor_id == user_id))
    for row, name in NAMES:
        column = table_of(row).c[name]
        await session.execute(update(table_of(row)).where(column == user_id).values({name: None}))
    await _forget_mentions(session, user_id)


async def _really(session: AsyncSession) -> None:
    """Have SQLite overwrite what is deleted; otherwise it would stay in the file for a while."""
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(text("PRAGMA secure_delete = ON"))


async def _forget_mentions(session: AsyncSession, number: int) -> None:
    """Take a number out of what is kept as text: updates, letters to others, the audit log."""
    await _forget_updates(session, number)
    await _forget_farewells(session, number)
    said = f"%{number}%"
    named = or_(AuditRow.subject.like(said), cast(AuditRow.detail, Text).like(said))
    query = select(AuditRow.id, AuditRow.subject, AuditRow.detail).where(named)
    for row in (await session.execute(query)).all():
        without = {"subject": _without(row.subject, number), "detail": _without(row.detail, number)}
        await session.execute(update(AuditRow).where(AuditRow.id == row.id).values(without))


async def _forget_updates(session: AsyncSession, number: int) -> None:
    query = select(HeardRow.update_id, HeardRow.body).where(HeardRow.body.like(f"%{number}%"))
    found = (await session.execute(query)).all()
    about = [row.update_id for row in found if _without(row.body, number) != row.body]
    for some in batches(about):
        gone = update(HeardRow).where(HeardRow.update_id.in_(some))
        await session.execute(gone.values(body=None))


async def _forget_farewells(session: AsyncSession, number: int) -> None:
    """Whoever brought the bot to a group was told that it had to leave, and which group it was."""
    query = select(DeliveryRow.id, DeliveryRow.payload).where(
        DeliveryRow.kind == "farewell", cast(DeliveryRow.payload, Text).like(f"%{number}%")
    )
    found = (await session.execute(query)).all()
    about = [row.id for row in found if _without(row.payload, number) != row.payload]
    for some in batches(about):
        gone = delete(DeliveryRow).where(DeliveryRow.id.in_(some))
        await session.execute(gone.execution_options(synchronize_session=False))


def _without(value: Any, number: int) -> Any:
    """Return a value without a number, at any depth; longer numbers that hold it are others."""
    if isinstance(value, dict):
        return {name: _without(inner, number) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, number) for inner in value]
    if isinstance(value, str):
        return re.sub(rf"(?<![\d-]){number}(?!\d)", FORGOTTEN, value)
    return FORGOTTEN if value == number and not isinstance(value, bool) else value
