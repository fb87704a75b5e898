"""The sample feeds: their backlog, their news, and conditional GET."""

from datetime import timedelta

import feedparser
import httpx
import pytest

from sandbox.newsroom.edition import FEEDS, Edition
from sandbox.server import Sandbox
from tests.sandbox.conftest import Clock

NAMES = [feed.name for feed in FEEDS]


async def read(web: httpx.AsyncClient, name: str) -> feedparser.FeedParserDict:
    answer = await web.get(f"/feeds/{name}.xml")
    assert answer.status_code == 200
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    return parsed


@pytest.mark.parametrize("name", NAMES)
async def test_a_feed_has_a_backlog_and_gets_one_new_article(
    sandbox: Sandbox, web: httpx.AsyncClient, name: str
):
    before = await read(web, name)
    assert len(before.entries) == 3
    sandbox.publish()
    after = await read(web, name)
    assert len(after.entries) == 4
    assert [e.link for e in after.entries[1:]] == [e.link for e in before.entries]
    assert after.entries[0].title in [a.title for a in sandbox.newsroom.edition.feed(name)]


async def test_the_main_article_tells_its_facts(sandbox: Sandbox, web: httpx.AsyncClient):
    sandbox.publish()
    text = (await read(web, "pilot-zone-en")).entries[0].summary
    for words in (
        "Over 90 key enterprises",
        "200 institutions",
        "1.52 million",
        "30%",
        "September 2020",
    ):
        assert words in text


async def test_the_call_for_applications_closes_three_weeks_on(
    sandbox: Sandbox, web: httpx.AsyncClient
):
    sandbox.publish()
    text = (await read(web, "chengdu-zh")).entries[0].content[0].value
    assert "2026年12月14日17:00" in text
    assert "〔2026〕41号" in text


@pytest.mark.parametrize("name", NAMES)
async def test_a_reader_who_knows_the_feed_gets_304(
    sandbox: Sandbox, web: httpx.AsyncClient, name: str
):
    first = await web.get(f"/feeds/{name}.xml")
    by_tag = {"If-None-Match": first.headers["ETag"]}
    by_date = {"If-Modified-Since": first.headers["Last-Modified"]}
    for condition in (by_tag, by_date):
        again = await web.get(f"/feeds/{name}.xml", headers=condition)
        assert (again.status_code, again.content) == (304, b"")
    sandbox.publish()
    for condition in (by_tag, by_date):
        assert (await web.get(f"/feeds/{name}.xml", headers=condition)).status_code == 200


async def test_articles_can_be_read_once_they_are_out(sandbox: Sandbox, web: httpx.AsyncClient):
    assert (await web.get("/articles/pilot-zone")).status_code == 404
    sandbox.publish()
    page = await web.get("/articles/pilot-zone")
    assert "<h1>Chengdu pilot zone:" in page.text
    assert (await web.get("/articles/nothing")).status_code == 404
    assert (await web.get("/feeds/nothing.xml")).status_code == 404


async def test_readings_are_noticed(sandbox: Sandbox, web: httpx.AsyncClient):
    await web.get("/feeds/chengdu-zh.xml")
    assert sandbox.newsroom.unread() == ["pilot-zone-en"]
    with pytest.raises(TimeoutError):
        await sandbox.newsroom.wait_until_read(0.01)
    await web.get("/feeds/pilot-zone-en.xml")
    await sandbox.newsroom.wait_until_read(5)


def test_dates_count_from_the_given_moment(clock: Clock):
    edition = Edition(clock())
    for feed in FEEDS:
        ages = [clock() - article.published for article in edition.feed(feed.name)]
        assert all(timedelta(0) < age < timedelta(days=2) for age in ages)
        assert ages == sorted(ages)
    out = edition.publish(clock() + timedelta(minutes=5))
    assert {article.published for article in out} == {clock() + timedelta(minutes=5)}
    assert edition.coming() == []
