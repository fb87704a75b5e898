"""The audit log: who changed what, and when."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AuditRow
from db.statements import table_of
from domain.operator import AuditEntry


async def note(
    session: AsyncSession,
    *,
    actor_id: int | None,
    action: str,
    subject: str,
    detail: Mapping[str, object],
    now: datetime,
) -> None:
    """Note a change in the unit of work that makes it; None is the command line or the bot."""
    entry = {
        "at": now,
        "actor_id": actor_id,
        "action": action,
        "subject": subject,
        "detail": msgspec.to_builtins(detail),
    }
    await session.execute(table_of(AuditRow).insert(), [entry])


async def latest(session: AsyncSession, limit: int) -> list[AuditEntry]:
    """Return the last changes, the newest first."""
    query = select(AuditRow).order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(limit)
    return [
        AuditEntry(
            at=row.at,
            actor_id=row.actor_id,
            action=row.action,
            subject=row.subject,
            detail=row.detail,
        )
        for row in await session.scalars(query)
    ]
