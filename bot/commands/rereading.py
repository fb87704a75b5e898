"""/reprocess: run newer rules over what is stored, and show how far that has got."""

import re
from datetime import UTC, date, datetime, time, timedelta
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
from jobs.ports import DeliveryError

_SINCE = re.compile(r"(?:since\s*:?\s*|--since[ =])?(\d{4}-\d{1,2}-\d{1,2})", re.ASCII | re.I)
_DAYS = re.compile(r"(?:since\s*:?\s*|--since[ =])?(\d{1,4})\s*(?:d|days?|天|日)", re.ASCII | re.I)
_WRONG = later("Say from which day on, or nothing for everything.")


async def reprocess(ask: Ask) -> Answer:
    """Begin to reread, or show the run that is under way; the message is edited as it goes."""
    wanted = ask.argument.strip()
    since = _since(wanted, ask.chat.timezone, ask.now)
    if wanted and since is None:
        return usage(ask, _WRONG, "/reprocess 2026-11-01")
    run = await jobs.reprocess.begin(
        ask.tools.database, since=since, started_by=ask.asker.user_id, now=ask.now
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
    if found := _SINCE.fullmatch(wanted):
        return _midnight(found[1], timezone)
    if found := _DAYS.fullmatch(wanted):
        day = now.astimezone(ZoneInfo(timezone)).date() - timedelta(days=int(found[1]))
        return _midnight(day.isoformat(), timezone)
    return None


def _midnight(day: str, timezone: str) -> datetime | None:
    try:
        local = datetime.combine(date(*map(int, day.split("-"))), time(), ZoneInfo(timezone))
    except ValueError:
        return None
    return local.astimezone(UTC)
