"""python-telegram-bot itself speaks with the sandbox, and understands every answer."""

import asyncio
import struct
import zlib
from datetime import timedelta

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from sandbox.cast import CHANNEL_ID, GROUP_ID, OPERATOR_ID, READER_ID
from sandbox.server import Sandbox
from tests.sandbox.conftest import Clock, a_bot

POLICY = 2
"""A topic of the sample group."""


def a_picture(width: int = 40, height: int = 30) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height)))
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def a_keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(d, callback_data=d) for d in data]])


async def test_the_bot_is_who_its_token_says(bot: Bot):
    assert bot.id == 123456
    assert bot.username == "pilotwatch_bot"


async def test_what_a_person_says_comes_as_an_update(sandbox: Sandbox, bot: Bot):
    said = sandbox.say(READER_ID, "/start from-a-link")
    [update] = await bot.get_updates(timeout=5)
    message = update.message
    assert message is not None
    assert (update.update_id, message.message_id) == (said["update_id"], said["message_id"])
    assert message.parse_entities([MessageEntity.BOT_COMMAND]) == {message.entities[0]: "/start"}
    assert message.from_user is not None
    assert message.from_user.language_code == "en"
    assert message.chat.type == "private"


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


async def test_a_person_in_a_topic_is_heard_there(sandbox: Sandbox, bot: Bot):
    sandbox.say(OPERATOR_ID, "/digest", chat=GROUP_ID, thread=POLICY)
    [update] = await bot.get_updates(timeout=5)
    message = update.message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (POLICY, True)
    assert message.chat.is_forum
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None


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


