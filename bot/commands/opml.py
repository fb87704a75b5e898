"""/importopml and /exportopml: lists of sources as files, and the starter list."""

from datetime import timedelta
from importlib.resources import files

from telegram.error import TelegramError

import jobs.opml
from bot import callback
from bot.command import Answer, Ask
from bot.language import later
from bot.markup import Html, bold, lines
from bot.render import labels
from bot.render.trouble import said
from bot.safe_text import cut, one_line
from domain.message import Button, Message
from jobs.opml import Imported
from sources.errors import ParseError
from sources.opml import LARGEST, OpmlReading, read

STARTER = later(
    "There is a starter list: official pages and media about the topic, English and Chinese. It "
    "was not verified from here; /sources will say what can be read."
)
_SHOWN = 10  # refused lines


async def take(ask: Ask) -> Answer:
    """Watch the sources of the file that came along."""
    words, document = ask.words, ask.document
    if document is None:
        return Message(html=words.say("Send me the OPML file now, here in this chat."))
    name = (document.file_name or "").lower()
    if not name.endswith((".opml", ".xml")) or (document.file_size or 0) > LARGEST:
        return Message(html=words.say("I can only read .opml and .xml files of up to 1 MB."))
    try:
        file = await ask.bot.get_file(document.file_id)
        body = bytes(await file.download_as_bytearray())
    except TelegramError:
        return Message(html=words.say("The file could not be loaded. Send it once more."))
    try:
        listed = await ask.tools.house.jail.opml(body)
    except ParseError as error:
        return Message(html=said(error, words))
    return await _bring_in(ask, listed)


async def give(ask: Ask) -> Answer:
    """Send all sources as a file."""
    content = await jobs.opml.take_out(ask.tools.database)
    await ask.tools.courier.send_file(ask.destination, "pilotwatch.opml", content)
    return None


async def started(ask: Ask) -> Message:
    """Watch the starter list."""
    return await _bring_in(ask, starter())


def starter() -> OpmlReading:
    """Return the list of real sources for the topic that comes with the program."""
    return read((files("bot") / "starter.opml").read_bytes())


def starter_button(ask: Ask) -> Button:
    """Return the button that takes the starter list over."""
    return callback.button(ask.words.plain("Watch the starter list"), "starter")


async def _bring_in(ask: Ask, listed: OpmlReading) -> Message:
    done = await jobs.opml.bring_in(
        ask.tools.database,
        listed,
        interval=timedelta(minutes=ask.tools.settings.poll_interval_minutes),
        now=ask.now,
        actor_id=ask.asker.user_id,
    )
    return Message(html=_report(done, ask))


def _report(done: Imported, ask: Ask) -> Html:
    words = ask.words
    sum_ = words.say(
        "Added: {added}; watched already: {known}; refused: {refused}.",
        added=done.added,
        known=done.known,
        refused=len(done.refused),
    )
    refused = [
        words.say(
            "⚠️ {label}: {reason}",
            label=cut(one_line(one.label), 60),
            reason=words.say(labels.REFUSALS[one.code], word=cut(one_line(one.word), 40)),
        )
        for one in done.refused[:_SHOWN]
    ]
    return lines(bold(sum_), *refused, "…" if len(done.refused) > _SHOWN else "")
