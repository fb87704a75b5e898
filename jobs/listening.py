"""Who listens, and what decides for each what is told: everything in as few queries as possible."""

from collections.abc import Collection
from dataclasses import replace

import db.preferences
import db.verdicts
from db.engine import Session
from domain.chat import Destination
from domain.preferences import Listener


async def listener(
    session: Session,
    destination: Destination,
    story_ids: Collection[int],
    timezone: str = "Asia/Shanghai",
) -> Listener:
    """Return a destination with what it has set, and with what was said there of these stories.

    `timezone`: the chat's, where its quiet hours matter.
    """
    return Listener(
        destination=destination,
        preferences=await db.preferences.of(session, destination),
        verdicts=await db.verdicts.of(session, destination, story_ids),
        timezone=timezone,
    )


async def listeners(session: Session, story_ids: Collection[int]) -> list[Listener]:
    """Return everybody who wants alerts, with what was said there of these stories."""
    said = await db.verdicts.about(session, story_ids)
    return [
        replace(one, verdicts=said[one.destination]) if one.destination in said else one
        for one in await db.preferences.listeners(session)
    ]