async def test_a_picture_travels_there_and_back(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    picture = a_picture(40, 30)
    sent = await bot.send_photo(READER_ID, picture, caption="<i>chart</i>", parse_mode="HTML")
    assert (sent.photo[0].width, sent.photo[0].height) == (40, 30)
    assert sent.caption_html == "<i>chart</i>"
    loaded = await (await bot.get_file(sent.photo[0].file_id)).download_as_bytearray()
    assert bytes(loaded) == picture
    again = await bot.send_photo(READER_ID, sent.photo[0].file_id)
    assert again.photo[0].file_unique_id == sent.photo[0].file_unique_id


async def test_a_document_keeps_its_name_and_kind(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    file = InputFile(b"a,b\n1,2\n", filename="事实.csv")
    sent = await bot.send_document(READER_ID, file, caption="facts")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("事实.csv", 8)
    assert sent.document.mime_type == "text/csv"


async def test_a_file_from_a_person_can_be_loaded(sandbox: Sandbox, bot: Bot):
    document = {"file_name": "feeds.opml", "content": "<opml/>"}
    sandbox.say(READER_ID, "/importopml", document=document)
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.caption == "/importopml"
    loaded = await update.message.document.get_file()
    assert bytes(await loaded.download_as_bytearray()) == b"<opml/>"


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


async def test_a_block_is_told_and_felt_and_taken_back(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "/start")
    sandbox.member(READER_ID, "kicked")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(READER_ID, "x")
    sandbox.say(READER_ID, "/start")
    updates = await bot.get_updates(timeout=5)
    changes = [u.my_chat_member for u in updates if u.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]
    assert await bot.send_message(READER_ID, "x")


@pytest.mark.parametrize(
    ("chat", "status", "refusal"),
    [
        (GROUP_ID, "kicked", "Forbidden: bot was kicked from the supergroup chat"),
        (GROUP_ID, "left", "Forbidden: bot is not a member of the supergroup chat"),
        (GROUP_ID, "restricted", "Not enough rights to send text messages to the chat"),
        (CHANNEL_ID, "kicked", "Forbidden: bot was kicked from the channel chat"),
        (CHANNEL_ID, "left", "Forbidden: bot is not a member of the channel chat"),
        (CHANNEL_ID, "member", "Need administrator rights in the channel chat"),
        (READER_ID, "deactivated", "Forbidden: user is deactivated"),
    ],
)
async def test_a_bot_that_is_not_wanted_is_told_so(
    sandbox: Sandbox, bot: Bot, chat: int, status: str, refusal: str
):
    sandbox.member(chat, status)
    with pytest.raises((Forbidden, BadRequest)) as refused:
        await bot.send_message(chat, "x")
    assert str(refused.value) == refusal


async def test_who_may_what_in_a_group(sandbox: Sandbox, bot: Bot):
    owner = await bot.get_chat_member(GROUP_ID, OPERATOR_ID)
    reader = await bot.get_chat_member(GROUP_ID, READER_ID)
    itself = await bot.get_chat_member(GROUP_ID, bot.id)
    assert (owner.status, reader.status, itself.status) == ("creator", "member", "administrator")
    assert {m.user.id for m in await bot.get_chat_administrators(GROUP_ID)} == {OPERATOR_ID, bot.id}
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(GROUP_ID, 4242)
    assert await bot.get_chat_member_count(GROUP_ID) == 4
    for status in ("restricted", "administrator", "kicked", "left"):
        sandbox.member(GROUP_ID, status, user=READER_ID)
        assert (await bot.get_chat_member(GROUP_ID, READER_ID)).status == status


async def test_a_member_who_changes_is_told_only_to_a_bot_that_asks(sandbox: Sandbox, bot: Bot):
    assert sandbox.member(GROUP_ID, "administrator", user=READER_ID) == {"update_id": None}
    await bot.get_updates(allowed_updates=["chat_member"])
    sandbox.member(GROUP_ID, "member", user=READER_ID)
    [update] = await bot.get_updates(timeout=5)
    assert update.chat_member is not None
    assert update.chat_member.difference()["status"] == ("administrator", "member")


async def test_chats_of_every_kind_are_described(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    assert (await bot.get_chat(READER_ID)).first_name == "Alex"
    assert (await bot.get_chat(GROUP_ID)).is_forum
    assert (await bot.get_chat("@pilot_zone_bulletin")).id == CHANNEL_ID
    assert await bot.leave_chat(GROUP_ID)
    with pytest.raises(Forbidden):
        await bot.get_chat(GROUP_ID)


async def test_a_channel_speaks_without_a_person(sandbox: Sandbox, bot: Bot):
    sandbox.say(OPERATOR_ID, "news", chat=CHANNEL_ID)
    [update] = await bot.get_updates(timeout=5)
    assert update.channel_post is not None
    assert (update.channel_post.from_user, update.effective_user) == (None, None)
    sent = await bot.send_message(CHANNEL_ID, "more news")
    assert sent.sender_chat is not None


async def test_a_hidden_administrator_writes_in_the_groups_name(sandbox: Sandbox, bot: Bot):
    sandbox.say(OPERATOR_ID, "/poll", chat=GROUP_ID, anonymous=True)
    [update] = await bot.get_updates(timeout=5)
    message = update.message
    assert message is not None
    assert message.from_user is not None
    assert message.sender_chat is not None
    assert (message.from_user.id, message.sender_chat.id) == (1087968824, GROUP_ID)


async def test_menus_are_kept_by_scope_and_language(
    sandbox: Sandbox, bot: Bot, web: httpx.AsyncClient
):
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("help", "帮助")], language_code="zh")
    await bot.set_my_commands([BotCommand("digest", "Digest")], BotCommandScopeAllGroupChats())
    await bot.set_my_commands([BotCommand("poll", "Read now")], BotCommandScopeChat(GROUP_ID))
    assert (await bot.get_my_commands(language_code="zh"))[0].description == "帮助"
    assert await bot.get_my_commands(language_code="de") == ()

    async def seen(chat: int, user: int) -> list[str]:
        answer = await web.get("/page/menu", params={"chat": chat, "user": user})
        return [command["description"] for command in answer.json()["commands"]]

    assert await seen(READER_ID, READER_ID) == ["Help"]
    assert await seen(OPERATOR_ID, OPERATOR_ID) == ["帮助"]
    assert await seen(GROUP_ID, READER_ID) == ["Read now"]
    await bot.delete_my_commands(BotCommandScopeChat(GROUP_ID))
    assert await seen(GROUP_ID, READER_ID) == ["Digest"]


async def test_wrong_commands_are_refused(bot: Bot):
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Help", "x")])
    with pytest.raises(BadRequest, match="Bot_command_description_invalid"):
        await bot.set_my_commands([BotCommand("help", "x" * 257)])
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands([BotCommand(f"c{n}", "x") for n in range(101)])


async def test_descriptions_fall_back_to_the_common_one(bot: Bot):
    await bot.set_my_description("I watch")
    await bot.set_my_short_description("Watch")
    await bot.set_my_name("Wachhund", language_code="de")
    assert (await bot.get_my_description("fr")).description == "I watch"
    assert (await bot.get_my_short_description()).short_description == "Watch"
    assert (await bot.get_my_name("de")).name == "Wachhund"
    assert (await bot.get_my_name()).name == "Pilotwatch"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_harmless_methods_are_harmless(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    assert await bot.send_chat_action(READER_ID, "typing")
    keyboard = ReplyKeyboardMarkup([["Yes", "No"]])
    assert (await bot.send_message(READER_ID, "?", reply_markup=keyboard)).reply_markup is None
    assert await bot.log_out()
    assert await bot.close()


async def test_a_second_poller_ends_the_wait_of_the_first(sandbox: Sandbox, bot: Bot):
    async with a_bot(sandbox) as other:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await sandbox.wait_until_polled(5)
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
            await first
        sandbox.say(READER_ID, "hello")
        assert len(await second) == 1


async def test_a_poller_that_was_killed_disturbs_nobody(sandbox: Sandbox, bot: Bot):
    _, dead = await asyncio.open_connection(sandbox.host, sandbox.port)
    dead.write(b"GET /bot123456:TESTTOKEN/getUpdates?timeout=20 HTTP/1.1\r\nHost: x\r\n\r\n")
    await sandbox.wait_until_polled(5)
    dead.close()
    await dead.wait_closed()
    sandbox.say(READER_ID, "hello")
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    statuses = [call.status for call in sandbox.calls.find(method="getUpdates")]
    assert statuses == [0, 200]


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot):
    assert await bot.set_webhook(
        "https://example.com/telegram", secret_token="s", max_connections=5
    )
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections) == ("https://example.com/telegram", 5)
    assert await bot.delete_webhook()
    assert await bot.get_updates() == ()
    with pytest.raises(BadRequest, match="an https url must be provided"):
        await bot.set_webhook("http://example.com/")


