"""The line to Telegram through a proxy."""

import asyncio

import pytest
from telegram.error import NetworkError

from bot.request import TelegramRequest


async def test_requests_go_to_the_proxy_with_its_password_which_no_error_shows():
    seen: list[bytes] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        request = TelegramRequest(proxy=f"http://me:secret@127.0.0.1:{port}")
        await request.initialize()
        with pytest.raises(NetworkError) as error:
            await request.do_request("https://api.telegram.example/bot1:a/getMe", "POST")
        await request.shutdown()
    assert seen[0].startswith(b"CONNECT api.telegram.example:443 HTTP/1.1")
    assert b"proxy-authorization: basic bwu6c2vjcmv0" in seen[0].lower()
    assert "secret" not in str(error.value)
    assert "bWU6" not in str(error.value)
