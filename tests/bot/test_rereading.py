"""/reprocess in the chat: one message that is edited, and plain words for a wrong day."""

import pytest

import db.chats
import db.rereading
import jobs.reprocess
from domain.chat import Destination
from domain.rereading import Run, progress
from tests.bot.scene import OPERATOR, Scene
from tests.builders import NOW, stored_story


async def test_a_run_is_shown_in_one_message_that_is_edited(scene: Scene):
    await stored_story(scene.tools.database)
    (text,) = await scene.say("/reprocess", OPERATOR)
    assert "♻️ <b>Rereading</b>" in text
    assert "0 of 1 articles" in text
    shown = scene.last_message()["id"]
    (again,) = await scene.say("/reprocess", OPERATOR)
    assert "0 of 1 articles" in again
    async with scene.tools.database.read() as session:
        run = await db.rereading.unfinished(session)
        chat = await db.chats.get(session, OPERATOR["id"])
    assert run is not None
    assert chat is not None
    assert run.message_id == scene.last_message()["id"] != shown
    async with scene.tools.database.write() as session:
        ended = await db.rereading.advance(
            session, run, last_id=run.until_id, done=1, changed=1, now=NOW
        )
    assert ended is not None
    (message,) = scene.tools.courier.compose(progress(ended), chat)
    await scene.tools.courier.edit(scene_of(ended), ended.message_id or 0, message)
    edit = scene.last_message("editMessageText")
    assert edit["id"] == run.message_id
    assert "<b>Reread</b>" in edit["params"]["text"]
    assert "1 of 1 articles, 1 read otherwise now" in edit["params"]["text"]


def scene_of(run: Run):
    return Destination(chat_id=run.chat_id or 0)


@pytest.mark.parametrize("said", ["/reprocess some day", "/reprocess 2026-13-40"])
async def test_a_wrong_day_is_answered_with_an_example(scene: Scene, said: str):
    (text,) = await scene.say(said, OPERATOR)
    assert "<code>/reprocess 2026-11-01</code>" in text
    async with scene.tools.database.read() as session:
        assert await db.rereading.unfinished(session) is None


async def test_a_day_is_the_chats_own(scene: Scene):
    await stored_story(scene.tools.database)
    await scene.say("/reprocess since:2026-11-01", OPERATOR)
    async with scene.tools.database.read() as session:
        run = await db.rereading.unfinished(session)
    assert run is not None
    assert run.since is not None
    assert run.since.isoformat() == "2026-10-31T16:00:00+00:00"


@pytest.mark.parametrize("said", ["1d", "1 day", "since:1d", "1天", "1", "yesterday", "since:昨天"])
async def test_so_many_days_back_are_understood(scene: Scene, said: str):
    await stored_story(scene.tools.database)
    (text,) = await scene.say(f"/reprocess {said}", OPERATOR)
    assert "<b>Rereading</b>" in text
    async with scene.tools.database.read() as session:
        run = await db.rereading.unfinished(session)
    assert run is not None
    assert run.since is not None
    # Midnight in Chengdu, the day before the scene's.
    assert run.since.isoformat() == "2026-11-21T16:00:00+00:00"


async def test_a_message_that_is_gone_is_not_sent_anew(scene: Scene):
    await scene.say("/start", OPERATOR)
    async with scene.tools.database.write() as session:
        run = await db.rereading.begin(session, since=None, started_by=None, now=NOW)
        await db.rereading.shown_in(session, run.id, OPERATOR["id"], 4711)
    await stored_story(scene.tools.database)
    async with scene.tools.database.write() as session:
        run = await db.rereading.begin(session, since=None, started_by=None, now=NOW)
        await db.rereading.shown_in(session, run.id, OPERATOR["id"], 4711)
        run = await db.rereading.get(session, run.id)
    since = scene.seen
    await jobs.reprocess.show(scene.tools.database, scene.tools.courier, run)
    assert scene.calls("sendMessage", since) == []