async def test_a_poll_without_news_ends_empty_handed(bot: Bot):
    assert await bot.get_updates(timeout=1) == ()


async def test_a_revoked_token_and_a_malformed_one(sandbox: Sandbox, web: httpx.AsyncClient):
    sandbox.revoke("987654:REVOKED")
    with pytest.raises(InvalidToken):
        async with a_bot(sandbox, "987654:REVOKED"):
            pass
    answer = await web.get("/bot987654:REVOKED/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
    for token in ("nonsense", "12:ab", "123456:TEST TOKEN", ""):
        answer = await web.get(f"/bot{token}/getMe")
        assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")


async def test_an_unknown_method_is_not_found(bot: Bot, web: httpx.AsyncClient):
    answer = await web.post("/bot123456:TESTTOKEN/sendTelepathy")
    assert answer.status_code == 404
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
async def test_a_call_is_read_from_whatever_carries_it(
    sandbox: Sandbox, web: httpx.AsyncClient, how: str
):
    sandbox.say(READER_ID, "hello")
    fields = {"chat_id": str(READER_ID), "text": "<b>x</b>", "parse_mode": "HTML"}
    method = "/bot123456:TESTTOKEN/sendmessage"
    match how:
        case "query":
            answer = await web.get(method, params=fields)
        case "form":
            answer = await web.post(method, data=fields)
        case "json":
            answer = await web.post(method, json=fields | {"chat_id": READER_ID})
        case _:
            parts = {name: (None, value) for name, value in fields.items()}
            answer = await web.post(method, files=parts)
    result = answer.json()["result"]
    assert (result["text"], result["entities"][0]["type"]) == ("x", "bold")


async def test_faults_come_as_the_errors_that_they_are(
    sandbox: Sandbox, bot: Bot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sandbox.say(READER_ID, "hello")
    sandbox.fault("sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(READER_ID, "x")
    assert flood.value.retry_after == timedelta(seconds=7)
    for code, error in ((403, Forbidden), (400, BadRequest), (401, InvalidToken), (409, Conflict)):
        sandbox.fault("sendMessage", chat=READER_ID, code=code)
        with pytest.raises(error):
            await bot.send_message(READER_ID, "x")
    for code in (500, 502, 503):
        sandbox.fault("sendMessage", code=code)
        with pytest.raises(NetworkError):
            await bot.send_message(READER_ID, "x")
    assert await bot.send_message(READER_ID, "x")


async def test_a_fault_hits_its_chat_its_method_and_its_number_of_calls(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    sandbox.fault("sendMessage", chat=READER_ID, times=2, code=500)
    assert await bot.send_message(GROUP_ID, "x")
    assert await bot.get_chat(READER_ID)
    for _ in range(2):
        with pytest.raises(TelegramError):
            await bot.send_message(READER_ID, "x")
    assert await bot.send_message(READER_ID, "x")


@pytest.mark.parametrize(("moment", "arrived"), [("before", 0), ("after", 1)])
async def test_a_dropped_call_leaves_its_outcome_open(
    sandbox: Sandbox, bot: Bot, moment: str, arrived: int
):
    sandbox.say(READER_ID, "hello")
    sandbox.fault("sendMessage", drop=moment)
    with pytest.raises(NetworkError):
        await bot.send_message(READER_ID, "x")
    [call] = sandbox.calls.find(method="sendMessage")
    assert call.status == 0
    texts = [m.get("text") for m in sandbox.world.chats[READER_ID].messages.values()]
    assert texts.count("x") == arrived


async def test_a_delay_passes_before_anything_happens(sandbox: Sandbox, bot: Bot, clock: Clock):
    sandbox.say(READER_ID, "hello")
    began = clock.now
    sandbox.fault("sendMessage", delay=30)
    sent = await bot.send_message(READER_ID, "x")
    assert sent.date - began == timedelta(seconds=30)


async def test_a_group_becomes_a_supergroup(sandbox: Sandbox, bot: Bot):
    group, supergroup = -500, -1005000000000
    sandbox.say(READER_ID, "hello", chat={"id": group, "type": "group", "title": "Old"})
    sandbox.fault("sendMessage", chat=group, migrate_to=supergroup)
    for _ in range(2):
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(group, "x")
        assert moved.value.new_chat_id == supergroup
    assert (await bot.send_message(supergroup, "x")).chat.title == "Old"


async def test_pictures_and_files_are_held_to_telegrams_bounds(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(READER_ID, b"no picture")
    with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
        await bot.send_photo(READER_ID, a_picture(210, 10))
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(READER_ID, b"")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_document(READER_ID, "no-such-file")
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(READER_ID, bytes(50 * 1024 * 1024 + 1))
