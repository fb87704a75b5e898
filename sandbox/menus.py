"""The bot's command menus, by scope and language, and which of them a person sees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.people import Chat
from sandbox.refusal import bad_request
from sandbox.values import Json

MOST_COMMANDS = 100
ADMINISTRATORS = frozenset({"creator", "administrator"})
_NAME = re.compile(r"[a-z0-9_]{1,32}")

Key = tuple[str, int, int, str]
"""Scope, chat, user (0 where the scope has none) and language ("" for every language)."""


@dataclass(slots=True)
class Menus:
    """What setMyCommands and its sisters have stored."""

    commands: dict[Key, list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """Name, description and short description, by (field, language)."""

    def seen(self, chat: Chat, user_id: int, language: str) -> list[Json]:
        """The menu of a person in a chat: the first that exists in Telegram's order of scopes,
        each tried in the person's language, then for every language."""
        for scope in _scopes(chat, user_id):
            for code in (language.split("-")[0], ""):
                found = self.commands.get((*scope, code))
                if found:
                    return found
        return []

    def text(self, name: str, language: str) -> str:
        """A description in that language, else the one for every language."""
        return self.texts.get((name, language)) or self.texts.get((name, "")) or ""

    def clear(self) -> None:
        """Forgets all of it."""
        self.commands.clear()
        self.texts.clear()


def _scopes(chat: Chat, user_id: int) -> Iterator[tuple[str, int, int]]:
    is_group = chat.type in ("group", "supergroup")
    if is_group:
        yield "chat_member", chat.id, user_id
    yield "chat", chat.id, 0
    if is_group and chat.statuses.get(user_id) in ADMINISTRATORS:
        yield "chat_administrators", chat.id, 0
        yield "all_chat_administrators", 0, 0
    if is_group:
        yield "all_group_chats", 0, 0
    if chat.type == "private":
        yield "all_private_chats", 0, 0
    yield "default", 0, 0


def checked_commands(commands: object) -> list[Json]:
    """A list of commands as Telegram keeps it.

    Raises:
        Refusal: a name or a description outside of Telegram's bounds, or too many of them.
    """
    if not isinstance(commands, list):
        raise bad_request("can't parse BotCommand: expected an Array")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked(command) for command in commands]


def _checked(command: object) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description or len(description) > 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
