"""Whether the bot can speak in a chat, and who may decide what it says there."""

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ExtBot

from domain.delivery import Lane


def obstacle(member: ChatMember, chat_type: str) -> str | None:
    """Return what keeps a member from writing in a chat, in plain words; None for nothing."""
    match member.status:
        case ChatMemberStatus.BANNED:
            return "the bot was blocked or removed"
        case ChatMemberStatus.LEFT:
            return "the bot is not in the chat any more"
        case ChatMemberStatus.OWNER:
            return None
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        return "the bot may not write there"
    if chat_type == ChatType.CHANNEL and not _may_post(member):
        return "the bot may not post in the channel"
    return None


async def may_manage(bot: ExtBot[Lane], channel_id: int, user_id: int) -> bool:
    """Ask Telegram whether somebody may post in a channel himself; no word is no permission."""
    try:
        member = await bot.get_chat_member(channel_id, user_id)
    except TelegramError:
        return False
    return member.status == ChatMemberStatus.OWNER or _may_post(member)


async def our_obstacle(bot: ExtBot[Lane], channel_id: int) -> str | None:
    """Ask Telegram what keeps us from posting in a channel."""
    try:
        member = await bot.get_chat_member(channel_id, bot.id)
    except TelegramError:
        return "the bot is not in the chat any more"
    return obstacle(member, ChatType.CHANNEL)


def _may_post(member: ChatMember) -> bool:
    return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
