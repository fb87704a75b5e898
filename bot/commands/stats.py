"""/stats: what the bot has done in the last two weeks, as a picture and in numbers."""

from zoneinfo import ZoneInfo

import db.usage
from bot.command import Ask
from bot.render.usage import told
from domain.message import Message


async def stats(ask: Ask) -> Message:
    """Draw what came and what was sent, day by day on the operator's own calendar."""
    async with ask.tools.database.read() as session:
        found = await db.usage.usage(session, ask.now, ZoneInfo(ask.chat.timezone))
    return told(found, ask.words)
