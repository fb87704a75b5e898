"""The Bot API's methods: each takes the world and the call's parameters, and answers.

getUpdates is not here: it waits, and so lives with the polling.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.methods import account, chats, editing, media, menus, sending, signs, webhook
from sandbox.parameters import Parameters
from sandbox.world import World

Method = Callable[[World, Parameters], Any]

METHODS: Mapping[str, Method] = {
    "getMe": account.get_me,
    "logOut": account.done,
    "close": account.done,
    "setWebhook": webhook.set_webhook,
    "deleteWebhook": webhook.delete_webhook,
    "getWebhookInfo": webhook.get_webhook_info,
    "sendMessage": sending.send_message,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "sendChatAction": signs.send_chat_action,
    "answerCallbackQuery": signs.answer_callback_query,
    "sendPhoto": media.send_photo,
    "sendDocument": media.send_document,
    "getFile": media.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatMemberCount": chats.get_chat_member_count,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
    "setMyCommands": menus.set_my_commands,
    "getMyCommands": menus.get_my_commands,
    "deleteMyCommands": menus.delete_my_commands,
    "setMyName": menus.setter("name", 64),
    "getMyName": menus.getter("name"),
    "setMyDescription": menus.setter("description", 512),
    "getMyDescription": menus.getter("description"),
    "setMyShortDescription": menus.setter("short_description", 120),
    "getMyShortDescription": menus.getter("short_description"),
    "setChatMenuButton": menus.set_chat_menu_button,
    "getChatMenuButton": menus.get_chat_menu_button,
}
"""By Telegram's name; Telegram itself does not mind upper and lower case."""
