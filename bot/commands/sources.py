"""/sources and /status: what is watched and how well, and how the bot itself is doing."""

from decimal import Decimal

import db.chats
import db.deliveries
import db.facts
import db.preferences
import db.sources
import db.stories
import db.subscriptions
from bot.command import Answer, Ask
from bot.commands.opml import STARTER, starter_button
from bot.commands.subscribe import describe
from bot.language import Words
from bot.markup import Html, bold, lines, own
from bot.render.dates import local_time
from bot.render.digest import coverage_line
from bot.render.numbers import plain
from bot.render.pack import Block, pack
from bot.render.settings import span
from bot.render.source import brief
from db.engine import Database
from domain.digest import SourceHealth
from domain.message import Message
from domain.preferences import Preferences
from domain.rule import USUAL

_SHOWN = 30
"""Sources; two messages on a phone."""


async def sources(ask: Ask) -> Answer:
    """List what is watched: when it was last read, and what is wrong if it could not be."""
    health = await _health(ask)
    async with ask.tools.database.read() as session:
        shown, count = await db.sources.listed(session, _SHOWN)
    if not count:
        return _none(ask)
    words, zone, operator = ask.words, ask.chat.timezone, ask.asker.is_operator
    blocks = [Block(html=brief(one, words, zone, ask.now, number=operator)) for one in shown]
    more = count - len(shown)
    tail = lines(
        words.count("… and {number} more.", "… and {number} more.", more) if more else "",
        coverage_line(health, words),
    )
    return pack(bold(words.say("Sources")), blocks, tail)


async def status(ask: Ask) -> Answer:
    """Say how the bot is doing, and what comes here next."""
    words = ask.words
    facts, health = _told(await _facts(ask.tools.database), words), await _health(ask)
    async with ask.tools.database.read() as session:
        active, suspended = await db.chats.count(session)
        outbox = await db.deliveries.unsettled(session)
        repeats = await db.deliveries.possible_repeats(session)
        standing = await db.subscriptions.of(session, ask.destination)
        preferences = await db.preferences.of(session, ask.destination)
    here = [Html(f"• {describe(one, words, ask.now)}") for one in standing]
    sending = words.say(
        "To be sent: {waiting}; given up: {failed}; possibly sent twice: {repeats}.",
        waiting=outbox.get("owed", 0) + outbox.get("leased", 0),
        failed=outbox.get("failed", 0),
        repeats=repeats,
    )
    chats = words.say(
        "Chats: {active} active, {suspended} suspended.", active=active, suspended=suspended
    )
    html = lines(
        bold(own(f"Pilotwatch {ask.tools.version}")),
        coverage_line(health, words),
        facts,
        sending,
        chats if ask.asker.is_operator else "",
        *(here or [words.say("Nothing comes here by itself; /subscribe changes that.")]),
        *_held_back(ask, preferences),
    )
    return Message(html=html)


def _told(facts: tuple[int, bool], words: Words) -> Html:
    number, exact = facts
    if exact:
        return words.count(
            "{number} fact in the database.", "{number} facts in the database.", number
        )
    rough = plain(Decimal(round(number, -3)), words)
    return words.say("About {number} facts in the database.", number=own(rough))


async def _health(ask: Ask) -> SourceHealth:
    """Say how the sources are: of thousands all are looked at that are in doubt."""
    database, now = ask.tools.database, ask.now

    async def look() -> SourceHealth:
        async with database.read() as session:
            return await db.sources.health(session, now)

    return await database.shared.get("health", ("source",), look)


async def _facts(database: Database) -> tuple[int, bool]:
    """Count the facts, many of them only roughly, and once for everybody who asks."""

    async def count() -> tuple[int, bool]:
        async with database.read() as session:
            return await db.facts.roughly(session)

    return await database.shared.get("facts", db.stories.TABLES, count)


def _held_back(ask: Ask, preferences: Preferences) -> list[Html]:
    """Say what keeps things from coming: silence must not look like a fault."""
    words, until = ask.words, preferences.muted_until
    told = []
    if until is not None and preferences.is_muted(ask.now):
        time = local_time(until, ask.chat.timezone, words)
        told.append(words.say("🔕 Muted until {time}; /settings changes that.", time=own(time)))
    if preferences.quiet is not None:
        told.append(words.say("🌙 Quiet hours: {span}", span=own(span(preferences.quiet))))
    if preferences.rule != USUAL:
        told.append(words.say("🔤 Not everything is told here; /settings says what is."))
    return told


def _none(ask: Ask) -> Message:
    text = ask.words.say("No sources are watched yet. An operator adds them with /addsource.")
    if not ask.asker.is_operator:
        return Message(html=text)
    offer = ask.words.say(STARTER)
    return Message(html=lines(text, offer), buttons=((starter_button(ask),),))
