"""/language: which language this chat is spoken to in."""

from dataclasses import replace

import db.chats
from bot import callback
from bot.command import Ask
from bot.commands.start import welcome
from bot.language import LANGUAGES, NAMES, language_of, later, words_for
from bot.markup import lines
from bot.render.echo import echo
from domain.chat import Language
from domain.message import Message


async def language(ask: Ask) -> Message:
    """Change the language, or offer the languages there are."""
    wanted = ask.argument.strip().lower()
    chosen = _named(wanted)
    if chosen:
        await _keep(ask, chosen)
        return Message(html=words_for(chosen).say("From now on I speak English here."))
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
    await _keep(ask, wanted)
    return welcome(replace(ask, chat=replace(ask.chat, language=wanted), words=words_for(wanted)))


async def _keep(ask: Ask, language: Language) -> None:
    async with ask.tools.database.write() as session:
        await db.chats.set_language(session, ask.chat.id, language, ask.now)


def _named(word: str) -> Language | None:
    by_name = {NAMES[code].lower(): code for code in LANGUAGES} | {"中文": LANGUAGES[-1]}
    if word in by_name:
        return by_name[word]
    return language_of(word) if word.split("-")[0] in LANGUAGES else None
