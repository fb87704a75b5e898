"""The server as a whole: its port, its page, its stream of news."""

import asyncio
import json

import httpx
import pytest

from sandbox.cast import READER_ID
from sandbox.server import PortTaken, Sandbox, serve


async def test_a_busy_port_is_named(sandbox: Sandbox):
    with pytest.raises(PortTaken, match=f"cannot listen on 127.0.0.1:{sandbox.port}: .*another"):
        async with Sandbox(port=sandbox.port):
            pass


async def test_it_serves_until_it_is_cancelled(caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO", "sandbox.server")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await serve(0)
    assert "chat page is at http://127.0.0.1:" in caplog.text


async def test_the_page_loads_nothing_from_elsewhere(web: httpx.AsyncClient):
    page = await web.get("/")
    assert page.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    for name in ("page.css", "page.js", "rich.js", "icon.svg"):
        asset = await web.get(f"/page/{name}")
        assert asset.status_code == 200
        assert asset.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("..%2Fserver.py", "secret.txt", "nothing.js"):
        assert (await web.get(f"/page/{name}")).status_code == 404


async def test_the_state_shows_everybody_and_everything(sandbox: Sandbox, web: httpx.AsyncClient):
    sandbox.say(READER_ID, "hello")
    state = (await web.get("/page/state")).json()
    assert [p["first_name"] for p in state["people"] if p["operator"]] == ["Mei"]
    chats = {chat["id"]: chat for chat in state["chats"]}
    assert [m["text"] for m in chats[READER_ID]["messages"]] == ["hello"]
    assert {chat["type"] for chat in chats.values()} == {"private", "supergroup", "channel"}


async def test_news_stream_to_the_page(sandbox: Sandbox, web: httpx.AsyncClient):
    async with web.stream("GET", "/page/events") as stream:
        lines = stream.aiter_lines()
        assert (await anext(lines)).startswith(":")
        sandbox.say(READER_ID, "hello")
        async for line in lines:
            if line.startswith("data: "):
                break
        event = json.loads(line.removeprefix("data: "))
    assert (event["event"], event["message"]["text"]) == ("message", "hello")


async def test_a_page_that_does_not_keep_up_is_let_go(sandbox: Sandbox):
    queue = sandbox.stream.watch()
    for number in range(queue.maxsize + 1):
        sandbox.stream.tell({"event": "action", "number": number})
    assert queue.get_nowait() is None
    assert sandbox.stream.watchers == set()


async def test_a_file_is_kept_from_being_a_page(sandbox: Sandbox, web: httpx.AsyncClient):
    evil = {"file_name": "x.html", "content": "<script>alert(1)</script>", "mime_type": "text/html"}
    sandbox.say(READER_ID, document=evil)
    [stored] = sandbox.world.files.kept.values()
    answer = await web.get(f"/page/files/{stored.id}")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert (await web.get("/page/files/none")).status_code == 404
