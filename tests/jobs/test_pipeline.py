"""From a served feed to what a chat is told, through every room below the bot."""

import asyncio
from datetime import timedelta

import pytest

import db.deliveries
import db.sources
import db.stories
from domain.chat import Destination
from jobs.digest import owe_now
from jobs.intake import intake
from sources.page import Feed
from tests.builders import entry
from tests.feed_server import NOW, item, rss

TEXT = (
    "Chengdu's national artificial intelligence innovation and application pilot zone now has "
    "over 90 key enterprises. The Chengdu Supercomputing Center has worked with more than 200 "
    "institutions, and its CPU utilisation rate has reached 30%."
)
PARK = (
    "A park for robot makers has opened in Wenjiang District, 12 kilometres west of downtown. The "
    "district's bureau of economy says that 35 artificial intelligence start-ups have moved in, "
    "and that Chengdu will pay 1.6 million yuan of their rent until June."
)
BEFORE = item(1, "Chengdu opens a park for AI robots", PARK, published=NOW - timedelta(days=2))
NEWS = item(2, "Chengdu AI pilot zone gains 90 key enterprises", TEXT + " It grows.")
LUNCH = item(3, "Ten places for hotpot", "Noodles, broth and a robot that serves tea.")


@pytest.fixture
async def watched(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([BEFORE])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.subscribes(7, "instant")
    await watch.polls()
    return watch


async def test_a_relevant_article_is_told_once(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS, LUNCH, BEFORE])
    report = await watched.polls(minutes=15)
    assert (report.read, report.articles, report.relevant) == (1, 2, 1)
    assert await watched.sends() == ["alert 1 [en]: Chengdu AI pilot zone gains 90 key enterprises"]
    await watched.polls(minutes=15)
    assert await watched.sends() == []


async def test_an_alert_carries_the_facts_with_their_exact_quotes(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    await watched.polls(minutes=15)
    await watched.sends()
    coverage = watched.courier.letters[0].story.lead
    told = {(fact.value, fact.unit) for fact in coverage.facts}
    assert {("90", "count"), ("200", "count"), ("30", "percent")} <= told
    for fact in coverage.facts:
        for evidence in fact.evidence:
            where = coverage.article.text if evidence.field == "text" else coverage.article.title
            assert where[evidence.start : evidence.end] == evidence.quote


async def test_the_first_reading_of_a_source_is_kept_but_not_broadcast(watched):
    assert await watched.sends() == []
    async with watched.database.read() as session:
        assert len(await db.stories.latest(session, 10)) == 1


async def test_an_unchanged_feed_is_asked_but_not_parsed(watched, feeds):
    report = await watched.polls(minutes=15)
    assert (report.unchanged, report.read) == (1, 0)
    assert len(feeds.requests) == 3


async def test_a_reordered_feed_brings_nothing_new(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS, LUNCH, BEFORE])
    await watched.polls(minutes=15)
    feeds.bodies["/zone.xml"] = rss([BEFORE, LUNCH, NEWS])
    assert (await watched.polls(minutes=15)).articles == 0
    assert len(await watched.sends()) == 1


