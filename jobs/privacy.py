"""Forgetting: a person or a group is gone from the database in one transaction, or not at all."""

from typing import Literal

import db.operators
import db.privacy
from db.engine import Database

Outcome = Literal["forgotten", "operator"]
"""operator: whoever runs the bot is named by what he did, and has to stop running it first."""


async def forget_person(database: Database, user_id: int) -> Outcome:
    """Forget a person with his private chat."""
    async with database.write() as session:
        if await db.operators.role(session, user_id) is not None:
            return "operator"
        await db.privacy.forget_chat(session, user_id)
        await db.privacy.forget_person(session, user_id)
    return "forgotten"


async def forget_chat(database: Database, chat_id: int) -> None:
    """Forget a group or a channel with everything in it."""
    async with database.write() as session:
        await db.privacy.forget_chat(session, chat_id)
