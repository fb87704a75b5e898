"""/removesource and /poll: what else operators do about sources."""

import jobs.poll
import jobs.watch
from bot.command import Answer, Ask
from bot.commands.naming import find, named, number_in, usage
from bot.commands.source import removal
from bot.language import Words, later
from bot.markup import Html, join, lines, own
from bot.render.trouble import reason
from bot.safe_text import domain
from domain.message import Message
from jobs.poll import SourceReport

SHOWN = 10
"""Sources in trouble that are named."""


async def remove(ask: Ask) -> Message:
    """Ask once more before a source goes, with everything it has brought."""
    number = number_in(ask.argument)
    if not number:
        hint = later("Say which one by its number; /sources lists them.")
        return usage(ask, hint, "/removesource 3")
    source = await find(ask, ask.argument)
    if source is None:
        text = ask.words.say("There is no source #{number}; /sources lists them.", number=number)
        return Message(html=text)
    return removal(ask, source)


async def removed(ask: Ask) -> Message:
    """Remove the source of the button; a second press finds it gone."""
    source = await jobs.watch.remove(
        ask.tools.database, number_in(ask.argument), now=ask.now, actor_id=ask.asker.user_id
    )
    if source is None:
        return Message(html=ask.words.say("It is not watched (any more)."))
    return Message(html=ask.words.say("Removed: {source}.", source=named(source)))


async def kept(ask: Ask) -> Message:
    """Leave the source as it is."""
    source = await find(ask, ask.argument)
    if source is None:
        return Message(html=ask.words.say("It is not watched (any more)."))
    return Message(html=ask.words.say("Kept: {source}.", source=named(source)))


async def poll(ask: Ask) -> Answer:
    """Read every source now, and say what came of it."""
    report = await jobs.poll.poll(ask.tools.house, ask.now, everything=True)
    words = ask.words
    said = words.say(
        "Sources: {read} read, {unchanged} unchanged, {failed} failed. "
        "New: {articles} articles, {relevant} of them relevant, {facts} facts.",
        read=report.read,
        unchanged=report.unchanged,
        failed=report.failed,
        articles=report.articles,
        relevant=report.relevant,
        facts=report.facts,
    )
    failures = [
        join(" ", Html("⚠️"), own(f"#{one.id}"), _failure(one, words))
        for one in report.sources
        if one.error
    ]
    more = len(failures) - SHOWN
    rest = words.count("… and {number} more", "… and {number} more", more) if more > 0 else ""
    return Message(html=lines(said, *failures[:SHOWN], rest))


def _failure(one: SourceReport, words: Words) -> Html:
    why = reason(one.code, one.error, one.url, words)
    return words.say("{label}: {document}", label=domain(one.url), document=why)
