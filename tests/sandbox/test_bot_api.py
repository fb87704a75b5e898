"""python-telegram-bot itself speaks with the sandbox, and understands every answer."""

import asyncio

import httpx
import pytest
from telegram import (
    Bot,
    MessageEntity,
)
from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
)

from sandbox.cast import GROUP_ID, OPERATOR_ID, READER_ID
from sandbox.methods import METHODS
from sandbox.methods.elsewhere import ELSEWHERE
from sandbox.server import Sandbox
from tests.sandbox.conftest import a_bot

POLICY = 2
"""A topic of the sample group."""


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


async def test_a_person_in_a_topic_is_heard_there(sandbox: Sandbox, bot: Bot):
    sandbox.say(OPERATOR_ID, "/digest", chat=GROUP_ID, thread=POLICY)
    [update] = await bot.get_updates(timeout=5)
    message = update.message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (POLICY, True)
    assert message.chat.is_forum
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None


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
    dead.write(
        b"GET /bot123456:TESTTOKEN/getUpdates?timeout=20 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    )
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


@pytest.mark.parametrize("method", ["sendPoll", "sendpoll", "answerInlineQuery"])
async def test_a_method_that_only_telegram_has_is_no_wrong_token(
    method: str, bot: Bot, web: httpx.AsyncClient
):
    answer = await web.post(f"/bot123456:TESTTOKEN/{method}")
    said = "Bad Request: method is not part of the sandbox"
    assert (answer.status_code, answer.json()["description"]) == (400, said)
    with pytest.raises(BadRequest, match="not part of the sandbox"):
        await bot.send_dice(77)


def test_the_sandbox_knows_each_method_of_telegram_once():
    assert not ELSEWHERE & {"getUpdates", *METHODS}


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
