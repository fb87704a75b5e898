"""Stories: loaded whole in a few statements, in the order asked for."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import db.articles
import db.sources
import db.stories
from db.stories import IN_A_LIST
from tests.builders import (
    NOW,
    TOPIC,
    fact,
    new_article,
    relevance,
    stored_source,
    stored_story,
)
from tests.db.counting import statements_of

HOUR = timedelta(hours=1)


async def ids(database, function, *arguments):
    async with database.read() as session:
        return [story.id for story in await function(session, *arguments)]


async def the_story(database, number):
    async with database.read() as session:
        found = await db.stories.get(session, number)
    assert found is not None
    return found


async def test_a_story_comes_with_all_its_articles_their_judgements_and_facts(database):
    official = await stored_source(database, title="市政府", tier="official")
    media = await stored_source(database, title="Daily")
    told, first, second = fact(), fact(), fact()
    number = await stored_story(database, new_article(facts=[first, second]), source_id=media.id)
    async with database.write() as session:
        original = new_article(story_id=number, facts=[told], published=None)
        await db.articles.add_all(session, official.id, [original], NOW + HOUR)
    story = await the_story(database, number)
    assert (story.id, story.band, story.backlog, story.first_seen_at) == (
        number,
        "core",
        False,
        NOW,
    )
    assert [coverage.article.source_title for coverage in story.coverage] == ["Daily", "市政府"]
    assert [coverage.facts for coverage in story.coverage] == [(first, second), (told,)]
    assert story.coverage[0].relevance == (relevance(),)
    assert story.lead.article.tier == "official"
    assert story.lead.article.first_seen_at == NOW + HOUR


async def test_stories_come_in_the_order_asked_for_without_those_that_are_gone(database):
    first, second = await stored_story(database), await stored_story(database)
    async with database.write() as session:
        untold = await db.stories.add(session, topic="t", band="core", backlog=False, now=NOW)
        assert await db.stories.get(session, untold) is None
    wanted = [second, 999, first, untold, second, 2**70, -1]
    assert await ids(database, db.stories.by_ids, wanted) == [second, first]
    assert await ids(database, db.stories.by_ids, []) == []


async def test_a_hundred_stories_take_as_many_statements_as_one(database):
    numbers = [
        await stored_story(database, new_article(facts=[fact()]), new_article(facts=[fact()]))
        for _ in range(20)
    ]
    for some in (numbers[:1], numbers):
        with statements_of(database) as statements:
            assert await ids(database, db.stories.by_ids, some) == some
        assert len(statements) <= 4


async def test_the_same_address_or_content_seen_lately_is_the_same_story(database):
    told = new_article()
    number = await stored_story(database, told)
    await stored_story(database, new_article())
    same: dict[str, Any] = {
        "source_id": 0,
        "canonical_url": told.canonical_url,
        "content_hash": told.content_hash,
    }
    async with database.read() as session:
        story = await db.stories.get(session, number)
    assert story
    itself = {"source_id": story.lead.article.source_id}
    cases = [
        (same | itself, NOW, number),
        (same | itself | {"content_hash": "another"}, NOW, None),
        (same, NOW, number),
        (same | {"canonical_url": "https://elsewhere.example/"}, NOW, number),
        (same | {"content_hash": "another"}, NOW, number),
        (same, NOW + HOUR, None),
        (same | {"canonical_url": "https://elsewhere.example/", "content_hash": "x"}, NOW, None),
    ]
    async with database.read() as session:
        for given, since, expected in cases:
            assert await db.stories.find_same(session, since=since, **given) == expected


async def test_articles_without_an_address_are_not_the_same_for_that(database):
    await stored_story(database, new_article(url=""))
    async with database.read() as session:
        same = await db.stories.find_same(
            session, source_id=0, canonical_url="", content_hash="x", since=NOW
        )
    assert same is None


async def test_an_article_that_is_in_no_story_is_the_same_as_none(database):
    source, told = await stored_source(database), new_article(band="off")
    async with database.write() as session:
        await db.articles.add_all(session, source.id, [told], NOW)
        same = {"canonical_url": told.canonical_url, "content_hash": told.content_hash}
        assert await db.stories.find_same(session, source_id=0, since=NOW, **same) is None


async def test_the_latest_stories_are_those_that_broke_last(database):
    async def broke(*published, band="core"):
        told = [new_article(published=at, band=band) for at in published]
        return await stored_story(database, *told, band=band)

    old = await broke(NOW - 9 * HOUR, NOW - HOUR)
    new = await broke(NOW - 2 * HOUR, band="adjacent")
    undated = await broke(None)
    await broke(NOW, band="off")
    assert await ids(database, db.stories.latest, 10) == [undated, new, old]
    assert await ids(database, db.stories.latest, 1, 1) == [new]


async def test_a_digest_holds_what_was_first_seen_in_its_time(database):
    async def seen(at, **given):
        return await stored_story(database, now=at, **given)

    await seen(NOW - 2 * HOUR)
    inside = await seen(NOW - HOUR)
    last = await seen(NOW, band="adjacent")
    await seen(NOW + HOUR)
    await seen(NOW, band="off")
    assert await ids(database, db.stories.fresh, NOW - 2 * HOUR, NOW) == [inside, last]
    assert await ids(database, db.stories.fresh, NOW, NOW) == []


async def test_of_a_backlog_a_digest_holds_what_was_published_in_its_time(database):
    async def backlog(*published):
        told = [new_article(published=at) for at in published]
        return await stored_story(database, *told, backlog=True)

    await backlog(NOW - 3 * HOUR)
    await backlog(NOW - 2 * HOUR)
    inside = await backlog(NOW - 9 * HOUR, NOW)
    await backlog(None)
    assert await ids(database, db.stories.fresh, NOW - 2 * HOUR, NOW) == [inside]


@pytest.mark.parametrize(
    ("band", "article", "after"),
    [
        ("adjacent", "core", "core"),
        ("core", "adjacent", "core"),
        ("adjacent", "adjacent", "adjacent"),
        ("adjacent", "off", "adjacent"),
    ],
)
async def test_the_band_of_a_story_only_rises(database, band, article, after):
    number = await stored_story(database, band=band)
    other = await stored_story(database, band="adjacent")
    async with database.write() as session:
        await db.stories.touch(session, number, band=article, now=NOW + HOUR)
    assert (await the_story(database, number)).band == after
    assert (await the_story(database, other)).band == "adjacent"


async def test_a_story_number_is_never_used_again(database):
    number = await stored_story(database)
    source_id = (await the_story(database, number)).lead.article.source_id
    async with database.write() as session:
        await db.sources.remove(session, source_id)
    assert await stored_story(database) > number


async def test_many_stories_of_one_digest_are_loaded_in_batches(database):
    source = await stored_source(database)
    async with database.write() as session:
        numbers = [
            await db.stories.add(session, topic=TOPIC, band="core", backlog=False, now=NOW)
            for _ in range(1100)
        ]
        told = [replace(new_article(facts=[fact()]), story_id=number) for number in numbers]
        await db.articles.add_all(session, source.id, told, NOW)
    with statements_of(database) as statements:
        assert await ids(database, db.stories.fresh, NOW - HOUR, NOW) == numbers
    assert len(statements) <= 12


async def test_a_list_reads_the_facts_of_few_of_a_storys_articles_the_lead_among_them(database):
    reprints = [
        new_article(title=f"Reprint {number}", facts=(fact(),)) for number in range(IN_A_LIST + 5)
    ]
    await stored_story(database, *reprints)
    async with database.read() as session:
        (listed,) = await db.stories.latest(session, 5)
        whole = await db.stories.get(session, listed.id)
    assert whole is not None
    assert len(listed.coverage) == len(whole.coverage) == IN_A_LIST + 5
    assert listed.lead == whole.lead
    assert sum(bool(one.facts) for one in listed.coverage) == IN_A_LIST
    assert all(one.facts for one in whole.coverage)
