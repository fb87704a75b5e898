"""An article that breaks or hangs its reader is set aside, and everything else goes on."""

from dataclasses import replace

import pytest

import db.judgements
import db.sources
import db.standing
from jobs.reprocess import begin, step
from sources.jail import Jail
from tests.feed_server import item, rss
from tests.jobs.test_pipeline import BEFORE, LUNCH, NEWS

POISON = "A word that is {}, and that Chengdu is in the text as well."


def poisoned(word: str) -> str:
    title = "Chengdu AI pilot zone pays computing vouchers of 100 million yuan"
    return item(9, title, POISON.format(word))


@pytest.fixture
async def watched(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([BEFORE])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.subscribes(7, "instant")
    await watch.polls()
    async with Jail(seconds=1.0, module="tests.sources.poisoned_words") as jail:
        healthy, watch.house = watch.house, replace(watch.house, jail=jail)
        watch.healthy = healthy
        yield watch


async def judged(watch, number: int):
    async with watch.database.read() as session:
        return await db.judgements.get(session, number)


async def unread(watch) -> tuple[int, ...]:
    async with watch.database.read() as session:
        (source,) = await db.sources.every(session)
        assert source.failures == 0
        return await db.judgements.unread(session, source.id)


@pytest.mark.parametrize(("word", "why"), [("DEADLY", "process fail"), ("ENDLESS", "in 1 s")])
async def test_a_poisonous_article_is_set_aside_with_its_reason(watched, feeds, word, why):
    feeds.bodies["/zone.xml"] = rss([NEWS, poisoned(word), LUNCH, BEFORE])
    report = await watched.polls(minutes=15)
    assert (report.articles, report.failed) == (3, 0)
    (number,) = await unread(watched)
    found = await judged(watched, number)
    assert why in found.article.unread
    assert POISON.format(word) in found.article.text
    async with watched.database.read() as session:
        assert (await db.standing.standing(session, watched.clock())).unread == 1


async def test_what_its_title_says_is_news_all_the_same(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([poisoned("DEADLY"), NEWS, BEFORE])
    await watched.polls(minutes=15)
    told = await watched.sends()
    assert len(told) == 2
    assert any("computing vouchers" in one for one in told)


async def test_it_is_not_read_again_with_its_feed_and_rereading_heals_it(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([poisoned("DEADLY"), BEFORE])
    await watched.polls(minutes=15)
    (number,) = await unread(watched)
    feeds.bodies["/zone.xml"] = rss([LUNCH, poisoned("DEADLY"), BEFORE])
    report = await watched.polls(minutes=15)
    assert report.articles == 1
    run = await begin(watched.database, since=None, started_by=None, now=watched.clock())
    await step(watched.healthy, run, watched.clock())
    assert await unread(watched) == ()
    healed = await judged(watched, number)
    assert healed.article.unread is None
    assert healed.article.text == POISON.format("DEADLY")
