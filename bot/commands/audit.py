"""/audit: who changed what, and when."""

import db.audit
from bot.command import Ask
from bot.commands.naming import usage
from bot.language import later
from bot.markup import bold
from bot.render.audit import told
from bot.render.pack import Block, pack
from domain.message import Message

_USUALLY = 20
_MOST = 100


async def audit(ask: Ask) -> tuple[Message, ...] | Message:
    """Show the last changes, the newest first."""
    wanted = ask.argument.strip() or str(_USUALLY)
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 5):
        return usage(ask, later("Say how many changes, or nothing for the last ones."), "/audit 50")
    async with ask.tools.database.read() as session:
        found = await db.audit.latest(session, max(1, min(int(wanted), _MOST)))
    if not found:
        return Message(html=ask.words.say("Nothing was changed yet."))
    blocks = [Block(html=told(one, ask.words, ask.chat.timezone)) for one in found]
    return pack(bold(ask.words.say("Who changed what")), blocks)
