"""Owe an operator's words to everybody: at most once each, whatever breaks on the way."""

from datetime import datetime, timedelta

import msgspec

import db.audit
import db.broadcasts
import db.deliveries
from db.engine import Database
from domain.chat import Destination
from domain.delivery import Lane, Owed
from domain.notice import Broadcast

KEEPS = timedelta(days=1)
"""What could not be said for so long is not said any more."""


async def send(database: Database, number: int, actor_id: int | None, now: datetime) -> int | None:
    """Put a draft into the outbox; return for how many, None where it is sent or dropped."""
    async with database.write() as session:
        text = await db.broadcasts.begin(session, number, actor_id, now)
        if text is None:
            return None
        chats = await db.broadcasts.recipients(session)
        payload = msgspec.to_builtins(Broadcast(text=text))
        owed = [
            Owed(
                destination=Destination(chat_id=chat_id),
                kind="broadcast",
                key=db.broadcasts.key(number),
                lane=Lane.BACKFILL,
                payload=payload,
                expires_at=now + KEEPS,
            )
            for chat_id in chats
        ]
        await db.deliveries.owe(session, owed, now)
        await db.audit.note(
            session,
            actor_id=actor_id,
            action="broadcast.sent",
            subject=str(number),
            detail={"chats": len(chats)},
            now=now,
        )
        return len(chats)
