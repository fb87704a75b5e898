"""One-time codes: who may run the bot, and who may use one that is by invitation."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import InvitationRow
from db.statements import table_of
from domain.operator import Guest, Invited


async def make(
    session: AsyncSession,
    *,
    code: str,
    role: Invited,
    created_by: int | None,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Let whoever sends this code first be what it says; codes whose time is over are forgotten."""
    over = InvitationRow.used_at.is_(None) & (InvitationRow.expires_at <= now)
    await session.execute(delete(InvitationRow).where(over))
    row = {
        "code_hash": _hash(code),
        "role": role,
        "created_at": now,
        "created_by": created_by,
        "expires_at": expires_at,
    }
    await session.execute(table_of(InvitationRow).insert(), [row])


async def take(session: AsyncSession, code: str, user_id: int, now: datetime) -> Invited | None:
    """Use a code up; None where there is none, where it is used, and where it is too late."""
    used = (
        update(InvitationRow)
        .where(
            InvitationRow.code_hash == _hash(code),
            InvitationRow.used_at.is_(None),
            InvitationRow.expires_at > now,
        )
        .values(used_at=now, used_by=user_id)
        .returning(InvitationRow.role)
    )
    return (await session.scalars(used)).one_or_none()


async def withdraw(session: AsyncSession, role: Invited) -> None:
    """Make the codes for this that nobody has used worthless."""
    unused = InvitationRow.used_at.is_(None) & (InvitationRow.role == role)
    await session.execute(delete(InvitationRow).where(unused))


async def admitted(session: AsyncSession, user_ids: Collection[int]) -> bool:
    """Tell whether one of these people came by invitation."""
    found = select(exists().where(InvitationRow.used_by.in_(user_ids)))
    return bool(await session.scalar(found))


async def guests(session: AsyncSession) -> list[Guest]:
    """Return the readers who came by invitation, the newest first."""
    query = (
        select(InvitationRow)
        .where(InvitationRow.used_by.is_not(None), InvitationRow.role == "reader")
        .order_by(InvitationRow.used_at.desc(), InvitationRow.id.desc())
    )
    return [
        Guest(user_id=row.used_by, since=row.used_at or row.created_at, invited_by=row.created_by)
        for row in await session.scalars(query)
        if row.used_by is not None
    ]


async def uninvite(session: AsyncSession, user_id: int) -> bool:
    """Let a reader in no more; False where he had not come by invitation."""
    gone = delete(InvitationRow).where(InvitationRow.used_by == user_id)
    return bool((await session.execute(gone.returning(InvitationRow.id))).all())


def _hash(code: str) -> str:
    # 128 random bits need no salt and no slow hash.
    return sha256(code.encode("utf-8", "replace")).hexdigest()
