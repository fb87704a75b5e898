"""/audit: who changed what, and when."""

import json

import db.audit
from bot.command import Ask
from bot.markup import Html, bold, code, escape, own
from bot.render.dates import local_time
from bot.render.pack import Block, pack
from bot.safe_text import cut, one_line
from domain.message import Message
from domain.operator import AuditEntry

_USUALLY = 20
_MOST = 100


async def audit(ask: Ask) -> tuple[Message, ...] | Message:
    """Show the last changes, the newest first."""
    wanted = ask.argument.strip()
    short = wanted.isascii() and wanted.isdecimal() and len(wanted) < 5
    number = max(1, min(int(wanted), _MOST)) if short else _USUALLY
    async with ask.tools.database.read() as session:
        found = await db.audit.latest(session, number)
    if not found:
        return Message(html=ask.words.say("Nothing was changed yet."))
    blocks = [Block(html=_entry(one, ask)) for one in found]
    return pack(bold(ask.words.say("Who changed what")), blocks)


def _entry(entry: AuditEntry, ask: Ask) -> Html:
    when = local_time(entry.at, ask.chat.timezone, ask.words)
    who = own(str(entry.actor_id)) if entry.actor_id else escape(ask.words.plain("the console"))
    told = cut(one_line(json.dumps(entry.detail, ensure_ascii=False)), 120)
    detail = Html(f" {escape(told)}") if entry.detail else Html("")
    what = escape(cut(one_line(entry.subject), 60))
    return Html(f"{escape(when)} · {code(who)} · {escape(entry.action)} {what}{detail}")
