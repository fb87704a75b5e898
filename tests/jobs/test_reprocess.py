"""Newer rules over what is stored: all of it once, whatever interrupts, and nothing is sent."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, text, update
from sqlalchemy import select as select_

import db.chats
import db.corrections
import db.facts
import db.register
import db.rereading
import db.stories
import jobs.correct
import jobs.reprocess
from db.models import ArticleRow
from domain.article import NewArticle
from jobs.reprocess import Overtaken, again, begin, go_on, step
from tests.builders import (
    NOW,
    TOPIC,
    chat,
    document,
    entry,
    new_article,
    stored_source,
    stored_story,
)
from tests.db.counting import rows_in, select
from tests.feed_server import item, rss

TEXT = (
    "Chengdu's national artificial intelligence innovation and application pilot zone now has "
    "over 90 key enterprises. The Chengdu Supercomputing Center has worked with more than 200 "
    "institutions, and its CPU utilisation rate has reached 30%."
)


async def execute(database, statement):
    async with database.write() as session:
        await session.execute(text(statement))


async def to_the_end(watch, run):
    while run.finished_at is None:
        run = await step(watch.house, run, watch.clock())
    return run


async def started(watch, since=None):
    return await begin(watch.database, since=since, started_by=None, now=watch.clock())


async def readings(database):
    """Return all that was concluded from the articles, without the numbers of rows."""
    found = await select(
        database,
        "SELECT article.id, band, fact.fact_id, subject, value, hidden, quote FROM article "
        "LEFT JOIN fact ON fact.article_id = article.id "
        "LEFT JOIN evidence ON evidence.fact_id = fact.id ORDER BY 1, 3, 7",
    )
    return found, await select(database, "SELECT article_id, document_id FROM document_mention")


@pytest.fixture
async def read(watch, feeds):
    """Three articles that a feed has brought, one of them about no topic."""
    feeds.bodies["/zone.xml"] = rss(
        [
            item(1, "Chengdu AI pilot zone gains 90 key enterprises", TEXT),
            item(2, "Chengdu AI pilot zone grows on", TEXT + " It has 300 researchers."),
            item(3, "Ten places for hotpot", "Noodles, broth and a robot that serves tea."),
        ]
    )
    await watch.watches(feeds.url("/zone.xml"))
    await watch.subscribes(7, "instant")
    await watch.polls()
    return watch


async def test_what_the_rules_say_already_is_left_as_it_is(read):
    before = await readings(read.database)
    run = await to_the_end(read, await started(read))
    assert (run.total, run.done, run.changed) == (3, 3, 0)
    assert await readings(read.database) == before


async def test_what_older_rules_had_missed_is_found_and_keeps_its_numbers(read):
    before = await readings(read.database)
    numbers = await select(read.database, "SELECT id FROM fact ORDER BY id")
    await execute(read.database, "UPDATE fact SET value = '7', subject = 'wrong'")
    await execute(read.database, "UPDATE evidence SET quote = 'x', start_at = 0, end_at = 1")
    run = await to_the_end(read, await started(read))
    assert run.changed == 2
    assert await readings(read.database) == before
    assert await select(read.database, "SELECT id FROM fact ORDER BY id") == numbers
    async with read.database.read() as session:
        assert await db.facts.search(session, words="institutions")


async def test_what_was_left_out_wrongly_comes_into_a_story_and_nobody_is_told(read):
    await execute(
        read.database,
        "UPDATE article SET band = 'off', relevance = '[]', story_id = NULL WHERE id = 1",
    )
    await execute(read.database, "DELETE FROM story")
    await to_the_end(read, await started(read))
    (found,) = await select(read.database, "SELECT band, story_id FROM article WHERE id = 1")
    assert found[0] == "core"
    assert found[1] is not None
    async with read.database.read() as session:
        story = await db.stories.get(session, found[1])
    assert story is not None
    assert story.backlog
    assert await read.sends() == []


async def test_what_is_off_the_topic_by_the_newer_rules_leaves_its_story(read):
    hotpot = "UPDATE article SET band = 'core', story_id = (SELECT min(id) FROM story) WHERE id = 3"
    await execute(read.database, hotpot)
    await execute(read.database, "UPDATE article SET relevance = '[]' WHERE id = 3")
    await to_the_end(read, await started(read))
    assert await select(
        read.database, "SELECT band, story_id FROM article WHERE title LIKE 'Ten%'"
    ) == [("off", None)]


async def test_what_a_person_has_placed_stays(read):
    await execute(
        read.database,
        "UPDATE article SET pinned = true, band = 'core', relevance = '[]', "
        "story_id = (SELECT min(id) FROM story) WHERE title LIKE 'Ten%'",
    )
    await to_the_end(read, await started(read))
    ((story,),) = await select(
        read.database, "SELECT story_id FROM article WHERE title LIKE 'Ten%'"
    )
    assert story is not None


async def test_a_run_that_was_killed_goes_on_where_it_was(read, monkeypatch):
    monkeypatch.setattr(jobs.reprocess, "BATCH", 2)
    await execute(read.database, "UPDATE fact SET subject = 'wrong'")
    first = await step(read.house, await started(read), read.clock())
    assert (first.done, first.finished_at) == (2, None)
    resumed = await started(read)
    assert (resumed.id, resumed.done) == (first.id, 2)
    ended = await to_the_end(read, resumed)
    assert (ended.done, ended.changed) == (3, 2)
    assert (await started(read)).id != first.id


async def test_two_at_once_do_nothing_twice(read, monkeypatch):
    monkeypatch.setattr(jobs.reprocess, "BATCH", 1)
    await execute(read.database, "UPDATE fact SET subject = 'wrong'")
    run = await started(read)

    async def other(run):
        while run.finished_at is None:
            try:
                run = await step(read.house, run, read.clock())
            except Overtaken:
                run = await again(read.database, run)
        return run

    one, two = await asyncio.gather(other(run), other(run))
    assert one == two
    assert (one.done, one.changed) == (3, 2)


async def test_only_what_came_since_a_day_is_read(read):
    run = await started(read, since=read.clock() + timedelta(days=1))
    assert (run.total, run.finished_at is not None) == (0, True)
    run = await started(read, since=read.clock() - timedelta(days=1))
    assert run.total == 3


async def test_decisions_on_facts_outlive_rereading(read):
    async with read.database.read() as session:
        (hidden, *_) = await db.facts.search(session, words="institutions")
        (right, *_) = await db.facts.search(session, words="utilisation")
    actor = {"actor_id": 1, "now": read.clock()}
    assert await jobs.correct.hide(read.database, hidden.number, **actor)
    assert await jobs.correct.correct(
        read.database, right.number, "subject", "CPU utilisation of the centre", **actor
    )
    await execute(read.database, "UPDATE fact SET fact_id = fact_id || 'old' WHERE value = '200'")
    await execute(read.database, "UPDATE article SET relevance = '[]'")
    run = await to_the_end(read, await started(read))
    assert run.changed == 3
    async with read.database.read() as session:
        article = hidden.article.id
        stated = await db.facts.stated_by(session, [article])
        after = await db.facts.get(session, right.number)
    assert "200" not in {one.fact.value for one in stated if "institutions" in one.fact.subject}
    assert after is not None
    assert after.fact.subject == "CPU utilisation of the centre"


async def test_an_article_that_is_edited_meanwhile_is_left_to_its_edit(read):
    async with read.database.read() as session:
        (one, *_) = await db.rereading.following(session, await started(read), 10)
    await execute(read.database, "UPDATE article SET revision = 2 WHERE id = 1")
    article: NewArticle = one.read_as(new_article().reading)
    async with read.database.write() as session:
        assert not await db.rereading.rewrite(session, one, article, read.clock())


async def test_the_tick_goes_on_and_edits_one_message(read, monkeypatch):
    monkeypatch.setattr(jobs.reprocess, "BATCH", 2)
    run = await started(read)
    async with read.database.write() as session:
        await db.chats.remember(session, chat(id=9), NOW)
        await db.rereading.shown_in(session, run.id, 9, 77)
    for _ in range(3):
        await go_on(read.house, read.courier, read.clock())
    assert read.courier.edits == [(77, "2 of 3, 0 changed"), (77, "3 of 3, 0 changed")]
    assert await rows_in(read.database, "delivery") == 0


async def test_the_register_follows_what_the_articles_say_now(watch):
    source = await stored_source(watch.database)
    quoted = "《成都市算力券管理细则》（成经信规〔2024〕3号）印发，成都市人工智能算力券按此发放。"
    article = new_article(
        entry(title="成都人工智能算力券新规", text=quoted),
        facts=[document("旧发〔2020〕1号", "旧")],
    )
    await stored_story(watch.database, article, source_id=source.id)
    await to_the_end(watch, await started(watch))
    async with watch.database.read() as session:
        found = [one.document.number for one in await db.register.search(session, limit=9)]
    assert found == ["成经信规〔2024〕3号"]


ENGLISH = (
    "Chengdu's AI innovation and application pilot zone handed out compute vouchers worth 120 "
    "million yuan to 317 enterprises on 12 November 2026. The Chengdu Municipal Bureau of "
    "Economy and Information Technology said that each company could get up to 2.5 million yuan."
)


@pytest.fixture
async def twice(watch, feeds):
    """One story that two sources tell, put into two stories by rules that knew no better."""
    title = "Chengdu AI pilot zone hands out compute vouchers"
    feeds.bodies["/one.xml"] = rss([item(1, title, ENGLISH)])
    feeds.bodies["/two.xml"] = rss([item(2, title + " worth 120 million yuan", ENGLISH)])
    for name in ("one", "two"):
        await watch.watches(feeds.url(f"/{name}.xml"))
    await watch.polls()
    return watch


async def stories_of(watch):
    return [
        row for (row,) in await select(watch.database, "SELECT story_id FROM article ORDER BY id")
    ]


async def parted(watch, *, by_a_person=False):
    """Take the second article out of the story of the first one."""
    async with watch.database.write() as session:
        new = await db.stories.add(session, topic=TOPIC, band="core", backlog=True, now=NOW)
        last = select_(func.max(ArticleRow.id)).scalar_subquery()
        moved = update(ArticleRow).where(ArticleRow.id == last)
        await session.execute(moved.values(story_id=new, pinned=by_a_person))
    await execute(watch.database, "DELETE FROM article_signature")
    first, second = await stories_of(watch)
    assert first != second
    return first, second


async def test_stories_that_are_one_by_the_newer_rules_become_one(twice):
    first, second = await parted(twice)
    await twice.subscribes(7, "instant")
    await to_the_end(twice, await started(twice))
    assert await stories_of(twice) == [first, first]
    async with twice.database.read() as session:
        led = await db.stories.get(session, second)
    assert led is not None
    assert led.id == first
    assert await select(twice.database, "SELECT count(*) FROM article WHERE pinned") == [(0,)]
    assert await twice.sends() == []


async def test_what_a_person_has_taken_apart_is_not_joined_again(twice):
    first, second = await parted(twice, by_a_person=True)
    await to_the_end(twice, await started(twice))
    assert await stories_of(twice) == [first, second]


async def test_a_fact_that_a_text_gives_twice_does_not_differ_every_time(watch, feeds):
    said = (
        "Chengdu's AI pilot zone: Bids for the fourth batch of AI scenarios, originally due on "
        "October 24, may now be handed in until November 7."
    )
    feeds.bodies["/zone.xml"] = rss([item(1, "Chengdu AI pilot zone notices", said)])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.polls()
    assert (await to_the_end(watch, await started(watch))).changed == 0


async def test_a_day_is_that_of_the_source_when_it_is_still_another_one_in_greenwich(watch, feeds):
    said = "成都市人工智能创新应用先导区算力券今日开放申报，企业须于明日17:00前提交材料。"
    late = datetime(2026, 11, 22, 18, 55, tzinfo=UTC)  # in Chengdu the 23rd has begun
    feeds.bodies["/zone.xml"] = rss([item(1, "先导区算力券开放申报", said, published=late)])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.polls()
    asked = "SELECT time_start FROM fact WHERE type = 'deadline'"
    assert [str(day)[:10] for (day,) in await select(watch.database, asked)] == ["2026-11-24"]
    assert (await to_the_end(watch, await started(watch))).changed == 0
