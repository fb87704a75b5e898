"""Commands and descriptions, by scope and language."""

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import (
    BadRequest,
)

from sandbox.cast import GROUP_ID, OPERATOR_ID, READER_ID
from sandbox.server import Sandbox


async def test_menus_are_kept_by_scope_and_language(
    sandbox: Sandbox, bot: Bot, web: httpx.AsyncClient
):
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("help", "帮助")], language_code="zh")
    await bot.set_my_commands([BotCommand("digest", "Digest")], BotCommandScopeAllGroupChats())
    await bot.set_my_commands([BotCommand("poll", "Read now")], BotCommandScopeChat(GROUP_ID))
    assert (await bot.get_my_commands(language_code="zh"))[0].description == "帮助"
    assert await bot.get_my_commands(language_code="de") == ()

    async def seen(chat: int, user: int) -> list[str]:
        answer = await web.get("/page/menu", params={"chat": chat, "user": user})
        return [command["description"] for command in answer.json()["commands"]]

    assert await seen(READER_ID, READER_ID) == ["Help"]
    assert await seen(OPERATOR_ID, OPERATOR_ID) == ["帮助"]
    assert await seen(GROUP_ID, READER_ID) == ["Read now"]
    await bot.delete_my_commands(BotCommandScopeChat(GROUP_ID))
    assert await seen(GROUP_ID, READER_ID) == ["Digest"]


async def test_wrong_commands_are_refused(bot: Bot):
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Help", "x")])
    with pytest.raises(BadRequest, match="Bot_command_description_invalid"):
        await bot.set_my_commands([BotCommand("help", "x" * 257)])
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands([BotCommand(f"c{n}", "x") for n in range(101)])


async def test_descriptions_fall_back_to_the_common_one(bot: Bot):
    await bot.set_my_description("I watch")
    await bot.set_my_short_description("Watch")
    await bot.set_my_name("Wachhund", language_code="de")
    assert (await bot.get_my_description("fr")).description == "I watch"
    assert (await bot.get_my_short_description()).short_description == "Watch"
    assert (await bot.get_my_name("de")).name == "Wachhund"
    assert (await bot.get_my_name()).name == "Pilotwatch"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"
