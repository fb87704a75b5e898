"""/digest: everything since the last one, now; /digest preview: only look."""

import jobs.digest
from bot.command import Answer, Ask
from bot.render import render
from domain.message import Message


async def digest(ask: Ask) -> Answer:
    """Owe this chat or topic a digest right now; the outbox sends it."""
    if ask.argument.strip().lower() in ("preview", "预览"):
        letter = await jobs.digest.preview(ask.tools.database, ask.destination, ask.now)
        return render(letter, ask.chat)
    if await jobs.digest.owe_now(ask.tools.database, ask.destination, ask.now):
        return None
    return Message(html=ask.words.say("Your digest is on its way."))
