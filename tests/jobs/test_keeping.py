"""What is too old is let go of, and nothing else is."""

from datetime import timedelta

from sqlalchemy import text

import db.chats
import db.faults
import db.heard
import db.operators
import db.search
from db.rereading import begin
from domain.keeping import Keeping, LetGo
from domain.search.query import parse
from jobs.keeping import AT_ONCE, let_go
from jobs.outbox import Outbox
from tests import builders
from tests.db.counting import rows_in, select
from tests.fakes import Clock, RecordingCourier
from tests.feed_server import NOW, item, rss

LATER = NOW + timedelta(days=91)
NEVER = Keeping(sent=None, off_topic=None, silent_chats=None)


async def test_what_was_sent_long_ago_is_forgotten_and_what_waits_is_not(database):
    await builders.owing(database, *(builders.owed(chat, "old") for chat in range(1, 6)))
    await Outbox(database, RecordingCourier(), Clock(), owner="us").drain()
    await builders.owing(
        database, builders.owed(1, "waits", not_before=LATER + timedelta(days=9)), now=NOW
    )
    await builders.owing(database, builders.owed(2, "new"), now=LATER)
    assert (await let_go(database, NEVER, LATER)).deliveries == 0
    assert (await let_go(database, Keeping(), LATER)).deliveries == 5
    assert {key for (key,) in await select(database, "SELECT key FROM delivery")} == {
        "waits",
        "new",
    }
    assert not await let_go(database, Keeping(), LATER)


async def test_more_than_one_handful_goes_in_one_round(database):
    many = AT_ONCE * 2 + 7
    waiting = [builders.owed(9, f"w{n}", not_before=LATER + timedelta(1)) for n in range(AT_ONCE)]
    await builders.owing(database, *waiting, *(builders.owed(1, f"k{n}") for n in range(many)))
    async with database.write() as session:
        await session.execute(text("UPDATE delivery SET state = 'sent' WHERE chat_id = 1"))
    assert (await let_go(database, Keeping(), LATER)).deliveries == many


async def test_articles_about_no_topic_lose_their_words_and_stay_known(watch, feeds):
    lunch = item(1, "Ten places for hotpot", "Noodles, broth and a robot that serves tea.")
    zone = item(2, "AI pilot zone", "Chengdu's AI innovation and application pilot zone opens.")
    feeds.bodies["/zone.xml"] = rss([lunch, zone])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.polls()
    done = await let_go(watch.database, Keeping(), watch.clock.turn(days=91))
    assert (done.texts, done.deliveries) == (1, 0)
    words = dict(await select(watch.database, "SELECT title, text FROM article"))
    assert words["Ten places for hotpot"] == ""
    assert "pilot zone opens" in words["AI pilot zone"]
    feeds.bodies["/zone.xml"] = rss([zone, lunch])
    report = await watch.polls(minutes=15)
    assert (report.read, report.articles) == (1, 0)
    assert not await let_go(watch.database, Keeping(), watch.clock())
    async with watch.database.write() as session:
        found = await db.search.find(session, parse("noodles band:all", NOW))
        run = await begin(session, since=None, started_by=None, now=NOW)
    assert found.found == ()
    assert run.total == 1  # there is nothing to reread in the other one


async def test_an_emptied_article_that_is_edited_has_words_again(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([item(1, "Ten places for hotpot", "Noodles and broth.")])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.polls()
    await let_go(watch.database, Keeping(), watch.clock.turn(days=91))
    feeds.bodies["/zone.xml"] = rss([item(1, "Ten places for hotpot", "Noodles and tea for all.")])
    await watch.polls(minutes=15)
    ((words, emptied),) = await select(watch.database, "SELECT text, emptied FROM article")
    assert words == "Noodles and tea for all."
    assert not emptied


async def test_chats_out_of_reach_for_years_are_forgotten_with_their_wishes(database):
    for chat_id in (1, 2, 3):
        await builders.subscribed(database, builders.destination(chat_id))
    async with database.write() as session:
        await db.operators.add(session, 2, "owner", None, NOW)
        for chat_id in (1, 2):
            await db.chats.suspend(session, chat_id, "blocked", NOW)
    assert (await let_go(database, Keeping(), NOW + timedelta(days=729))).chats == 0
    assert (await let_go(database, Keeping(), NOW + timedelta(days=731))).chats == 1
    assert {chat for (chat,) in await select(database, "SELECT id FROM chat")} == {2, 3}
    assert await rows_in(database, "subscription") == 2


async def test_old_bugs_and_numbers_of_updates_are_forgotten(database):
    async with database.write() as session:
        await db.faults.count(session, fingerprint="f", number="A1B2", what="Bug", now=NOW)
        await db.heard.take(session, 5, NOW, body="{}")
    assert await let_go(database, NEVER, NOW + timedelta(days=89)) == LetGo()
    assert await rows_in(database, "heard_update") == 0
    assert (await let_go(database, NEVER, NOW + timedelta(days=91))).traces == 1
