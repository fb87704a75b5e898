"""/reprocess: run newer rules over what is stored, and show how far that has got."""

import re
import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import db.rereading
import jobs.reprocess
from bot.command import Answer, Ask
from bot.commands.naming import usage
from bot.language import later
from bot.render import rereading as rendered
from domain.delivery import Lane
from domain.message import Message
from domain.rereading import progress
from domain.search.since import since
from jobs.ports import DeliveryError

_SINCE = re.compile(r"since\s*:?\s*|--since[ =]", re.I)
_WRONG = later("Say from which day on, or nothing for everything.")


async def reprocess(ask: Ask) -> Answer:
    """Begin to reread, or show the run that is under way; the message is edited as it goes."""
    wanted = ask.argument.strip()
    start = _since(wanted, ask.chat.timezone, ask.now)
    if wanted and start is None:
        return usage(ask, _WRONG, "/reprocess 2026-11-01")
    run = await jobs.reprocess.begin(
        ask.tools.database, since=start, started_by=ask.asker.user_id, now=ask.now
    )
    message = rendered.render(progress(run), ask.chat)
    try:
        shown = await ask.tools.courier.send(ask.destination, message, Lane.INTERACTIVE)
    except DeliveryError:
        return Message(html=message.html)
    async with ask.tools.database.write() as session:
        await db.rereading.shown_in(session, run.id, ask.chat.id, shown)
    return None


def _since(wanted: str, timezone: str, now: datetime) -> datetime | None:
    """Read a day, or how many days back: one that began within them counts whole."""
    prefix = _SINCE.match(wanted)
    word = unicodedata.normalize("NFKC", wanted[prefix.end() if prefix else 0 :]).strip()
    found = since(word, now.astimezone(ZoneInfo(timezone)))
    if found is None:
        return None
    return found.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
