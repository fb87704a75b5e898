"""The bot was blocked, removed, silenced, added or let back in: what becomes of the chat."""

import logging

from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatType

import db.chats
from bot.acquaintance import know
from bot.commands.channel import offer
from bot.context import Context, Tools
from bot.language import words_for
from bot.replies import say
from bot.standing import obstacle
from domain.chat import Destination
from domain.operator import NOBODY
from jobs.farewell import owe_farewell

log = logging.getLogger(__name__)


async def on_membership(update: Update, context: Context) -> None:
    """Take note that we were blocked, removed, silenced, added or let back in."""
    change = update.my_chat_member
    if change is None:
        return
    reason = obstacle(change.new_chat_member, change.chat.type)
    if reason is None:
        await _welcomed(change, context.tools)
        return
    log.info("chat %d: %s", change.chat.id, reason)
    now = context.tools.clock()
    async with context.tools.database.write() as session:
        await db.chats.suspend(session, change.chat.id, reason, now)
        known = await db.chats.get(session, change.chat.id)
        # Who did it himself knows it.
        if known is not None and known.added_by != change.from_user.id:
            await owe_farewell(session, change.chat.id, reason, now)


async def _welcomed(change: ChatMemberUpdated, tools: Tools) -> None:
    known = await know(change.chat, tools, change.from_user.language_code)
    if change.chat.type == ChatType.PRIVATE or change.from_user.id in NOBODY:
        return
    async with tools.database.write() as session:
        await db.chats.brought_by(session, known.id, change.from_user.id, tools.clock())
        person = await db.chats.get(session, change.from_user.id)
    was_out = obstacle(change.old_chat_member, change.chat.type) is not None
    if was_out and change.chat.type == ChatType.CHANNEL and person and person.state == "active":
        message = offer(known, words_for(person.language))
        await say(tools, Destination(chat_id=person.id), message)
