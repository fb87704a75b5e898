"""Messages changed and taken back, buttons pressed and answered."""

from datetime import timedelta

import pytest
from telegram import (
    Bot,
    Message,
)
from telegram.error import (
    BadRequest,
)

from sandbox.cast import READER_ID
from sandbox.server import Sandbox
from tests.sandbox.builders import a_keyboard
from tests.sandbox.conftest import Clock


async def test_a_pressed_button_is_asked_answered_and_edited(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    sent = await bot.send_message(READER_ID, "Choose", reply_markup=a_keyboard("a", "b"))
    sandbox.press(READER_ID, sent.message_id, "b")
    query = (await bot.get_updates(offset=-1, timeout=5))[0].callback_query
    assert query is not None
    assert query.data == "b"
    assert await query.answer("Noted", show_alert=True)
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer("Again")
    edited = await query.edit_message_text("Chosen: b")
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup) == ("Chosen: b", None)
    assert edited.edit_date is not None


async def test_a_query_waits_a_minute(sandbox: Sandbox, bot: Bot, clock: Clock):
    sandbox.say(READER_ID, "hello")
    sent = await bot.send_message(READER_ID, "Choose", reply_markup=a_keyboard("a"))
    query_id = sandbox.press(READER_ID, sent.message_id, "a")["query_id"]
    clock.pass_(timedelta(seconds=61))
    with pytest.raises(BadRequest, match="response timeout expired or query id is invalid"):
        await bot.answer_callback_query(query_id)


async def test_an_invented_button_on_a_forgotten_message_still_decodes(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    sandbox.press(READER_ID, 999, "v1:drop:table", force=True)
    query = (await bot.get_updates(offset=-1, timeout=5))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible


async def test_an_edit_that_changes_nothing_is_refused(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    sent = await bot.send_message(
        READER_ID, "<b>x</b>", parse_mode="HTML", reply_markup=a_keyboard("a")
    )
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text(
            "<strong>x</strong>",
            READER_ID,
            sent.message_id,
            parse_mode="HTML",
            reply_markup=a_keyboard("a"),
        )
    await bot.edit_message_reply_markup(READER_ID, sent.message_id)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(READER_ID, sent.message_id)


async def test_only_what_is_there_and_ones_own_can_be_edited(sandbox: Sandbox, bot: Bot):
    said = sandbox.say(READER_ID, "hello")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", READER_ID, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", READER_ID, said["message_id"])
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(READER_ID, "x", reply_to_message_id=999)


async def test_a_deleted_message_is_gone(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    sent = await bot.send_message(READER_ID, "x")
    assert await bot.delete_message(READER_ID, sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(READER_ID, sent.message_id)
