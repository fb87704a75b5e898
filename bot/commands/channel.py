"""/channel: what comes to a channel, said in private by somebody who may post there himself."""

from dataclasses import replace

from telegram import ChatFullInfo
from telegram.constants import ChatType
from telegram.error import TelegramError

import db.chats
from bot import callback
from bot.acquaintance import know
from bot.command import Answer, Ask
from bot.commands import settings, subscribe
from bot.language import Words
from bot.markup import bold, code, escape, lines, own
from bot.safe_text import cut, one_line
from bot.standing import may_manage, our_obstacle
from domain.chat import Chat, Destination
from domain.message import Message

EXAMPLE = "/channel @name daily 09:00"
SETTINGS = ("settings", "set", "设置")
STOP = ("stop", "off", "unsubscribe")


async def channel(ask: Ask) -> Answer:
    """Subscribe a channel to what the words after its name say, or show what it can get."""
    name, _, wish = ask.argument.partition(" ")
    if not name:
        return _explain(ask.words)
    found = await _channel(ask, name)
    if isinstance(found, Message):
        return found
    there = _there(ask, found)
    if not wish.strip():
        return offer(found, ask.words)
    if wish.strip().lower() in STOP:
        return _without_buttons(await subscribe.unsubscribe(replace(there, argument="")))
    first, _, rest = wish.strip().partition(" ")
    if first.lower() in SETTINGS:
        return _without_buttons(await settings.settings(replace(there, argument=rest)))
    return _without_buttons(await subscribe.subscribe(replace(there, argument=wish.strip())))


def _without_buttons(answer: Answer) -> Answer:
    """A press here would set this private chat's things, not the channel's."""
    return replace(answer, buttons=()) if isinstance(answer, Message) else answer


async def pressed(ask: Ask) -> Answer:
    """Give a channel what a button says; who presses has to be allowed to, now."""
    number, _, kind = ask.argument.partition(".")
    found = await _channel(ask, number)
    if isinstance(found, Message):
        return found
    there = _there(ask, found)
    if kind == "none":
        return _without_buttons(await subscribe.unsubscribe(replace(there, argument="")))
    return _without_buttons(await subscribe.offered(replace(there, argument=kind)))


def offer(channel: Chat, words: Words) -> Message:
    """Say that the bot can post there, and offer what it could post."""
    title = bold(escape(cut(one_line(channel.title), 80) or str(channel.id)))
    kinds = (
        (words.plain("Daily 09:00 + alerts"), "both"),
        (words.plain("Daily only"), "daily"),
        (words.plain("Alerts only"), "instant"),
        (words.plain("Nothing"), "none"),
    )
    return Message(
        html=words.say("📣 I may post in {title}. What shall come there?", title=title),
        buttons=tuple(
            (callback.button(text, "chan", f"{channel.id}.{kind}"),) for text, kind in kinds
        ),
    )


async def _channel(ask: Ask, name: str) -> Chat | Message:
    """Find a channel by @name or number, or say why it cannot be managed by who asks."""
    found = await _look(ask, name)
    if found is None:
        return _refuse(ask.words)
    user_id = ask.asker.user_id
    if user_id is None or not await may_manage(ask.bot, found.id, user_id):
        return _refuse(ask.words)
    if await our_obstacle(ask.bot, found.id):
        title = escape(cut(one_line(found.title or ""), 80))
        return Message(
            html=ask.words.say(
                "I may not post in {title}: make me an administrator there who may.", title=title
            )
        )
    kept = await know(found, ask.tools, None)
    async with ask.tools.database.write() as session:
        if kept.language != ask.chat.language and kept.added_by is None:
            await db.chats.set_language(session, kept.id, ask.chat.language, ask.now)
        await db.chats.brought_by(session, kept.id, user_id, ask.now)
    return kept


async def _look(ask: Ask, name: str) -> ChatFullInfo | None:
    chat_id = int(name) if name.removeprefix("-").isdecimal() and len(name) < 18 else name
    if isinstance(chat_id, str) and not chat_id.startswith("@"):
        chat_id = f"@{chat_id.rpartition('/')[2]}"
    try:
        found = await ask.bot.get_chat(chat_id)
    except TelegramError:
        return None
    return found if found.type == ChatType.CHANNEL else None


def _there(ask: Ask, channel: Chat) -> Ask:
    return replace(ask, chat=channel, destination=Destination(chat_id=channel.id))


def _refuse(words: Words) -> Message:
    """One answer for a channel that is not there and one that is somebody else's."""
    return Message(
        html=words.say(
            "I know no such channel in which both of us may post. Make me an administrator there "
            "who may post, then try again: {example}",
            example=code(own(EXAMPLE)),
        )
    )


def _explain(words: Words) -> Message:
    return Message(
        html=lines(
            words.say(
                "To have digests or alerts posted in a channel of yours, make me an administrator "
                "there who may post; then I ask you here what shall come."
            ),
            words.say("Or say it: {example}", example=code(own(EXAMPLE))),
            code(own("/channel @name settings sources official")),
        )
    )
