"""The courier: what is known of a message whose sending failed."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from urllib.parse import parse_qs

import pytest
from telegram.ext import ExtBot

from bot.courier import TelegramCourier
from bot.pacing import Pacing
from bot.request import TelegramRequest
from domain.chat import Destination
from domain.delivery import Lane
from domain.message import Button, Message
from jobs.ports import DeliveryError, Moved, NotSent, OutcomeUnknown, Rejected, Unreachable

TOKEN = "123456:AAthisIsAVerySecretTokenOfTheBot"
HELLO = Message(html="<b>Hello</b>")
SENT = {"message_id": 42, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "Hello"}


@dataclass
class Wire:
    """What a small server does with each request in turn, and what it was asked."""

    answers: list[Callable[[asyncio.StreamWriter], Awaitable[None]]]
    asked: list[dict[str, str]]
    base_url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: (\d+)", head)
                body = await reader.readexactly(int(length[1])) if length else b""
                form = parse_qs(body.decode())
                self.asked.append({name: values[0] for name, values in form.items()})
                await self.answers.pop(0)(writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


def _far_apart() -> Callable[[], float]:
    """Give a clock that never makes a second message to one chat wait."""
    moments = count(0, 10)
    return lambda: float(next(moments))


def raw(status: int, body: bytes, length: int | None = None):
    async def answer(writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status} X\r\nContent-Length: {length or len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        if length:
            writer.close()

    return answer


def ok(result: object):
    return raw(200, json.dumps({"ok": True, "result": result}).encode())


def no(code: int, description: str, **parameters: object):
    body = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return raw(code, json.dumps(body).encode())


async def hang(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def close(writer: asyncio.StreamWriter) -> None:
    writer.close()


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


@asynccontextmanager
async def courier(*answers, base_url: str = "") -> AsyncIterator[tuple[TelegramCourier, Wire]]:
    wire = Wire(list(answers), [])
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    request = TelegramRequest(read_timeout=0.3)
    updates = TelegramRequest()
    pacing = Pacing(1000, clock=_far_apart())
    bot = ExtBot(
        TOKEN,
        base_url=(base_url or f"http://127.0.0.1:{port}/bot"),
        request=request,
        get_updates_request=updates,
        rate_limiter=pacing,
    )
    await pacing.initialize()
    try:
        yield TelegramCourier(bot), wire
    finally:
        await pacing.shutdown()
        await request.shutdown()
        await updates.shutdown()
        server.close()


TABLE = [
    (no(429, "Too Many Requests: retry after 7", retry_after=7), NotSent, "7 s"),
    (no(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1007), Moved, ""),
    (no(403, "Forbidden: bot was blocked by the user"), Unreachable, "blocked"),
    (no(403, "Forbidden: bot was kicked from the group chat"), Unreachable, "kicked"),
    (no(403, "Forbidden: user is deactivated"), Unreachable, "deactivated"),
    (no(400, "Bad Request: chat not found"), Unreachable, "not found"),
    (no(400, "Bad Request: not enough rights to send text messages"), Unreachable, "rights"),
    (no(400, "Bad Request: have no rights to send a message"), Unreachable, "rights"),
    (no(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), Unreachable, ""),
    (no(400, "Bad Request: TOPIC_CLOSED"), Unreachable, "opic_closed"),
    (no(400, "Bad Request: message is too long"), Rejected, "too long"),
    (no(400, "Bad Request: BUTTON_DATA_INVALID"), Rejected, ""),
    (no(401, "Unauthorized"), NotSent, "token"),
    (no(404, "Not Found"), NotSent, "token"),
    (no(500, "Internal Server Error"), OutcomeUnknown, ""),
    (raw(502, b"<html>Bad Gateway</html>"), OutcomeUnknown, ""),
    (raw(200, b"<html>proxy</html>"), OutcomeUnknown, "understood"),
    (raw(200, b""), OutcomeUnknown, "understood"),
    (raw(200, b"[1, 2]"), OutcomeUnknown, "understood"),
    (raw(200, b'{"ok":tr', length=900), OutcomeUnknown, "broke"),
    (hang, OutcomeUnknown, "in time"),
    (close, OutcomeUnknown, "broke"),
    (reset, OutcomeUnknown, "broke"),
]


@pytest.mark.parametrize(("answer", "kind", "says"), TABLE)
async def test_an_error_says_what_is_known(answer, kind: type[DeliveryError], says: str):
    async with courier(answer) as (sending, wire):
        with pytest.raises(kind) as raised:
            await sending.send(Destination(chat_id=7), HELLO, Lane.ALERT)
    assert len(wire.asked) == 1
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    if isinstance(raised.value, NotSent) and says == "7 s":
        assert raised.value.retry_after == timedelta(seconds=7)
    if isinstance(raised.value, Moved):
        assert raised.value.chat_id == -1007


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:9/bot", "http://no-such-host.invalid/bot"])
async def test_without_a_connection_nothing_was_sent(base_url: str):
    async with courier(base_url=base_url) as (sending, _):
        with pytest.raises(NotSent) as raised:
            await sending.send(Destination(chat_id=7), HELLO, Lane.ALERT)
    assert "cannot be reached" in str(raised.value)
    assert TOKEN not in _everything(raised.value)


@pytest.mark.parametrize("answer", [answer for answer, _, _ in TABLE])
async def test_no_error_holds_the_token(answer):
    async with courier(answer) as (sending, _):
        with pytest.raises(DeliveryError) as raised:
            await sending.send(Destination(chat_id=7), HELLO, Lane.ALERT)
    assert TOKEN.partition(":")[2] not in _everything(raised.value)


async def test_a_message_goes_out_as_html_with_its_buttons_and_without_a_preview():
    message = Message(html="<b>Hi</b>", buttons=((Button(text="Facts", data="v1:facts:s1"),),))
    async with courier(ok(SENT)) as (sending, wire):
        assert await sending.send(Destination(chat_id=7), message, Lane.ALERT) == 42
    (asked,) = wire.asked
    assert asked["text"] == "<b>Hi</b>"
    assert asked["parse_mode"] == "HTML"
    assert "message_thread_id" not in asked
    assert json.loads(asked["link_preview_options"]) == {"is_disabled": True}
    assert (
        json.loads(asked["reply_markup"])["inline_keyboard"][0][0]["callback_data"] == "v1:facts:s1"
    )


@pytest.mark.parametrize("gone", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_a_topic_that_is_gone_falls_back_to_the_chat(gone: str):
    async with courier(no(400, f"Bad Request: {gone}"), ok(SENT)) as (sending, wire):
        assert await sending.send(Destination(chat_id=-100, thread_id=5), HELLO, Lane.ALERT) == 42
    assert wire.asked[0]["message_thread_id"] == "5"
    assert "message_thread_id" not in wire.asked[1]


async def test_refused_markup_goes_out_as_plain_text_once_and_is_logged_as_our_bug(
    caplog: pytest.LogCaptureFixture,
):
    refusal = "Bad Request: can't parse entities: Unsupported start tag"
    message = Message(html="<b>A &amp; B</b>")
    with caplog.at_level(logging.ERROR):
        async with courier(no(400, refusal), ok(SENT)) as (sending, wire):
            assert await sending.send(Destination(chat_id=7), message, Lane.ALERT) == 42
    assert wire.asked[1]["text"] == "A & B"
    assert "parse_mode" not in wire.asked[1]
    assert "a bug of ours" in caplog.text


def _everything(error: BaseException | None) -> str:
    """The texts of an error and of all that led to it."""
    told = ""
    while error is not None:
        told += f"{error!r} {error} "
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return told
