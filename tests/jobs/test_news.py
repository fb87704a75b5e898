"""News of what somebody follows, from a served feed to the outbox: any, and each once."""

from datetime import timedelta

import pytest

import db.chats
import db.follows
from domain.chat import Chat, Destination
from domain.follow import wish
from tests.feed_server import NOW, item, rss

TEXT = (
    "Chengdu's national artificial intelligence innovation and application pilot zone now has "
    "over 90 key enterprises. The Chengdu Supercomputing Center has worked with more than 200 "
    "institutions, and its CPU utilisation rate has reached 30%."
)
OLD = item(1, "Chengdu AI pilot zone opens a park", TEXT, published=NOW - timedelta(days=2))
NEWS = item(2, "Chengdu AI pilot zone gains 90 key enterprises", TEXT + " It grows.")
LUNCH = item(3, "Ten places for hotpot", "A robot from Chengdu serves zebra tea.")


async def follows(watch, name, chat_id=7):
    found = wish(name)
    assert found
    async with watch.database.write() as session:
        await db.chats.remember(session, Chat(id=chat_id), watch.clock())
        await db.follows.put(session, Destination(chat_id=chat_id), found, watch.clock())


@pytest.fixture
async def watched(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([OLD])
    await watch.watches(feeds.url("/zone.xml"))
    await follows(watch, "成都超算中心")
    await follows(watch, "enterprises")
    await follows(watch, "zebra")
    await watch.polls()
    return watch


async def test_the_backlog_of_a_source_is_no_news(watched):
    assert await watched.sends() == []


async def test_one_message_tells_everything_that_is_followed(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS, LUNCH, OLD])
    await watched.polls(minutes=15)
    (told,) = await watched.sends()
    assert told.startswith("news 成都超算中心, enterprises: Chengdu AI pilot zone gains")
    await watched.polls(minutes=15)
    assert await watched.sends() == []


async def test_what_was_alerted_is_not_told_twice(watched, feeds):
    await watched.subscribes(7, "instant")
    feeds.bodies["/zone.xml"] = rss([NEWS, OLD])
    await watched.polls(minutes=15)
    assert [one.split()[0] for one in await watched.sends()] == ["alert"]


async def test_an_edit_is_news_by_its_new_facts_only(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS, OLD])
    await watched.polls(minutes=15)
    await watched.sends()
    title = "Chengdu AI pilot zone gains 90 key enterprises"
    feeds.bodies["/zone.xml"] = rss([item(2, title, TEXT + " It grows on."), OLD])
    await watched.polls(minutes=15)
    assert await watched.sends() == []
    more = " The Chengdu Supercomputing Center now has 450 employees."
    feeds.bodies["/zone.xml"] = rss([item(2, title, TEXT + more), OLD])
    await watched.polls(minutes=15)
    (told,) = await watched.sends()
    assert "1 facts" in told


async def test_old_articles_that_surface_late_are_no_news(watched, feeds):
    late = item(
        5, "Chengdu AI pilot zone then", TEXT + " Then.", published=NOW - timedelta(days=40)
    )
    feeds.bodies["/zone.xml"] = rss([late, OLD])
    await watched.polls(minutes=15)
    assert await watched.sends() == []
