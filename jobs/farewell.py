"""Tell whoever brought the bot to a chat that it cannot speak there any more, and why."""

from datetime import datetime, timedelta

import msgspec

import db.chats
import db.deliveries
from db.engine import Session
from domain.chat import Destination
from domain.delivery import Lane, Owed
from domain.notice import Farewell

KEEPS = timedelta(days=3)


async def owe_farewell(session: Session, chat_id: int, reason: str, now: datetime) -> bool:
    """Owe it once a day at most; False where nobody is known, or he cannot be told himself."""
    chat = await db.chats.get(session, chat_id)
    if chat is None or chat.added_by is None or chat.added_by == chat_id:
        return False
    owner = await db.chats.get(session, chat.added_by)
    if owner is None or owner.state != "active":
        return False
    owed = Owed(
        destination=Destination(chat_id=owner.id),
        kind="farewell",
        key=f"farewell:{chat_id}:{now.date().isoformat()}",
        lane=Lane.ALERT,
        payload=msgspec.to_builtins(Farewell(title=chat.title, chat_id=chat_id, reason=reason)),
        expires_at=now + KEEPS,
    )
    return await db.deliveries.owe(session, [owed], now) > 0
