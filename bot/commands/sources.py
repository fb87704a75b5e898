"""/sources and /status: what is watched and how well, and how the bot itself is doing."""

import db.chats
import db.deliveries
import db.facts
import db.sources
import db.subscriptions
from bot.command import Answer, Ask
from bot.commands.subscribe import describe
from bot.markup import Html, bold, escape, join, lines, own
from bot.render import labels
from bot.render.dates import local_time
from bot.render.digest import coverage_line
from bot.render.pack import Block, pack
from bot.safe_text import cut, domain, one_line
from domain.message import Message
from domain.source import Source


async def sources(ask: Ask) -> Answer:
    """List what is watched: when it was last read, and what is wrong if it could not be."""
    async with ask.tools.database.read() as session:
        every = await db.sources.every(session)
        health = await db.sources.health(session)
    if not every:
        return Message(
            html=ask.words.say("No sources are watched yet. An operator adds them with /addsource.")
        )
    blocks = [Block(html=_source(source, ask)) for source in every]
    return pack(bold(ask.words.say("Sources")), blocks, coverage_line(health, ask.words))


async def status(ask: Ask) -> Answer:
    """Say how the bot is doing, and what comes here next."""
    words = ask.words
    async with ask.tools.database.read() as session:
        health = await db.sources.health(session)
        facts = await db.facts.count(session)
        active, suspended = await db.chats.count(session)
        outbox = await db.deliveries.counts(session)
        standing = await db.subscriptions.of(session, ask.destination)
    here = [Html(f"• {describe(one, words, ask.now)}") for one in standing]
    sending = words.say(
        "To be sent: {waiting}; given up: {failed}.",
        waiting=outbox.get("owed", 0) + outbox.get("leased", 0),
        failed=outbox.get("failed", 0),
    )
    chats = words.say(
        "Chats: {active} active, {suspended} suspended.", active=active, suspended=suspended
    )
    html = lines(
        bold(own(f"Pilotwatch {ask.tools.version}")),
        coverage_line(health, words),
        words.count("{number} fact in the database.", "{number} facts in the database.", facts),
        sending,
        chats if ask.asker.is_operator else "",
        *(here or [words.say("Nothing comes here by itself; /subscribe changes that.")]),
    )
    return Message(html=html)


def _source(source: Source, ask: Ask) -> Html:
    title = cut(one_line(source.title), 80) or domain(source.url)
    number = own(f"#{source.id}") if ask.asker.is_operator else ""
    head = join(" ", number, bold(escape(title)), escape(f"({domain(source.url)})"))
    return lines(join(" · ", head, ask.words.say(labels.TIERS[source.tier])), _health(source, ask))


def _health(source: Source, ask: Ask) -> Html:
    words, zone = ask.words, ask.chat.timezone
    if source.state == "paused":
        return words.say("⏸ paused")
    if source.error:
        error = cut(one_line(source.error), 200)
        return words.count(
            "⚠️ failed: {error}", "⚠️ failed {number} times: {error}", source.failures, error=error
        )
    if source.last_read_at is None:
        return words.say("not read yet")
    return words.say("✅ read {time}", time=own(local_time(source.last_read_at, zone, words)))
