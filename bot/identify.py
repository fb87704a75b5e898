"""Whom a message or a press is from, as far as Telegram vouches for it."""

from telegram import CallbackQuery, Message
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ExtBot

import db.operators
from bot.rights import Asker, Who
from db.engine import Database
from domain.delivery import Lane
from domain.operator import NOBODY, Role

_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def sender(message: Message, who: Who, bot: ExtBot[Lane], database: Database) -> Asker:
    """Say who sent a message; a group's administrators are asked for only where it matters."""
    private = message.chat.type == ChatType.PRIVATE
    if message.sender_chat is not None:
        # An anonymous administrator writes as the group itself; a channel writes as a channel.
        anonymous_admin = message.sender_chat.id == message.chat.id
        return Asker(user_id=None, private=private, group_admin=anonymous_admin)
    user_id = message.from_user.id if message.from_user else None
    return await _person(user_id, message.chat.id, private, who, bot, database)


async def presser(
    query: CallbackQuery, chat_id: int, who: Who, bot: ExtBot[Lane], database: Database
) -> Asker:
    """Say who pressed a button: always the person, also for anonymous administrators."""
    private = chat_id == query.from_user.id
    return await _person(query.from_user.id, chat_id, private, who, bot, database)


def is_first_hand(message: Message) -> bool:
    """Tell whether somebody typed it here: not forwarded, not by a bot, not edited."""
    by_a_bot = message.from_user is not None and message.from_user.is_bot
    return not (
        message.forward_origin
        or message.is_automatic_forward
        or message.via_bot
        or message.edit_date
        # Anonymous administrators and channels come as bots of Telegram's own.
        or (by_a_bot and message.sender_chat is None)
    )


async def _person(
    user_id: int | None,
    chat_id: int,
    private: bool,
    who: Who,
    bot: ExtBot[Lane],
    database: Database,
) -> Asker:
    if user_id is None or user_id in NOBODY:
        return Asker(user_id=None, private=private)
    asks_for_group = who == "chat_admin" and not private
    return Asker(
        user_id=user_id,
        private=private,
        role=await _role(user_id, database),
        group_admin=asks_for_group and await _is_admin(user_id, chat_id, bot),
    )


async def _role(user_id: int, database: Database) -> Role | None:
    async with database.read() as session:
        return await db.operators.role(session, user_id)


async def _is_admin(user_id: int, chat_id: int, bot: ExtBot[Lane]) -> bool:
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except TelegramError:
        # No word from Telegram is no permission.
        return False
    return member.status in _ADMINS
