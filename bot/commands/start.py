"""/start and /help: what this is, two taps to a subscription, and everything there is to ask."""

from difflib import get_close_matches

import db.chats
import db.sources
from bot import callback
from bot.access import redeem
from bot.command import Ask, Command
from bot.commands.forms import FORMS
from bot.commands.opml import STARTER, starter_button
from bot.language import LANGUAGES, NAMES, Words, later
from bot.markup import Html, bold, code, join, lines, own
from bot.menus import offer_menu
from bot.render.dates import clock
from bot.render.echo import echo
from bot.render.settings import at
from domain.message import Button, Message
from domain.operator import Invited

TIMES = (7 * 60, 8 * 60, 18 * 60)
"""Minutes of the day that are offered beside the usual one."""

_NOW: dict[Invited, str] = {
    "owner": later("You are an owner of this bot now. /start shows what you can do."),
    "admin": later("You are an operator of this bot now. /start shows what you can do."),
}


async def start(ask: Ask) -> Message:
    """Introduce ourselves, and offer languages and subscriptions to press."""
    if ask.argument and ask.asker.private and ask.asker.user_id is not None:
        return await _with_code(ask, ask.asker.user_id)
    hello = welcome(ask)
    if not ask.asker.is_operator:
        return hello
    await offer_menu(ask.bot, ask.chat.id, ask.commands)
    async with ask.tools.database.read() as session:
        if await db.sources.every(session):
            return hello
    html = lines(hello.html, ask.words.say(STARTER))
    return Message(html=html, buttons=(*hello.buttons, (starter_button(ask),)))


async def _with_code(ask: Ask, user_id: int) -> Message:
    role = await redeem(ask.tools, ask.argument, user_id, ask.now)
    if role is None:
        return Message(
            html=ask.words.say(
                "This code is mistyped, used already, or too old. Ask for another one."
            )
        )
    async with ask.tools.database.write() as session:
        # A stranger's chat is not kept; from now on he is none, and can be told things.
        await db.chats.remember(session, ask.chat, ask.now)
    if role == "reader":
        return welcome(ask)
    return Message(html=ask.words.say(_NOW[role]))


def welcome(ask: Ask) -> Message:
    """Return the first message, in the chat's language."""
    words = ask.words
    html = lines(
        words.say(
            "I follow official pages and the news for the <b>Chengdu AI pilot zone</b>: "
            "policies, money, deadlines, targets."
        ),
        words.say("Each fact comes with its exact words, its source and its date."),
        words.say(
            "Choose below what to get. Times are those of {zone}, where it is {time} now; "
            "/help has the rest.",
            zone=own(ask.chat.timezone),
            time=clock(ask.now, ask.chat.timezone),
        ),
    )
    languages = tuple(callback.button(NAMES[code], "lang", code) for code in LANGUAGES)
    return Message(html=html, buttons=(languages, *_offers(ask)))


async def help_(ask: Ask) -> Message:
    """List what this asker can use here; with the name of a command, all forms of that one."""
    name = ask.argument.strip().removeprefix("/").lower()
    if name:
        return _help_for(ask, name)
    html = lines(
        bold(ask.words.say("What you can ask for")),
        *(_line(command, ask) for command in ask.commands),
        ask.words.say("All forms of one of them: {example}", example=code(own("/help subscribe"))),
        ask.words.say(
            "Times are those of {zone}, where it is {time} now. Another time or zone: {example}",
            zone=own(ask.chat.timezone),
            time=clock(ask.now, ask.chat.timezone),
            example=code(own("/subscribe daily 08:30 Europe/London")),
        ),
    )
    return Message(html=html)


def _help_for(ask: Ask, name: str) -> Message:
    names = [one.name for one in ask.commands]
    if name not in names:
        close = get_close_matches(name, names, n=1)
        return Message(html=_unknown(name, close[0] if close else "", ask.words))
    command = ask.commands[names.index(name)]
    usual = ask.words.plain(command.example) if command.example else f"/{name}"
    head = bold(join(" – ", own(f"/{name}"), ask.words.say(command.summary)))
    return Message(html=lines(head, *(code(own(form)) for form in FORMS.get(name, (usual,)))))


def _unknown(name: str, near: str, words: Words) -> Html:
    if not near:
        return words.say("I do not know /{name}. /help lists what there is.", name=echo(name))
    meant = own(f"help {near}")
    return words.say("I do not know /{name}. Did you mean /{near}?", name=echo(name), near=meant)


def _line(command: Command, ask: Ask) -> Html:
    said = join(" – ", own(f"/{command.name}"), ask.words.say(command.summary))
    example = code(own(ask.words.plain(command.example))) if command.example else ""
    return join("\n    ", said, example)


def _offers(ask: Ask) -> tuple[tuple[Button, ...], ...]:
    words = ask.words
    return (
        (callback.button(words.plain("Daily 09:00 + alerts"), "sub", "both"),),
        tuple(callback.button(f"📬 {at(minute)}", "sub", f"both.{minute}") for minute in TIMES),
        (
            callback.button(words.plain("Daily only"), "sub", "daily"),
            callback.button(words.plain("Alerts only"), "sub", "instant"),
        ),
        (
            callback.button(words.plain("🌐 Another time zone"), "set", "zone"),
            callback.button(words.plain("⚙️ Settings"), "set"),
        ),
    )
