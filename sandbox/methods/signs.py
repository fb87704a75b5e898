"""Signs of life: the answer to a pressed button, and "typing"."""

from datetime import timedelta

from sandbox.methods.sending import writable
from sandbox.parameters import Parameters
from sandbox.refusal import bad_request
from sandbox.text.utf16 import units
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
