"""`make run` on a fresh machine: an alert and a digest come, without a hand being lifted."""

import asyncio
import os
import re
import signal
import sys
from typing import Any

from aiohttp import ClientSession

PATIENCE = 30.0


async def line(stream: asyncio.StreamReader, pattern: str) -> re.Match[str]:
    while True:
        read = (await stream.readline()).decode()
        assert read, "the program ended"
        if found := re.search(pattern, read):
            return found


async def sent(web: ClientSession, page: str) -> list[dict[str, Any]]:
    async with web.get(f"{page}sandbox/calls?method=sendMessage") as answer:
        return [call for call in (await answer.json())["calls"] if call["status"] == 200]


async def test_without_a_token_an_alert_and_a_digest_arrive_by_themselves(tmp_path):
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", "from bot.cli import main; main()", "run"),
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert program.stdout
    try:
        async with asyncio.timeout(PATIENCE), ClientSession() as web:
            page = (await line(program.stdout, r"http://127\.0\.0\.1:\d+/"))[0]
            await line(program.stdout, "has an alert and a digest")
            texts = [call["params"]["text"] for call in await sent(web, page)]
        title = "over 90 key enterprises"
        assert any("⚡" in text and title in text and "<b>Digest</b>" not in text for text in texts)
        (digest,) = [text for text in texts if "<b>Digest</b>" in text]
        assert "more than 90" in digest
        assert "<blockquote expandable>" in digest
        assert not (tmp_path / "data" / "pilotwatch.db").exists()
    finally:
        program.send_signal(signal.SIGTERM)
        await asyncio.wait_for(program.communicate(), PATIENCE)
    assert program.returncode == 0
