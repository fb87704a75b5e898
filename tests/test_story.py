"""From a served feed, through every room, to the message in somebody's chat."""

import asyncio
import re

import bot.app
import db.chats
from db.engine import connect
from domain.chat import Chat, Destination
from jobs.digest import owe_now
from sandbox.cast import OPERATOR_ID, READER_ID
from sandbox.server import Sandbox
from tests.feed_server import item, rss, serving
from tests.whole import PATIENCE, TOKEN, Whole, ask_to_stop, running, settings

TEXT = (
    "Chengdu's national AI innovation and application pilot zone now has over 90 key "
    "enterprises, the city said. The Chengdu Supercomputing Center has worked with more than "
    "200 institutions and completed 1.52 million research projects."
)


def news(number: int) -> str:
    title = f"Chengdu AI pilot zone, report {number}"
    return item(number, title, f"Report {number}. {TEXT}", published=bot.app.now())


async def test_an_article_travels_from_its_feed_to_an_alert_and_a_digest(database_url):
    async with serving() as feeds, running(database_url) as whole:
        feeds.bodies["/zone.xml"] = rss([news(1)])
        added = await whole.watch(feeds.url("/zone.xml"), OPERATOR_ID)
        assert "Chengdu AI pilot zone, report 1" in added
        assert "09:00" in await whole.ask("/subscribe")
        while len(feeds.requests) < 3:
            await whole.sandbox.sleep(0.05)

        feeds.bodies["/zone.xml"] = rss([news(2), news(1)])
        alert = (await whole.message("report 2")).result["text"]
        assert "more than 90" in alert
        assert "over 90 key enterprises" in alert

        digest = await whole.ask("/digest")
        assert "report 1" in digest
        assert "report 2" in digest
        alerts = [text for text in whole.messages() if "report 2" in text and text != digest]
        assert len(alerts) == 1


async def test_a_chinese_reader_is_spoken_to_in_chinese(database_url):
    async with serving() as feeds, running(database_url) as whole:
        mei = {"id": 5005, "first_name": "Mei", "language_code": "zh-hans"}
        since = whole.sandbox.calls.last_seq
        whole.sandbox.say(mei, "/start")
        greeting = (await whole.message(chat=5005, since=since)).result["text"]
        assert re.search("[\u4e00-\u9fff]", greeting)
        assert feeds.requests == []


async def test_a_stranger_may_not_run_the_bot(database_url):
    async with running(database_url) as whole:
        refused = await whole.ask("/addsource https://example.org/feed.xml", user=READER_ID)
        assert "operators" in refused
        assert "/digest" in await whole.ask("/help")
        assert "/addsource" not in whole.messages()[-1]
        assert "/addsource" in await whole.ask("/help", user=OPERATOR_ID)


async def test_a_forum_topic_has_a_subscription_of_its_own(database_url):
    async with running(database_url) as whole:
        from_topic = {"chat": {"id": -1001000000001, "type": "supergroup"}, "thread": 2}
        await whole.ask("/subscribe instant", user=OPERATOR_ID, **from_topic)
        (call,) = whole.sandbox.calls.find(method="sendMessage", chat=-1001000000001)
        assert call.result["message_thread_id"] == 2


async def test_an_update_that_nobody_can_decode_does_not_stop_the_bot(database_url):
    async with running(database_url) as whole:
        whole.sandbox.update({"poll_answer": {"poll_id": 7}, "message": {"text": None}})
        assert "/digest" in await whole.ask("/help")


async def test_the_token_is_never_said(database_url, caplog):
    caplog.set_level("DEBUG")
    async with running(database_url) as whole:
        whole.sandbox.fault("sendMessage", times=1, code=500)
        whole.sandbox.say(READER_ID, "/help")
        await whole.ask("/status")
    assert TOKEN not in "\n".join(whole.messages())


async def test_what_is_owed_before_telegram_can_be_reached_arrives_when_it_can(sqlite_url):
    database = connect(sqlite_url)
    destination = Destination(chat_id=READER_ID)
    async with database.write() as session:
        await db.chats.remember(session, Chat(id=READER_ID), bot.app.now())
    await owe_now(database, destination, bot.app.now())
    await database.close()
    async with Sandbox(port=0) as sandbox:
        sandbox.fault("getMe", times=2, code=502)
        sandbox.say(READER_ID, "/start")
        life = asyncio.create_task(bot.app.run(settings(sandbox, sqlite_url)))
        whole = Whole(sandbox)
        await whole.message("nothing new since")
        await ask_to_stop()
        assert await asyncio.wait_for(life, PATIENCE) == 0
