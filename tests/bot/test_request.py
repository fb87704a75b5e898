"""The line to Telegram: what leaves, what comes back, and how long it may take."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from telegram import InputFile
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.request import TelegramRequest, Unsent, UpdatesRequest, _body
from tests.whole import TOKEN

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server(answer: Answering) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot{TOKEN}/sendMessage"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def line(**settings) -> AsyncIterator[TelegramRequest]:
    request = TelegramRequest(**settings)
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


def given_as(**parameters: object) -> RequestData:
    return RequestData([RequestParameter.from_input(k, v) for k, v in parameters.items()])


WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), WORDS, min_size=1))
def test_any_words_arrive_as_they_were_said(fields: dict[str, str]):
    sent = _body(given_as(**fields))
    assert isinstance(sent, bytes)
    read = parse_qs(sent.decode("ascii"), keep_blank_values=True, strict_parsing=True)
    assert read == {name: [value] for name, value in fields.items()}


async def test_a_file_travels_with_its_name_and_its_words():
    seen: dict[str, object] = {}

    async def take(request: web.Request) -> web.Response:
        form = await request.post()
        for name, value in form.items():
            seen[name] = (
                (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
            )
        return web.json_response({"ok": True, "result": True})

    document = InputFile(b"\x00\xff,=1+1", filename="事实.csv")
    async with server(take) as url, line() as request:
        status, _ = await request.do_request(
            url, "POST", given_as(chat_id=7, caption="成都 & more", document=document)
        )
    assert status == 200
    assert seen == {
        "chat_id": "7",
        "caption": "成都 & more",
        "document": ("事实.csv", b"\x00\xff,=1+1"),
    }


async def test_an_answer_that_trickles_for_ever_comes_to_an_end(monkeypatch):
    monkeypatch.setattr("bot.request.CONNECT_TIMEOUT", 0.3)

    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(200):
            await response.write(b" ")
            await asyncio.sleep(0.05)
        return response

    async with server(trickle) as url, line(read_timeout=0.2) as request:
        with pytest.raises(TimedOut):
            await request.do_request(url, "POST")


async def test_a_proxy_that_refuses_has_not_sent_anything():
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as proxy:
        port = proxy.sockets[0].getsockname()[1]
        async with line(proxy=f"http://127.0.0.1:{port}") as request:
            with pytest.raises(Unsent, match="407"):
                await request.do_request(f"https://api.telegram.example/bot{TOKEN}/getMe", "POST")


async def test_a_redirect_is_not_followed():
    asked: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        asked.append(request.path)
        raise web.HTTPFound("http://127.0.0.1:9/steal")

    async with server(elsewhere) as url, line() as request:
        status, _ = await request.do_request(url, "POST")
    assert status == 302
    assert len(asked) == 1


async def test_what_breaks_after_the_request_has_left_may_have_arrived():
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as lost:
        port = lost.sockets[0].getsockname()[1]
        async with line() as request:
            with pytest.raises(NetworkError) as error:
                await request.do_request(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe", "POST")
    assert not isinstance(error.value, Unsent | TimedOut)
    assert TOKEN not in str(error.value)


async def test_a_line_that_was_closed_opens_again():
    async def yes(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": []})

    request = UpdatesRequest()
    async with server(yes) as url:
        for _ in range(2):
            await request.initialize()
            assert (await request.do_request(url, "POST"))[0] == 200
            await request.shutdown()
