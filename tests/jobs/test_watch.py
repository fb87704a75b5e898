"""Any address becomes something that can be watched, once."""

from datetime import timedelta
from functools import partial

import pytest

import db.looks
import db.sources
from db.sources import SourceExists
from domain.source import ReadingOptions
from jobs.watch import WAITS, ask, confirm, look
from sources.errors import SourceError
from tests.feed_server import article_page, item, list_page, rss

TEXT = "Chengdu's AI pilot zone now has over 90 key enterprises. " * 10
NEWS = item(1, "Chengdu AI pilot zone grows", TEXT)
INTERVAL = timedelta(minutes=15)


@pytest.fixture
def listing(feeds):
    rows = []
    for n in range(8):
        title = f"成都市人工智能先导区第{n}号公告发布了"
        feeds.page(f"/art/{n}.html", article_page(title, [f"成都人工智能企业{n}0家。" * 30]))
        rows.append((f"/art/{n}.html", title, f"2026-11-{20 - n:02}"))
    return feeds.page("/list.html", list_page(rows))


async def test_a_feed_is_shown_with_what_is_made_of_it(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    found = await look(watch.house, feeds.url("/zone.xml"))
    assert (found.candidate.kind, found.candidate.title, found.entries) == ("feed", "Zone news", 1)
    assert not found.candidate.full_text
    (preview,) = found.previews
    assert preview.reading
    assert preview.reading.facts
    assert found.candidate.language == "en"


async def test_the_feed_that_a_page_names_is_found_and_the_others_are_offered(watch, feeds):
    feeds.bodies["/a.xml"] = rss([NEWS], "First")
    feeds.bodies["/b.xml"] = rss([NEWS], "Second")
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' title='{name}' href='/{path}'>"
        for name, path in (("Gone", "gone.xml"), ("A", "a.xml"), ("B", "b.xml"))
    )
    url = feeds.page("/", f"<html><head>{links}</head><body>Welcome to the city</body></html>")
    found = await look(watch.house, url)
    assert found.candidate.url == feeds.url("/a.xml")
    assert feeds.url("/b.xml") in [other.url for other in found.others]


async def test_a_list_page_is_recognised_and_its_articles_are_read_in_full(watch, listing):
    found = await look(watch.house, listing)
    assert (found.candidate.kind, found.entries) == ("list", 8)
    assert found.candidate.full_text
    assert all(len(preview.entry.text) > 100 for preview in found.previews)
    assert found.candidate.language == "zh-Hans"


async def test_a_selector_says_which_links_are_the_list(watch, feeds):
    body = (
        "<div class='x'><a href='/1.html'>第一条公告标题</a></div><p><a href='/2'>关于本站</a></p>"
    )
    url = feeds.page("/odd.html", f"<html><body>{body}</body></html>")
    found = await look(watch.house, url, options=ReadingOptions(selector="div.x a"))
    assert (found.candidate.kind, found.entries) == ("list", 1)
    assert found.candidate.options.selector == "div.x a"


async def test_usual_places_are_tried_where_a_page_names_nothing(watch, feeds):
    url = feeds.page("/", "<html><body><p>Welcome to our city.</p></body></html>")
    feeds.bodies["/feed"] = feeds.bodies["/feed.xml"] = feeds.bodies["/rss.xml"] = rss([NEWS])
    found = await look(watch.house, url)
    assert found.candidate.kind == "feed"
    assert found.candidate.url != url


async def test_a_page_with_nothing_to_follow_says_what_to_do(watch, feeds):
    url = feeds.page("/", "<html><body><p>Welcome to our city.</p></body></html>")
    with pytest.raises(SourceError) as refusal:
        await look(watch.house, url)
    assert refusal.value.code == "nothing_to_watch"
    assert "selector" in refusal.value.reason


async def test_what_is_watched_already_is_recognised_by_where_it_leads(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    number = await watch.watches(feeds.url("/zone.xml"))
    feeds.bodies["/old.xml"] = b""
    feeds.statuses["/old.xml"] = 302
    feeds.headers["/old.xml"] = {"Location": "/zone.xml"}
    for address in ("/old.xml", "/zone.xml?utm_source=x", "/zone.xml#top"):
        with pytest.raises(SourceExists) as known:
            await look(watch.house, feeds.url(address))
        assert known.value.source.id == number


async def test_a_look_waits_for_its_yes_and_a_second_yes_changes_nothing(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    found = await look(watch.house, feeds.url("/zone.xml"))
    number = await ask(watch.house, found, actor_id=7, now=watch.clock())
    sources = []
    for _ in range(2):
        done = await confirm(
            watch.database, number, interval=INTERVAL, actor_id=7, now=watch.clock()
        )
        assert done
        sources.append(done[1].id)
    assert sources[0] == sources[1]
    async with watch.database.read() as session:
        assert len(await db.sources.every(session)) == 1


async def test_a_look_is_of_use_to_nobody_else_and_not_for_ever(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    found = await look(watch.house, feeds.url("/zone.xml"))
    number = await ask(watch.house, found, actor_id=7, now=watch.clock())
    confirming = partial(confirm, watch.database, interval=INTERVAL)
    assert await confirming(number, actor_id=8, now=watch.clock()) is None
    later = watch.clock() + WAITS
    assert await confirming(number, actor_id=7, now=later) is None
    assert await confirming(2**70, actor_id=7, now=later) is None


async def test_a_look_that_is_dropped_cannot_be_confirmed(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    found = await look(watch.house, feeds.url("/zone.xml"))
    number = await ask(watch.house, found, actor_id=7, now=watch.clock())
    async with watch.database.write() as session:
        await db.looks.drop(session, number, actor_id=8)
        assert await db.looks.take(session, number, actor_id=7, now=watch.clock())
        await db.looks.drop(session, number, actor_id=7)
    done = await confirm(watch.database, number, interval=INTERVAL, actor_id=7, now=watch.clock())
    assert done is None
