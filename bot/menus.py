"""The menus of commands that clients show: by language, kind of chat, and who somebody is."""

import logging
from collections.abc import Iterable

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.command import Command
from bot.language import LANGUAGES, SOURCE, words_for
from bot.rights import STAFF
from domain.chat import Language
from domain.delivery import Lane

log = logging.getLogger(__name__)


async def offer_menus(
    bot: ExtBot[Lane], commands: tuple[Command, ...], operators: Iterable[int]
) -> None:
    """Set every menu. A menu is a convenience, never a right: those are checked at each use."""
    everyone = [command for command in commands if command.who not in STAFF]
    in_groups = [command for command in everyone if command.where == "everywhere"]
    await _offer(bot, everyone, BotCommandScopeDefault())
    await _offer(bot, in_groups, BotCommandScopeAllGroupChats())
    for user_id in operators:
        await offer_menu(bot, user_id, commands)


async def offer_menu(bot: ExtBot[Lane], chat_id: int, commands: Iterable[Command]) -> None:
    """Set the menu of one chat."""
    await _offer(bot, commands, BotCommandScopeChat(chat_id))


async def _offer(bot: ExtBot[Lane], commands: Iterable[Command], scope: BotCommandScope) -> None:
    for language in LANGUAGES:
        menu = [BotCommand(one.name, _summary(one, language)) for one in commands]
        try:
            # Without a code it is for every language that has no menu of its own.
            code = None if language == SOURCE else language
            await bot.set_my_commands(menu, scope=scope, language_code=code)
        except TelegramError as error:
            # An operator who has not begun a chat with us yet has no menu to set.
            log.info("a menu was not set (%s): %s", scope.type, error.message)


def _summary(command: Command, language: Language) -> str:
    return words_for(language).plain(command.summary)
