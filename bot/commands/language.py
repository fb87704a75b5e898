"""/language: which language this chat is spoken to in."""

from dataclasses import replace

import jobs.preferences
from bot import callback
from bot.command import Ask
from bot.commands.start import welcome
from bot.language import LANGUAGES, NAMES, Words, language_of, later, words_for
from bot.markup import Html, lines
from bot.render.echo import echo
from domain.chat import Language
from domain.message import Message


async def language(ask: Ask) -> Message:
    """Change the language, or offer the languages there are."""
    wanted = ask.argument.strip().lower()
    chosen = _named(wanted)
    if chosen:
        await jobs.preferences.speak(ask.tools.database, ask.destination, chosen, ask.now)
        return Message(html=_from_now_on(ask, words_for(chosen)))
    buttons = tuple(callback.button(NAMES[code], "lang", code) for code in LANGUAGES)
    text = later("“{word}” is not a language that I speak; write en or zh.")
    html = lines(
        ask.words.say(text, word=echo(wanted)) if wanted else "",
        ask.words.say("Which language shall I speak here?"),
    )
    return Message(html=html, buttons=(buttons,))


async def chosen(ask: Ask) -> Message | None:
    """Take the language of the button that was pressed, and say the welcome in it."""
    wanted = _named(ask.argument)
    if wanted is None:
        return None
    await jobs.preferences.speak(ask.tools.database, ask.destination, wanted, ask.now)
    words = words_for(wanted)
    hello = welcome(replace(ask, chat=replace(ask.chat, language=wanted), words=words))
    if not ask.destination.thread_id:
        return hello
    return replace(hello, html=lines(_from_now_on(ask, words), hello.html))


def _from_now_on(ask: Ask, words: Words) -> Html:
    if ask.destination.thread_id:
        return words.say("From now on I speak English in this topic.")
    return words.say("From now on I speak English here.")


def _named(word: str) -> Language | None:
    by_name = {NAMES[code].lower(): code for code in LANGUAGES} | {"中文": LANGUAGES[-1]}
    if word in by_name:
        return by_name[word]
    return language_of(word) if word.split("-")[0] in LANGUAGES else None
