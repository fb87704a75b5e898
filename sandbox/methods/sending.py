"""Messages of words, and what all messages of the bot's have in common."""

from sandbox import keyboard
from sandbox.acts import without_reply
from sandbox.members import may_write
from sandbox.methods.words import read_text
from sandbox.parameters import Parameters
from sandbox.people import Chat
from sandbox.refusal import bad_request
from sandbox.text.formatted import Formatted
from sandbox.values import Json
from sandbox.world import World


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
