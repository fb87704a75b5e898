"""One incident, one message to the operators, and one when it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

import db.audit
import db.chats
import db.operators
import db.sources
from domain.chat import Chat
from domain.source import ReadingOptions
from jobs.notes import Note, put_down
from jobs.watchdog import watch_over
from tests.feed_server import NOW, item, rss

NEWS = item(1, "Chengdu AI pilot zone grows", "Over 90 key enterprises.")


@pytest.fixture
async def watched(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    watch.number = await watch.watches(feeds.url("/zone.xml"))
    async with watch.database.write() as session:
        await db.operators.seed(session, [7, 8], watch.clock())
        await db.chats.remember(session, Chat(id=7), watch.clock())
    await watch.polls()
    return watch


async def told(watch):
    await watch_over(watch.database, watch.clock())
    return await watch.sends()


async def kept(watch):
    async with watch.database.read() as session:
        return await db.sources.get(session, watch.number)


async def test_an_incident_is_told_once_and_its_end_once(watched, feeds):
    feeds.statuses["/zone.xml"] = 503
    seen = []
    for _ in range(5):
        assert (await watched.polls(days=1)).failed == 1
        seen += await told(watched)
        seen += await told(watched)
    assert seen == [f"notice: failing #{watched.number}"]
    (notice,) = watched.courier.letters[0].notices
    assert (notice.code, "503" in notice.reason) == ("http_503", True)
    feeds.statuses["/zone.xml"] = 200
    await watched.polls(days=2)
    assert await told(watched) == [f"notice: failing over #{watched.number}"]
    assert await told(watched) == []


async def test_several_at_once_are_one_message(watched, feeds):
    feeds.bodies["/b.xml"] = rss([NEWS], "B")
    other = await watched.watches(feeds.url("/b.xml"))
    feeds.statuses |= {"/zone.xml": 500, "/b.xml": 500}
    for _ in range(4):
        await watched.polls(days=1)
    (message,) = await told(watched)
    assert f"#{watched.number}" in message
    assert f"#{other}" in message


async def test_a_page_that_is_gone_for_good_is_told_and_never_asked_for_again(watched, feeds):
    feeds.statuses["/zone.xml"] = 410
    await watched.polls(days=1)
    assert await told(watched) == [f"notice: gone #{watched.number}"]
    asked = len(feeds.requests)
    await watched.polls(days=2)
    assert len(feeds.requests) == asked
    assert (await kept(watched)).state == "gone"


async def test_a_source_moves_with_its_owner_after_three_readings(watched, feeds):
    feeds.statuses["/zone.xml"] = 301
    feeds.headers["/zone.xml"] = {"Location": "/new.xml"}
    for reading in range(3):
        assert (await kept(watched)).url == feeds.url("/zone.xml")
        feeds.bodies["/new.xml"] = rss([NEWS.replace("item-1", f"item-{reading}")])
        assert (await watched.polls(days=1)).failed == 0
    assert (await kept(watched)).url == feeds.url("/new.xml")
    async with watched.database.read() as session:
        assert (await db.audit.latest(session, 1))[0].action == "source.moved"


async def test_a_server_that_asks_for_patience_gets_it(watched, feeds):
    feeds.headers["/zone.xml"] = {"Cache-Control": "max-age=7200"}
    feeds.bodies["/zone.xml"] = rss([NEWS, item(2, "Second", "Words.")])
    assert (await watched.polls(minutes=15)).read == 1
    assert (await watched.polls(minutes=60)).sources == ()
    assert len((await watched.polls(minutes=61)).sources) == 1


async def test_a_source_learns_its_rhythm_and_when_it_last_had_news(watched, feeds):
    items = [item(n, f"Item {n}", "Words.", published=NOW - timedelta(days=n)) for n in range(10)]
    feeds.bodies["/zone.xml"] = rss(items)
    await watched.polls(minutes=15)
    source = await kept(watched)
    assert source.rhythm == timedelta(days=1)
    assert source.last_new_at == watched.clock()
    await watched.polls(days=9)
    assert await told(watched) == [f"notice: quiet #{watched.number}"]


async def test_a_change_made_while_a_source_is_read_is_not_taken_for_read(watched, feeds):
    before = await kept(watched)
    listed = replace(before, options=ReadingOptions(charset="gb18030"), body_hash=None)
    async with watched.database.write() as session:
        await db.sources.save(session, listed)
    await noted(watched, before, "old")
    assert (await kept(watched)).body_hash is None
    await noted(watched, listed, "new")
    assert (await kept(watched)).body_hash == "new"


async def test_a_source_of_a_list_decides_at_its_first_reading_whether_pages_are_needed(
    watched, feeds
):
    feeds.bodies["/full.xml"] = rss([item(1, "A", "Words of a whole article. " * 40)], "Full")
    feeds.bodies["/short.xml"] = rss([item(1, "A", "Short.")], "Short")
    for path in ("/full.xml", "/short.xml"):
        async with watched.database.write() as session:
            await db.sources.add(
                session,
                url=feeds.url(path),
                kind="feed",
                title="",
                tier="media",
                interval=timedelta(minutes=15),
                now=watched.clock(),
                full_text=None,
            )
    await watched.polls()
    async with watched.database.read() as session:
        decided = {one.title: one.full_text for one in await db.sources.every(session)}
    assert (decided["Full"], decided["Short"]) == (False, True)


async def noted(watched, read, body_hash):
    note = Note(read, lambda source: replace(source, body_hash=body_hash))
    await watched.house.together(put_down)(note)
