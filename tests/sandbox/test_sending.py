"""Messages that the bot sends: as Telegram keeps them, or refuses them."""

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
)

from sandbox.cast import GROUP_ID, READER_ID
from sandbox.server import Sandbox
from tests.sandbox.builders import a_keyboard

POLICY = 2
"""A topic of the sample group."""


async def test_a_message_comes_back_as_telegram_keeps_it(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    html = (
        "<b>算力券 😀</b> <a href='https://example.com'>here</a>\n"
        "<tg-time unix='1795424400' format='Dt'>t</tg-time>"
    )
    sent = await bot.send_message(
        READER_ID,
        html,
        parse_mode="HTML",
        reply_markup=a_keyboard("v1:facts:12"),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert sent.text == "算力券 😀 here\nt"
    assert sent.text_html == (
        '<b>算力券 😀</b> <a href="https://example.com/">here</a>\n'
        '<tg-time unix="1795424400" format="Dt">t</tg-time>'
    )
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "v1:facts:12"
    assert sent.link_preview_options is not None
    assert sent.link_preview_options.is_disabled


async def test_a_message_in_a_topic_knows_its_topic(bot: Bot):
    sent = await bot.send_message(GROUP_ID, "hello", message_thread_id=POLICY)
    assert (sent.message_thread_id, sent.is_topic_message) == (POLICY, True)
    general = await bot.send_message(GROUP_ID, "hello")
    assert general.message_thread_id is None


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Message text is empty"),
        (" \n ", "Message text is empty"),
        ("<b></b>", "Message text is empty"),
        ("x" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
        ("<x>y</x>", 'Can\'t parse entities: unsupported start tag "x" at byte offset 0'),
        ("<b>y", "Can't parse entities: can't find end tag corresponding to start tag \"b\""),
    ],
)
async def test_a_wrong_text_is_refused(sandbox: Sandbox, bot: Bot, text: str, refusal: str):
    sandbox.say(READER_ID, "hello")
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(READER_ID, text, parse_mode="HTML")
    assert str(refused.value) == refusal


async def test_length_counts_after_the_markup(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    sent = await bot.send_message(READER_ID, f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
    assert len(sent.text or "") == 4096
    sent = await bot.send_document(READER_ID, b"x", caption="c" * 1024)
    assert len(sent.caption or "") == 1024
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(READER_ID, b"x", caption="c" * 1025)


@pytest.mark.parametrize(
    ("keyboard", "refusal"),
    [
        (a_keyboard("算" * 21 + "ab"), "Button_data_invalid"),
        (InlineKeyboardMarkup([[InlineKeyboardButton("x")]]), "Can't parse inline keyboard button"),
        (InlineKeyboardMarkup([[InlineKeyboardButton("x", url="http://localhost")]]), "Wrong http"),
        (
            InlineKeyboardMarkup(
                [[InlineKeyboardButton("x", copy_text=CopyTextButton("y" * 257))]]
            ),
            "Button_copy_text_invalid",
        ),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="y")]] * 101),
            "Reply_markup_too_long",
        ),
    ],
)
async def test_a_wrong_keyboard_is_refused(
    sandbox: Sandbox, bot: Bot, keyboard: InlineKeyboardMarkup, refusal: str
):
    sandbox.say(READER_ID, "hello")
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(READER_ID, "x", reply_markup=keyboard)
    assert refusal.lower() in str(refused.value).lower()


async def test_sixty_four_bytes_of_data_and_a_hundred_buttons_pass(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="y" * 64)]] * 100)
    sent = await bot.send_message(READER_ID, "x", reply_markup=keyboard)
    assert sent.reply_markup == keyboard


async def test_a_bot_cannot_speak_first(sandbox: Sandbox, bot: Bot):
    for stranger in (READER_ID, 4242, -1009999999999):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(stranger, "x")
    sandbox.say(READER_ID, "/start")
    assert await bot.send_message(READER_ID, "x")


async def test_a_missing_or_closed_topic_is_refused(sandbox: Sandbox, bot: Bot):
    for thread in (1, 99):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(GROUP_ID, "x", message_thread_id=thread)
    sandbox.topic(GROUP_ID, POLICY, state="closed")
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(GROUP_ID, "x", message_thread_id=POLICY)
    sandbox.topic(GROUP_ID, POLICY, state="deleted")
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(GROUP_ID, "x", message_thread_id=POLICY)


async def test_harmless_methods_are_harmless(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    assert await bot.send_chat_action(READER_ID, "typing")
    keyboard = ReplyKeyboardMarkup([["Yes", "No"]])
    assert (await bot.send_message(READER_ID, "?", reply_markup=keyboard)).reply_markup is None
    assert await bot.log_out()
    assert await bot.close()
