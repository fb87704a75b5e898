"""Who may use the bot at all, and what a one-time code makes of whoever sends it."""

import secrets
from datetime import datetime, timedelta

import db.audit
import db.chats
import db.invitations
import db.operators
from bot.context import Tools
from bot.language import later
from bot.rights import Asker
from domain.operator import Invited

BY_INVITATION = later(
    "This bot is by invitation. If you were given a code, send it: /start followed by the code."
)
LASTS: dict[Invited, timedelta] = {
    "owner": timedelta(hours=1),
    "admin": timedelta(hours=1),
    "reader": timedelta(days=7),
}
"""The more a code can do, the sooner it is worthless."""


async def may_enter(tools: Tools, asker: Asker, chat_id: int) -> bool:
    """Tell whether the bot speaks with somebody: in a group whoever brought it there counts."""
    if tools.settings.access == "open" or asker.role is not None:
        return True
    async with tools.database.read() as session:
        chat = await db.chats.get(session, chat_id)
        people = {asker.user_id, chat.added_by if chat else None} - {None}
        operators = [user_id for user_id, _ in await db.operators.every(session)]
        known = [one for one in people if one is not None]
        return bool(set(known) & set(operators)) or await db.invitations.admitted(session, known)


async def new_code(tools: Tools, role: Invited, created_by: int | None, now: datetime) -> str:
    """Make a code that one person can use once; only its hash is kept."""
    code = secrets.token_urlsafe(16)
    async with tools.database.write() as session:
        if role == "owner":
            await db.invitations.withdraw(session, role)
        await db.invitations.make(
            session,
            code=code,
            role=role,
            created_by=created_by,
            now=now,
            expires_at=now + LASTS[role],
        )
        await db.audit.note(
            session,
            actor_id=created_by,
            action="invitation.made",
            subject=role,
            detail={},
            now=now,
        )
    return code


async def redeem(tools: Tools, code: str, user_id: int, now: datetime) -> Invited | None:
    """Use a code up, and make of its sender what it says; None where it is worth nothing."""
    async with tools.database.write() as session:
        role = await db.invitations.take(session, code, user_id, now)
        if role is None:
            return None
        if role != "reader" and await db.operators.role(session, user_id) != "owner":
            await db.operators.add(session, user_id, role, None, now)
        await db.audit.note(
            session,
            actor_id=user_id,
            action="invitation.used",
            subject=role,
            detail={"user": user_id},
            now=now,
        )
        return role
