"""Messages that were sent: changed and taken back."""

from sandbox import keyboard
from sandbox.methods.sending import caption_content, text_content, writable
from sandbox.methods.words import read_caption, read_text
from sandbox.parameters import Parameters
from sandbox.people import Chat
from sandbox.refusal import bad_request
from sandbox.values import Json
from sandbox.world import World

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def edit_text(world: World, call: Parameters) -> Json:
    """editMessageText."""
    chat, message = _editable(world, call)
    words = read_text(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _change(world, call, chat, message, text_content(words), ("text", "entities"))


def edit_caption(world: World, call: Parameters) -> Json:
    """editMessageCaption."""
    chat, message = _editable(world, call)
    words = read_caption(call)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    fields = ("caption", "caption_entities")
    return _change(world, call, chat, message, caption_content(words), fields)


def edit_reply_markup(world: World, call: Parameters) -> Json:
    """editMessageReplyMarkup."""
    chat, message = _editable(world, call)
    return _change(world, call, chat, message, {}, ())


def _editable(world: World, call: Parameters) -> tuple[Chat, Json]:
    chat = writable(world, call)
    message_id = call.number("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = world.message(chat, message_id, "message to edit not found")
    by_bot = message.get("from", {}).get("id") == world.bot.id or chat.type == "channel"
    if not by_bot or "forum_topic_created" in message:
        raise bad_request("message can't be edited")
    return chat, message


def _change(
    world: World,
    call: Parameters,
    chat: Chat,
    message: Json,
    content: Json,
    replaced: tuple[str, ...],
) -> Json:
    markup = keyboard.read(call.values.get("reply_markup"))
    dropped = {*replaced, "reply_markup"}
    changed = {name: value for name, value in message.items() if name not in dropped} | content
    if markup and "inline_keyboard" in markup:
        changed["reply_markup"] = markup
    if changed == message:
        raise bad_request(_SAME)
    if replaced:
        changed["edit_date"] = world.now()
    return world.keep(chat, changed)


def delete_message(world: World, call: Parameters) -> bool:
    """deleteMessage."""
    chat = writable(world, call)
    message_id = call.number("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = world.message(chat, message_id, "message to delete not found")
    if not _deletable(world, chat, message):
        raise bad_request("message can't be deleted")
    _remove(world, chat, [message_id])
    return True


def delete_messages(world: World, call: Parameters) -> bool:
    """deleteMessages: those that cannot be found are skipped."""
    chat = writable(world, call)
    wanted = [number for number in call.array("message_ids") if isinstance(number, int)]
    if not 1 <= len(wanted) <= 100:
        raise bad_request("message identifiers are not specified")
    found = [number for number in wanted if number in chat.messages]
    _remove(world, chat, [n for n in found if _deletable(world, chat, chat.messages[n])])
    return True


def _deletable(world: World, chat: Chat, message: Json) -> bool:
    own = message.get("from", {}).get("id") == world.bot.id
    return own or chat.type == "private" or chat.bot_status == "administrator"


def _remove(world: World, chat: Chat, message_ids: list[int]) -> None:
    for message_id in message_ids:
        del chat.messages[message_id]
    world.tell({"event": "deleted", "chat_id": chat.id, "message_ids": message_ids})
