"""/digest: everything since the last one, now; /digest preview: only look."""

import jobs.digest
from bot.command import Answer, Ask
from bot.commands.naming import usage
from bot.language import later
from bot.render import render
from domain.message import Message

PREVIEW = ("preview", "预览")


async def digest(ask: Ask) -> Answer:
    """Owe this chat or topic a digest right now; the outbox sends it."""
    wanted = ask.argument.strip().lower()
    if wanted and wanted not in PREVIEW:
        return usage(ask, later("Say nothing, or preview to only look."), "/digest preview")
    if wanted:
        letter = await jobs.digest.preview(ask.tools.database, ask.destination, ask.now)
        return render(letter, ask.chat)
    if await jobs.digest.owe_now(ask.tools.database, ask.destination, ask.now):
        ask.tools.bell.ring()
        return None
    return Message(html=ask.words.say("Your digest is on its way."))
