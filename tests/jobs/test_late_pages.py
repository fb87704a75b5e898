"""Pages that could not be read at once are tried again, and what they say then is news."""

import pytest

import db.stories
from jobs.late_pages import read_late_pages
from tests.feed_server import NOW, article_page, item, rss

TITLE = "市里发布一项新的措施"
SHORT = "详见正文。"
PARAGRAPHS = [
    "成都市国家人工智能创新应用先导区发布新的支持措施，重点企业达到95家。" * 3,
    "成都人工智能产业规模超过1000亿元，先导区内的智能算力中心对企业开放。" * 6,
]


@pytest.fixture
async def late(watch, feeds):
    """A feed that only announces, whose article's page answers 503."""
    feeds.bodies["/zone.xml"] = rss([item(0, "Lunch", "Noodles.")])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.subscribes(7, "instant")
    await watch.polls()
    page = feeds.page("/a/1.html", article_page(TITLE, PARAGRAPHS))
    feeds.statuses["/a/1.html"] = 503
    feeds.bodies["/zone.xml"] = rss([item(1, TITLE, SHORT, link=page, published=NOW)])
    await watch.polls(minutes=15)
    return watch


async def tried(watch, **later: float) -> int:
    watch.clock.turn(**later)
    return await read_late_pages(watch.house, watch.clock())


async def test_what_a_page_says_at_last_makes_its_article_news(late, feeds):
    assert await late.sends() == []
    feeds.statuses["/a/1.html"] = 200
    assert await tried(late, minutes=3) == 1
    (alert,) = await late.sends()
    assert TITLE in alert
    async with late.database.read() as session:
        (story,) = await db.stories.latest(session, 5)
    assert "95家" in story.lead.article.text
    assert story.lead.article.quality == "full"


async def test_what_was_read_is_not_read_again_and_is_known_in_its_feed(late, feeds):
    feeds.statuses["/a/1.html"] = 200
    await tried(late, minutes=3)
    asked = feeds.requests.count("/a/1.html")
    assert await tried(late, hours=2) == 0
    feeds.bodies["/zone.xml"] += b"\n"
    assert (await late.polls(minutes=15)).articles == 0
    assert feeds.requests.count("/a/1.html") == asked


async def test_a_page_is_tried_more_and_more_seldom_and_then_no_more(late, feeds):
    before = feeds.requests.count("/a/1.html")
    for _ in range(40):
        await tried(late, minutes=30)
    assert feeds.requests.count("/a/1.html") - before == 4


async def test_it_is_not_tried_before_its_time(late, feeds):
    before = feeds.requests.count("/a/1.html")
    await tried(late, minutes=1)
    assert feeds.requests.count("/a/1.html") == before
