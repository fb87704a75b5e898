"""Whatever a bot sends, the sandbox answers as the Bot API: never with a crash of its own."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sandbox.cast import CHANNEL_ID, GROUP_ID, READER_ID
from sandbox.methods import METHODS
from sandbox.parameters import decode
from sandbox.refusal import Refusal
from sandbox.world import World

NAMES = [
    "action", "allowed_updates", "callback_query_id", "caption", "caption_entities", "chat_id",
    "commands", "document", "entities", "file_id", "language_code", "link_preview_options",
    "menu_button", "message_id", "message_ids", "message_thread_id", "parse_mode", "photo",
    "reply_markup", "reply_parameters", "scope", "text", "url", "user_id",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**70) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "chat_id", "inline_keyboard", "text", "offset", "message_id"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
CHATS = st.sampled_from([READER_ID, GROUP_ID, CHANNEL_ID, str(GROUP_ID), "@pilot_zone_bulletin"])
VALUES = JSON | CHATS | st.sampled_from(["HTML", "<b>x</b>", '[{"text": 1}]', "[[[", "-", "²"])


@settings(max_examples=400)
@example(name="deleteMyCommands", raw={"scope": {"type": []}}, chat=READER_ID)
@given(
    name=st.sampled_from(sorted(METHODS)),
    raw=st.dictionaries(st.sampled_from(NAMES), VALUES),
    chat=CHATS,
)
def test_every_method_answers_or_refuses(name: str, raw: dict[str, Any], chat: object):
    world = World(clock=lambda: datetime(2026, 11, 23, tzinfo=UTC))
    world.chats[READER_ID].started = True
    try:
        answer: object = METHODS[name](world, decode({"chat_id": chat, "text": "x", **raw}))
    except Refusal as refusal:
        answer = refusal.json()
    assert answer is not None
