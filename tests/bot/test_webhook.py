"""Updates that Telegram brings: each is handled once, whatever happens on the way."""

import asyncio
import socket
from pathlib import Path

import pytest
from telegram.error import TelegramError

import db.heard
from bot.telegram import BAD_CREDENTIALS, Ended, build, introduce, listen, receive
from bot.webhook import REMEMBERED, Inbox
from db.engine import Database
from sandbox.cast import READER_ID
from sandbox.server import Sandbox
from tests import whole
from tests.bot.scene import Scene
from tests.builders import NOW

SECRET = "a-long-secret-of-the-webhook"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


async def test_the_whole_bot_answers_by_webhook_and_only_once(tmp_path: Path, sqlite_url: str):
    port = free_port()
    given = {
        "HTTP_PORT": str(port),
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_SECRET": SECRET,
    }
    async with Sandbox(port=0) as sandbox:
        sandbox.fault("webhook", drop="after", times=2)
        async with whole.living(sandbox, sqlite_url, **given) as bot:
            sandbox.say(READER_ID, "/help")
            await bot.message("What you can ask for")
            sandbox.update({"poll_answer": {"poll_id": 7}})
            since = sandbox.calls.last_seq
            sandbox.say(READER_ID, "/status")
            await bot.message("Pilotwatch", since=since)
            async with asyncio.timeout(10):
                while sandbox.world.updates.waiting:  # noqa: ASYNC110 -- nothing tells of it
                    await asyncio.sleep(0.02)
        answers = [text for text in bot.messages() if "What you can ask for" in text]
        assert len(answers) == 1
        assert sandbox.world.webhook, "who stops leaves the webhook where it is"


async def test_one_update_brought_twice_is_handled_once(scene: Scene, kept: Database):
    inbox = await _open(scene, kept)
    update = _help(scene)
    for _ in range(2):
        await inbox.take(update, "{}")
    await _finished(scene)
    assert len(scene.calls("sendMessage")) == 1


async def test_what_was_taken_before_a_crash_is_handled_after_it(scene: Scene, kept: Database):
    written = '{"update_id": 5, "message": {"message_id": 1, "date": 0, "text": "/help", '
    written += '"chat": {"id": 2002, "type": "private"}, '
    written += '"from": {"id": 2002, "is_bot": false, "first_name": "Rui"}}}'
    scene.sandbox.say({"id": 2002, "first_name": "Rui"}, "hello")
    async with kept.write() as session:
        assert await db.heard.take(session, 5, scene.clock(), body=written)
    inbox = await _open(scene, kept)
    await inbox.resume()
    await _finished(scene)
    assert len(scene.calls("sendMessage")) == 1
    inbox = await _open(scene, kept)
    await inbox.resume()
    await _finished(scene)
    assert len(scene.calls("sendMessage")) == 1


async def test_what_cannot_be_read_is_taken_kept_and_counted(scene: Scene, kept: Database):
    inbox = Inbox(scene.app, kept, scene.clock)
    await inbox.take({"update_id": 5, "poll_answer": {"poll_id": 7}}, '{"what": "it was"}')
    async with kept.read() as session:
        assert await db.heard.unreadable(session) == 1


async def test_updates_are_forgotten_after_two_days(scene: Scene, kept: Database):
    async with kept.write() as session:
        await db.heard.take(session, 5, NOW)
        assert not await db.heard.take(session, 5, NOW)
        assert await db.heard.forget(session, NOW + REMEMBERED) == 1
        assert await db.heard.take(session, 5, NOW)


async def test_polling_does_not_unhook_a_bot_that_runs_elsewhere(scene: Scene):
    await scene.app.bot.set_webhook("https://bot.example.org/telegram")
    with pytest.raises(Ended, match=r"brings this bot's updates to bot\.example\.org"):
        await listen(scene.app)
    assert (scene.sandbox.world.webhook or {})["url"] == "https://bot.example.org/telegram"


async def test_a_webhook_that_telegram_refuses_ends_the_bot_with_its_reason(sqlite_url: str):
    async with Sandbox(port=0) as sandbox:
        given = whole.settings(
            sandbox,
            sqlite_url,
            WEBHOOK_URL="https://bot.example.org:9999/telegram",
            WEBHOOK_SECRET=SECRET,
            HTTP_PORT="9999",
        )
        app = build(given, lambda ended: None)
        await introduce(app)
        with pytest.raises(Ended, match="can be set up only on ports"):
            await receive(app, given)
        sandbox.revoke(whole.TOKEN)
        await app.stop()
        with pytest.raises(Ended, match=BAD_CREDENTIALS[:20]):
            await receive(app, given)
        await app.stop()
        with pytest.raises(TelegramError):
            await app.bot.get_me()
        await app.shutdown()
        await app.bot.shutdown()


def _help(scene: Scene) -> dict[str, object]:
    scene.sandbox.say({"id": 2002, "first_name": "Rui"}, "/help")
    ((_, update),) = scene.sandbox.world.updates.waiting.values()
    return update


async def _open(scene: Scene, database: Database) -> Inbox:
    await scene.app.start()
    return Inbox(scene.app, database, scene.clock)


async def _finished(scene: Scene) -> None:
    """Let the application's own tasks come to their end, as stopping it does."""
    await scene.app.stop()
