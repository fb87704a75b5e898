"""What the bot says about itself before anybody has asked: commands and descriptions."""

from collections.abc import Callable

from sandbox.menus import Key, checked_commands
from sandbox.parameters import Parameters
from sandbox.refusal import bad_request
from sandbox.values import Json
from sandbox.world import World

_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)


def set_my_commands(world: World, call: Parameters) -> bool:
    """setMyCommands: an empty list is no list."""
    key = _key(world, call)
    commands = checked_commands(call.array("commands"))
    world.menus.commands[key] = commands
    world.tell({"event": "menus"})
    return True


def get_my_commands(world: World, call: Parameters) -> list[Json]:
    """getMyCommands: of exactly that scope and language."""
    return world.menus.commands.get(_key(world, call), [])


def delete_my_commands(world: World, call: Parameters) -> bool:
    """deleteMyCommands."""
    world.menus.commands.pop(_key(world, call), None)
    world.tell({"event": "menus"})
    return True


def _key(world: World, call: Parameters) -> Key:
    scope = call.object("scope") or {"type": "default"}
    kind = scope.get("type")
    language = _language(call)
    if not isinstance(kind, str):
        raise bad_request('can\'t parse BotCommandScope: Field "type" must be of type String')
    if kind in _PLAIN_SCOPES:
        return kind, 0, 0, language
    if kind in ("chat", "chat_administrators", "chat_member"):
        chat = world.chat_for_bot(_chat_id(scope.get("chat_id")))
        user = _number(scope.get("user_id")) if kind == "chat_member" else 0
        return kind, chat.id, user, language
    raise bad_request("can't parse BotCommandScope: Unsupported type specified")


def _chat_id(value: object) -> int | str:
    if value in (None, ""):
        raise bad_request("chat_id is empty")
    text = str(value)
    return -_number(text[1:]) or text if text.startswith("-") else _number(text) or text


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _language(call: Parameters) -> str:
    code = call.text("language_code")
    if code and not (len(code) == 2 and code.isascii() and code.isalpha() and code.islower()):
        raise bad_request("invalid language code specified")
    return code


def setter(name: str, longest: int) -> Callable[[World, Parameters], bool]:
    """setMyName and the like; `longest` in characters."""

    def change(world: World, call: Parameters) -> bool:
        text = call.text(name)
        if len(text) > longest:
            raise bad_request(f"BOT_{name.upper()}_INVALID")
        world.menus.texts[name, _language(call)] = text
        world.tell({"event": "menus"})
        return True

    return change


def getter(name: str) -> Callable[[World, Parameters], Json]:
    """getMyName and the like."""

    def tell(world: World, call: Parameters) -> Json:
        own = world.bot.first_name if name == "name" else ""
        return {name: world.menus.text(name, _language(call)) or own}

    return tell


def set_chat_menu_button(world: World, call: Parameters) -> bool:
    """setChatMenuButton: kept for the chat, or for all without one."""
    button = call.object("menu_button") or {"type": "default"}
    kind = button.get("type")
    if kind not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: Unsupported type specified")
    world.menu_buttons[call.number("chat_id") or 0] = button
    return True


def get_chat_menu_button(world: World, call: Parameters) -> Json:
    """getChatMenuButton."""
    buttons = world.menu_buttons
    return buttons.get(call.number("chat_id") or 0) or buttons.get(0) or {"type": "default"}
