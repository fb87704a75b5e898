"""/source: one source in full, and everything that operators change about it."""

import db.judgements
import jobs.edit
import jobs.poll
import jobs.watch
from bot import callback
from bot.command import Ask
from bot.commands.adding import preview_line
from bot.commands.naming import find, named, usage
from bot.edits import Mistake, read
from bot.language import later
from bot.markup import bold, escape, lines
from bot.render.echo import echo
from bot.render.source import whole
from bot.render.trouble import reason
from bot.safe_text import cut, one_line
from db.sources import SourceExists
from domain.message import Button, Message
from domain.source import Source
from sources.errors import SourceError

_EXAMPLE = "/source 3 tier official"


async def source(ask: Ask) -> Message:
    """Show a source, or do what the words after its number say."""
    number, _, rest = ask.argument.strip().partition(" ")
    found = await find(ask, number)
    if found is None:
        return _nothing(ask, number)
    return await _do(ask, found, rest.strip())


def _nothing(ask: Ask, number: str) -> Message:
    if number.removeprefix("#").isdecimal():
        return Message(html=ask.words.say("There is no source {number}.", number=echo(number)))
    hint = later("Say which one by its number; /sources lists them.")
    return usage(ask, hint, _EXAMPLE)


async def pressed(ask: Ask) -> Message | None:
    """Do what a button of /source says: "3.pause"."""
    number, _, word = ask.argument.partition(".")
    found = await find(ask, number)
    if found is None:
        return Message(html=ask.words.say("It is not watched (any more)."))
    return await _do(ask, found, word) if word in _BUTTONS else None


_BUTTONS = ("pause", "resume", "test", "poll", "remove", "show", "follow")


async def _do(ask: Ask, found: Source, words: str) -> Message:
    match words.lower():
        case "" | "show":
            return await _card(ask, found)
        case "test":
            return await _test(ask, found)
        case "poll":
            return await _poll(ask, found)
        case "remove":
            return removal(ask, found)
        case "follow":
            return await _follow(ask, found)
        case _:
            return await _edit(ask, found, words)


async def _edit(ask: Ask, found: Source, words: str) -> Message:
    try:
        edit = read(words, ask.now)
        after = await jobs.edit.change(
            ask.tools.database,
            found.id,
            edit.changed,
            what=edit.what,
            value=edit.value,
            now=ask.now,
            actor_id=ask.asker.user_id,
        )
    except Mistake as mistake:
        return Message(html=ask.words.say(mistake.text, **mistake.values))
    except SourceExists as error:
        said = ask.words.say("It is watched already, as {source}.", source=named(error.source))
        return Message(html=said)
    if after is None:
        return Message(html=ask.words.say("It is not watched (any more)."))
    return await _card(ask, after)


async def _follow(ask: Ask, found: Source) -> Message:
    """Take the address to which a source says it has moved; pressed twice it stays there."""
    if found.moved_to is None:
        return await _card(ask, found)
    return await _edit(ask, found, f"address {found.moved_to}")


async def _test(ask: Ask, found: Source) -> Message:
    try:
        seen = await jobs.watch.test(ask.tools.house, found)
    except SourceError as error:
        why = reason(error.code, error.reason, found.url, ask.words)
        return Message(
            html=ask.words.say(
                "⚠️ {source} cannot be read: {reason}.", source=named(found), reason=why
            )
        )
    html = lines(
        bold(escape(cut(one_line(found.title), 80))),
        ask.words.count("It holds {number} article.", "It holds {number} articles.", seen.entries),
        *(preview_line(preview, ask) for preview in seen.previews),
    )
    return Message(html=html, buttons=_rows(ask, found))


async def _poll(ask: Ask, found: Source) -> Message:
    report = await jobs.poll.poll_one(ask.tools.house, found.id, ask.now)
    after = await find(ask, str(found.id))
    if report is None or after is None:
        return await _card(ask, found)
    new = ask.words.count("{number} new article", "{number} new articles", report.new)
    card = await _card(ask, after)
    return Message(html=lines(bold(new), card.html), buttons=card.buttons)


def removal(ask: Ask, found: Source) -> Message:
    """Ask once more before a source goes, with everything it has brought."""
    yes = callback.button(ask.words.plain("Remove it"), "unwatch", found.id)
    no = callback.button(ask.words.plain("Keep it"), "keep", found.id)
    html = ask.words.say("Remove {source}, with its articles and facts?", source=named(found))
    return Message(html=html, buttons=((yes, no),))


async def _card(ask: Ask, found: Source) -> Message:
    async with ask.tools.database.read() as session:
        unread = await db.judgements.unread(session, found.id)
    example = f"/source {found.id} interval 30"
    html = whole(found, ask.words, ask.chat.timezone, ask.now, example=example, unread=unread)
    return Message(html=html, buttons=_rows(ask, found))


def _rows(ask: Ask, found: Source) -> tuple[tuple[Button, ...], ...]:
    words = ask.words
    running = found.state == "active"
    toggle = (words.plain("Pause"), "pause") if running else (words.plain("Resume"), "resume")

    def button(text: str, word: str) -> Button:
        return callback.button(text, "source", f"{found.id}.{word}")

    rows = (
        (button(*toggle), button(words.plain("Read it now"), "poll")),
        (button(words.plain("Test"), "test"), button(words.plain("Remove"), "remove")),
    )
    if found.moved_to is None:
        return rows
    return ((button(words.plain("↪️ Follow to its new address"), "follow"),), *rows)
