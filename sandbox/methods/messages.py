"""Messages of words: sent, changed, taken back; and the answers to pressed buttons."""

from datetime import timedelta

from sandbox import keyboard
from sandbox.acts import without_reply
from sandbox.members import may_write
from sandbox.methods.words import read_caption, read_text
from sandbox.parameters import Parameters
from sandbox.people import Chat
from sandbox.refusal import bad_request
from sandbox.text.formatted import Formatted
from sandbox.text.utf16 import units
from sandbox.values import Json
from sandbox.world import World

ANSWERED_WITHIN = timedelta(minutes=1)
"""Telegram does not say how long a query waits; bots see it expire after about this."""
LONGEST_ANSWER = 200

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def send_message(world: World, call: Parameters) -> Json:
    """sendMessage."""
    chat = writable(world, call)
    words = read_text(call)
    content = text_content(words)
    options = call.object("link_preview_options")
    if options:
        content["link_preview_options"] = options
    return post(world, call, chat, content)


def writable(world: World, call: Parameters) -> Chat:
    """The chat that is meant, if the bot may write in it.

    Raises:
        Refusal: it may not.
    """
    chat = world.chat_for_bot(call.chat_id)
    may_write(chat)
    return chat


def text_content(words: Formatted) -> Json:
    """The fields of a message of words."""
    entities = [entity.json() for entity in words.entities]
    return {"text": words.text} | ({"entities": entities} if entities else {})


def caption_content(words: Formatted) -> Json:
    """The fields of a caption."""
    if not words.text:
        return {}
    entities = [entity.json() for entity in words.entities]
    return {"caption": words.text} | ({"caption_entities": entities} if entities else {})


def post(world: World, call: Parameters, chat: Chat, content: Json) -> Json:
    """Puts a message of the bot's into the chat, or one of its topics.

    Raises:
        Refusal: no such topic, a reply to nothing, a wrong keyboard.
    """
    topic = world.topic(chat, call.number("message_thread_id"))
    markup = keyboard.read(call.values.get("reply_markup"))
    reply = _reply(chat, call)
    message: Json = {"message_id": chat.next_message_id()}
    sender = {"sender_chat": chat.json()} if chat.type == "channel" else {}
    message |= sender or {"from": world.bot.json()}
    message |= {"chat": chat.json(), "date": world.now()}
    if topic is not None:
        message |= {"message_thread_id": topic.id, "is_topic_message": True}
    message |= reply | content
    if markup and "inline_keyboard" in markup:
        message["reply_markup"] = markup
    elif markup:
        chat.reply_keyboard = markup if "keyboard" in markup else None
        world.tell({"event": "keyboard", "chat_id": chat.id, "markup": chat.reply_keyboard})
    return world.keep(chat, message)


def _reply(chat: Chat, call: Parameters) -> Json:
    parameters = call.object("reply_parameters")
    wanted = parameters.get("message_id") or call.number("reply_to_message_id")
    if not isinstance(wanted, int):
        return {}
    original = chat.messages.get(wanted)
    if original is not None:
        return {"reply_to_message": without_reply(original)}
    if parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


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


def send_chat_action(world: World, call: Parameters) -> bool:
    """sendChatAction: seen on the page for some seconds."""
    chat = writable(world, call)
    action = call.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    topic = world.topic(chat, call.number("message_thread_id"))
    thread = topic.id if topic else 0
    world.tell({"event": "action", "chat_id": chat.id, "thread": thread, "action": action})
    return True


def answer_callback_query(world: World, call: Parameters) -> bool:
    """answerCallbackQuery: once, and in time."""
    query = world.queries.get(call.text("callback_query_id"))
    if query is None or world.clock() - query.asked_at > ANSWERED_WITHIN:
        world.queries.pop(call.text("callback_query_id"), None)
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if units(call.text("text")) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    del world.queries[query.id]
    world.tell(
        {
            "event": "answer",
            "chat_id": query.chat_id,
            "message_id": query.message_id,
            "user_id": query.user_id,
            "query_id": query.id,
            "text": call.text("text"),
            "show_alert": call.flag("show_alert"),
        }
    )
    return True
