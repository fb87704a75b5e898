"""Repairs of stories: what people say is one or two stays so, and is told once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

import db.articles
import db.deliveries
import db.repairs
import db.stories
from db.models import ArticleRow, DeliveryRow, StoryLinkRow
from db.repairs import NoSuchStory, NothingToRepair
from db.statements import table_of
from tests.builders import NOW, destination, new_article, owed, owing, stored_story

HOUR = timedelta(hours=1)


async def merged(database, into, other):
    async with database.write() as session:
        return await db.repairs.merge(session, into=into, other=other, now=NOW + HOUR)


async def story(database, number):
    async with database.read() as session:
        found = await db.stories.get(session, number)
    assert found is not None
    return found


async def articles(database, number):
    return [coverage.article.id for coverage in (await story(database, number)).coverage]


async def test_two_stories_become_one_that_both_numbers_lead_to(database):
    late = await stored_story(database, band="adjacent", now=NOW + HOUR, backlog=True)
    early = await stored_story(database, band="core")
    both = sorted(await articles(database, late) + await articles(database, early))
    assert await merged(database, late, early) == late
    assert await articles(database, late) == await articles(database, early) == both
    found = await story(database, early)
    assert (found.id, found.band, found.backlog, found.first_seen_at) == (late, "core", False, NOW)


async def test_a_story_merged_twice_is_found_under_every_number_it_had(database):
    first, second, third = [await stored_story(database) for _ in range(3)]
    await merged(database, second, first)
    assert await merged(database, third, first) == third
    assert {(await story(database, n)).id for n in (first, second, third)} == {third}


async def test_one_story_is_not_merged_with_itself_or_with_none(database):
    first, second = await stored_story(database), await stored_story(database)
    await merged(database, first, second)
    for into, other, why in [
        (first, first, NothingToRepair),
        (second, first, NothingToRepair),
        (first, 999, NoSuchStory),
        (2**80, first, NoSuchStory),
    ]:
        with pytest.raises(why):
            await merged(database, into, other)


async def test_parts_of_a_story_become_one_of_their_own_as_old_as_they_are(database):
    told = [new_article(band="core"), new_article(band="adjacent"), new_article(band="adjacent")]
    number = await stored_story(database, *told)
    first, *rest = await articles(database, number)
    async with database.write() as session:
        new = await db.repairs.split(
            session, story_id=number, article_ids=[*rest, 999], now=NOW + HOUR
        )
    assert (await articles(database, number), await articles(database, new)) == ([first], rest)
    half = await story(database, new)
    assert (half.band, half.first_seen_at) == ("adjacent", NOW)
    assert (await story(database, number)).band == "core"


async def test_a_story_gives_away_some_of_its_articles_never_none_or_all(database):
    number = await stored_story(database, new_article(), new_article())
    everything = await articles(database, number)
    for wrong in ([], [999], everything):
        with pytest.raises(NothingToRepair):
            async with database.write() as session:
                await db.repairs.split(session, story_id=number, article_ids=wrong, now=NOW)
    with pytest.raises(NoSuchStory):
        async with database.write() as session:
            await db.repairs.split(session, story_id=999, article_ids=everything, now=NOW)


async def test_what_people_have_put_together_or_apart_is_pinned(database):
    together = [await stored_story(database) for _ in range(2)]
    apart = await stored_story(database, new_article(), new_article())
    await stored_story(database)
    await merged(database, *together)
    async with database.write() as session:
        half = (await articles(database, apart))[:1]
        await db.repairs.split(session, story_id=apart, article_ids=half, now=NOW)
        pinned = list(await session.scalars(select(ArticleRow.pinned).order_by(ArticleRow.id)))
    assert pinned == [True, True, True, True, False]


async def test_whoever_was_alerted_to_one_half_is_not_alerted_to_the_whole(database):
    stays, goes = await stored_story(database), await stored_story(database)
    alert = {"kind": "alert", "payload": {"story": goes}, "story_id": goes}
    await owing(database, owed(7, f"alert:s{goes}", **alert))
    await owing(
        database,
        owed(8, f"alert:s{goes}", **alert),
        owed(8, f"alert:s{stays}", kind="alert", payload={"story": stays}, story_id=stays),
    )
    await merged(database, stays, goes)
    async with database.write() as session:
        again = [owed(chat, f"alert:s{stays}", kind="alert", story_id=stays) for chat in (7, 8)]
        assert await db.deliveries.owe(session, again, NOW) == 0
        rows = await session.execute(
            select(DeliveryRow.chat_id, DeliveryRow.key, DeliveryRow.state, DeliveryRow.story_id)
        )
        assert sorted(rows.all()) == [
            (7, f"alert:s{stays}", "owed", stays),
            (8, f"alert:s{stays}", "owed", stays),
            (8, f"alert:s{goes}", "expired", stays),
        ]


async def test_links_of_a_merged_story_go_with_it_and_never_to_itself(database):
    first, second, third = [await stored_story(database) for _ in range(3)]
    link = {"shared": ["n:CNY:200"], "linked_at": NOW}
    async with database.write() as session:
        await session.execute(
            table_of(StoryLinkRow).insert(),
            [
                {"story_id": first, "other_id": second, **link},
                {"story_id": first, "other_id": third, **link},
                {"story_id": second, "other_id": third, **link},
            ],
        )
    await merged(database, third, first)
    async with database.read() as session:
        links = await session.execute(select(StoryLinkRow.story_id, StoryLinkRow.other_id))
        assert links.all() == [(second, third)]


async def test_an_alert_that_waits_for_a_merged_story_tells_the_one_it_is_now(database):
    stays, goes = await stored_story(database), await stored_story(database)
    await owing(database, owed(7, f"alert:s{goes}", kind="alert", story_id=goes))
    await merged(database, stays, goes)
    async with database.read() as session:
        assert await db.deliveries.alerted(session, destination(7), [stays]) == set()
        assert (await story(database, goes)).id == stays
