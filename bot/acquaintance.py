"""Which chats we know, and what becomes of them: first word, moved."""

import logging
from typing import Literal, cast

import telegram
from telegram import Update

import db.chats
from bot.context import Context, Tools
from bot.language import language_of
from bot.safe_text import cut, one_line
from domain.chat import Chat, Destination

log = logging.getLogger(__name__)


async def know(
    chat: telegram.Chat | telegram.ChatFullInfo,
    tools: Tools,
    code: str | None,
    thread_id: int = 0,
) -> Chat:
    """Return the chat as we know it, spoken to as that topic of it is.

    A new one starts with its client's language.
    """
    seen = _seen(chat, tools, code)
    place = Destination(chat_id=chat.id, thread_id=thread_id)
    async with tools.database.read() as session:
        known = await db.chats.at(session, place)
    if known and known.state == "active" and (known.type, known.title) == (seen.type, seen.title):
        return known
    async with tools.database.write() as session:
        kept = await db.chats.remember(session, seen, tools.clock())
        return await db.chats.at(session, place) or kept


async def stranger_or_known(
    chat: telegram.Chat | telegram.ChatFullInfo, tools: Tools, code: str | None
) -> Chat:
    """Return the chat of somebody who may not enter (any more); nothing of it is kept."""
    async with tools.database.read() as session:
        return await db.chats.get(session, chat.id) or _seen(chat, tools, code)


async def on_migration(update: Update, context: Context) -> None:
    """A group became a supergroup: everything of it goes to its new id. Both of the two messages
    say so, in either order.
    """
    message = update.message
    if message is None:
        return
    old, new = message.migrate_from_chat_id, message.chat.id
    if message.migrate_to_chat_id is not None:
        old, new = message.chat.id, message.migrate_to_chat_id
    if old is not None:
        await move(context.tools, old, new)


async def move(tools: Tools, old: int, new: int) -> None:
    """Take a chat with all that belongs to it to its new id."""
    log.info("chat %d is now %d", old, new)
    async with tools.database.write() as session:
        await db.chats.move(session, old, new, tools.clock())


def _seen(chat: telegram.Chat | telegram.ChatFullInfo, tools: Tools, code: str | None) -> Chat:
    return Chat(
        id=chat.id,
        # Telegram has exactly these four (https://core.telegram.org/bots/api#chat).
        type=cast(Literal["private", "group", "supergroup", "channel"], str(chat.type)),
        title=cut(one_line(chat.effective_name or ""), 200),
        language=language_of(code),
        timezone=tools.settings.timezone,
    )