async def test_an_edited_article_becomes_a_revision_and_is_not_told_again(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    await watched.polls(minutes=15)
    await watched.sends()
    feeds.bodies["/zone.xml"] = rss([NEWS.replace("90 key", "95 key")])
    assert (await watched.polls(minutes=15)).articles == 0
    assert await watched.sends() == []
    async with watched.database.read() as session:
        (story, _) = await db.stories.latest(session, 10)
        assert story.lead.article.revision == 2
        assert "95 key" in story.lead.article.title
        assert "95" in {fact.value for fact in story.lead.facts}


async def test_the_same_article_from_two_sources_is_one_story_and_one_alert(watched, feeds):
    feeds.bodies["/other.xml"] = rss([LUNCH], title="Reprints")
    await watched.watches(feeds.url("/other.xml"))
    await watched.polls()
    feeds.bodies["/zone.xml"] = feeds.bodies["/other.xml"] = rss([NEWS])
    report = await watched.polls(minutes=15)
    assert report.relevant == 2
    assert len(await watched.sends()) == 1
    async with watched.database.read() as session:
        story = (await db.stories.latest(session, 10))[0]
        assert len(story.coverage) == 2


async def test_a_source_that_fails_backs_off_and_the_others_are_read(watched, feeds):
    feeds.bodies["/other.xml"] = rss([LUNCH])
    broken = await watched.watches(feeds.url("/other.xml"))
    feeds.statuses["/other.xml"] = 500
    feeds.bodies["/zone.xml"] = rss([NEWS])
    report = await watched.polls(minutes=15)
    assert (report.read, report.failed) == (1, 1)
    async with watched.database.read() as session:
        source = await db.sources.get(session, broken)
        assert source
        assert source.failures == 1
        assert "500" in (source.error or "")
    feeds.statuses["/other.xml"] = 200
    await watched.polls(minutes=15)
    async with watched.database.read() as session:
        source = await db.sources.get(session, broken)
        assert source
        assert source.failures == 0


async def test_a_page_that_is_no_feed_fails_in_plain_words_and_loses_nothing(watched, feeds):
    feeds.bodies["/zone.xml"] = b"<html><body><h1>Maintenance</h1></body></html>"
    report = await watched.polls(minutes=15)
    assert report.failed == 1
    assert "feed" in (report.sources[0].error or "")
    feeds.bodies["/zone.xml"] = rss([NEWS, BEFORE])
    assert (await watched.polls(minutes=15)).articles == 1


async def test_what_is_stored_and_what_is_owed_are_one_transaction(watched, feeds, monkeypatch):
    feeds.bodies["/zone.xml"] = rss([NEWS])

    async def crash(*_):
        raise RuntimeError("the machine stops here")

    with monkeypatch.context() as broken:
        broken.setattr("db.deliveries.owe", crash)
        assert (await watched.polls(minutes=15)).failed == 1
    assert (await watched.polls(minutes=30)).articles == 1
    assert len(await watched.sends()) == 1


async def test_an_old_article_that_surfaces_late_is_no_alert(watched, feeds):
    late = item(9, "Chengdu AI pilot zone in retrospect", TEXT, published=NOW - timedelta(days=90))
    feeds.bodies["/zone.xml"] = rss([late])
    assert (await watched.polls(minutes=15)).relevant == 1
    assert await watched.sends() == []


async def test_an_alert_that_could_not_leave_for_a_day_is_left_to_the_digest(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    await watched.polls(minutes=15)
    watched.clock.turn(hours=25)
    await watched.outbox.sweep()
    assert await watched.sends() == []
    async with watched.database.read() as session:
        assert (await db.deliveries.counts(session))["expired"] == 1


async def test_articles_of_one_source_under_one_address_are_stories_of_their_own(watched, feeds):
    home = "<link>https://news.example/</link>"
    notices = [
        news.replace("<link>https://news.example/2</link>", home).replace("item-2", f"item-{n}")
        for n, news in enumerate((NEWS, NEWS.replace("90 key", "95 key")))
    ]
    for until in (1, 2):
        feeds.bodies["/zone.xml"] = rss(notices[:until])
        await watched.polls(minutes=15)
    assert len(await watched.sends()) == 2


async def test_two_readings_of_one_source_at_once_store_each_article_once(watched):
    async with watched.database.read() as session:
        (source,) = await db.sources.every(session)
    title, url = "Chengdu AI pilot zone gains 90 key enterprises", "https://news.example/90"
    arrived = Feed(title="Zone", entries=(entry(title=title, text=TEXT, url=url),))
    brought = await asyncio.gather(
        *(intake(watched.house, source, arrived, watched.clock()) for _ in range(4))
    )
    assert sum(one.articles for one in brought) == 1
    assert len(await watched.sends()) == 1
    async with watched.database.read() as session:
        (story, _) = await db.stories.latest(session, 10)
        assert len(story.coverage) == 1


async def test_what_many_sources_tell_at_the_same_moment_is_one_story_and_one_alert(watched, feeds):
    for number in range(5):
        feeds.bodies[f"/{number}.xml"] = rss([LUNCH], title=f"Reprints {number}")
        await watched.watches(feeds.url(f"/{number}.xml"))
    await watched.polls()
    async with watched.database.read() as session:
        sources = await db.sources.every(session)
    title, url = "Chengdu AI pilot zone gains 90 key enterprises", "https://news.example/90"
    arrived = Feed(title="Zone", entries=(entry(title=title, text=TEXT, url=url),))
    await asyncio.gather(
        *(intake(watched.house, source, arrived, watched.clock()) for source in sources)
    )
    assert len(await watched.sends()) == 1
    async with watched.database.read() as session:
        story = (await db.stories.latest(session, 10))[0]
        assert len(story.coverage) == 6


async def test_an_alert_that_a_digest_overtakes_is_not_sent_after_it(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    await watched.polls(minutes=15)
    await owe_now(watched.database, Destination(chat_id=7), watched.clock())
    (digest,) = await watched.sends()
    assert digest.startswith("digest")
    assert "90 key enterprises" in digest
    assert await watched.sends() == []


async def test_one_guid_for_all_entries_loses_none_that_come_one_after_the_other(watched, feeds):
    texts = ("90 key", "95 key", "97 key")
    notices = [
        item(n, f"Chengdu AI pilot zone {n}", TEXT.replace("90 key", words)).replace(
            f"item-{n}", "the-only-guid"
        )
        for n, words in enumerate(texts, start=3)
    ]
    for until in (1, 2, 3):
        feeds.bodies["/zone.xml"] = rss(notices[:until][::-1])
        await watched.polls(minutes=15)
    assert len(await watched.sends()) == 3


async def test_what_was_read_before_is_not_parsed_again(watched, feeds):
    asked = []
    parse = watched.house.jail.parse

    async def listening(*arguments):
        feed = await parse(*arguments)
        asked.append(len(feed.entries))
        return feed

    watched.house.jail.parse = listening
    for entries in ([NEWS], [LUNCH, NEWS], [LUNCH, NEWS, BEFORE]):
        feeds.bodies["/zone.xml"] = rss(entries)
        await watched.polls(minutes=15)
    assert asked == [1, 1, 1]


async def test_of_a_new_sources_backlog_as_many_are_told_as_were_asked_for(watch, feeds):
    await watch.subscribes(7, "instant")
    old = NOW - timedelta(days=40)
    backlog = [
        item(n, f"Chengdu AI pilot zone, part {n}", TEXT.replace("90", str(80 + n)), published=at)
        for n, at in ((1, old), (2, old + timedelta(days=9)), (3, old + timedelta(days=5)))
    ]
    feeds.bodies["/zone.xml"] = rss([LUNCH, *backlog])
    await watch.watches(feeds.url("/zone.xml"), announce=2)
    await watch.polls()
    sent = await watch.sends()
    assert len(sent) == 2
    assert any("part 2" in text for text in sent)
    assert any("part 3" in text for text in sent)
    feeds.bodies["/zone.xml"] = rss([LUNCH, *backlog[:2]])
    await watch.polls(minutes=15)
    assert await watch.sends() == []
