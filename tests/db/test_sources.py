"""Sources: added once, due in order, removed with all that only they told."""

from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest

import db.articles
import db.documents
import db.sources
import db.stories
from db.engine import connect
from db.sources import SourceExists
from domain.source import ReadingOptions, failed
from tests.builders import NOW, document, fact, new_article, stored_source, stored_story
from tests.db.counting import rows_in

SOON = timedelta(minutes=1)


async def test_a_source_is_kept_as_it_was_added(database):
    source = await stored_source(database, url="https://a.example/", title="甲", tier="official")
    async with database.read() as session:
        assert await db.sources.get(session, source.id) == source
        assert await db.sources.by_url(session, "https://a.example/") == source
        assert await db.sources.every(session) == [source]
    assert (source.state, source.next_at, source.never_read) == ("active", NOW, True)


async def test_an_address_is_watched_once(database):
    source = await stored_source(database, url="https://a.example/")
    with pytest.raises(SourceExists) as refusal:
        await stored_source(database, url="https://a.example/", title="Another")
    assert refusal.value.source == source
    assert await rows_in(database, "source") == 1


async def test_a_saved_source_comes_back_with_every_field(database):
    source = await stored_source(database)
    after = replace(
        failed(source, NOW, "It answered 503.", retry_after=timedelta(hours=1)),
        etag='W/"a b"',
        last_modified="Mon, 23 Nov 2026 01:00:00 GMT",
        body_hash="f00",
        last_read_at=NOW,
        state="paused",
        tier="official",
        title="乙",
        kind="list",
        options=ReadingOptions(charset="gb18030", selector="ul.list a", fields={"items": "a.b"}),
        language="zh",
        full_text=True,
        note="The encoding is doubtful.",
        moved_to="https://b.example/",
        moves=2,
        rhythm=timedelta(hours=30),
        last_new_at=NOW,
        incident="failing",
    )
    async with database.write() as session:
        await db.sources.save(session, after)
    async with database.read() as session:
        assert await db.sources.get(session, source.id) == after


async def test_a_source_removed_while_it_was_read_stays_removed(database):
    source = await stored_source(database)
    async with database.write() as session:
        assert await db.sources.remove(session, source.id)
        await db.sources.save(session, source)
    async with database.read() as session:
        assert await db.sources.get(session, source.id) is None


async def test_the_longest_waiting_active_sources_are_due(database):
    late = await stored_source(database, now=NOW - 2 * SOON)
    now = await stored_source(database, now=NOW)
    await stored_source(database, now=NOW + SOON)
    later = await stored_source(database, now=NOW - SOON)
    paused = await stored_source(database)
    async with database.write() as session:
        await db.sources.save(session, replace(paused, state="paused"))
    async with database.read() as session:
        due = [source.id for source in await db.sources.due(session, NOW, 10)]
        assert due == [late.id, later.id, now.id]
        assert [s.id for s in await db.sources.due(session, NOW, 1)] == [late.id]


async def test_a_claimed_source_is_nobody_elses_until_the_lease_is_over(database):
    source = await stored_source(database)
    lease = timedelta(minutes=3)
    async with database.write() as session:
        assert await db.sources.claim(session, NOW, limit=10, lease=lease) == [source]
    async with database.write() as session:
        assert await db.sources.claim(session, NOW, limit=10, lease=lease) == []
        again = await db.sources.claim(session, NOW + lease, limit=10, lease=lease)
        assert [one.id for one in again] == [source.id]


@pytest.mark.postgres
async def test_two_that_claim_at_once_share_the_sources_between_them(postgres_url):
    database = connect(postgres_url)
    known = [(await stored_source(database)).id for _ in range(4)]
    lease = timedelta(minutes=3)
    async with database.write() as one, database.write() as another:
        first = await db.sources.claim(one, NOW, limit=2, lease=lease)
        second = await db.sources.claim(another, NOW, limit=9, lease=lease)
    assert [source.id for source in first] == known[:2]
    assert [source.id for source in second] == known[2:]
    await database.close()


async def test_making_due_reaches_one_source_or_all_active_ones(database):
    first = await stored_source(database, now=NOW + timedelta(hours=1))
    second = await stored_source(database, now=NOW + timedelta(hours=1))
    gone = await stored_source(database, now=NOW + timedelta(hours=1))
    async with database.write() as session:
        await db.sources.save(session, replace(gone, state="gone"))
        assert await db.sources.make_due(session, NOW, second.id) == 1
        assert [s.id for s in await db.sources.due(session, NOW, 10)] == [second.id]
        assert await db.sources.make_due(session, NOW, gone.id) == 0
        assert await db.sources.make_due(session, NOW) == 2
        assert {s.id for s in await db.sources.due(session, NOW, 10)} == {first.id, second.id}


async def test_health_names_the_active_sources_that_fail(database):
    await stored_source(database, title="Well")
    ill = await stored_source(database, title="Ill")
    nameless = await stored_source(database, title="", url="https://nameless.example/")
    paused = await stored_source(database, title="Paused")
    async with database.write() as session:
        await db.sources.save(session, failed(ill, NOW, "It answered 503."))
        await db.sources.save(session, failed(nameless, NOW, "It answered 503."))
        await db.sources.save(session, replace(failed(paused, NOW, "x"), state="paused"))
    async with database.read() as session:
        health = await db.sources.health(session, NOW)
    assert health.watched == 3
    assert health.failing == ("Ill", "https://nameless.example/")


async def test_health_does_not_take_for_read_what_was_not(database):
    await stored_source(database, title="New")
    read, late, gone = [await stored_source(database, title=name) for name in ("A", "B", "Gone")]
    before = NOW - timedelta(hours=1)
    async with database.write() as session:
        well = replace(read, last_read_at=NOW, next_at=NOW + read.interval)
        await db.sources.save(session, well)
        await db.sources.save(session, replace(late, last_read_at=before, next_at=before))
        await db.sources.save(session, failed(gone, NOW, "410", code="http_410"))
    async with database.read() as session:
        health = await db.sources.health(session, NOW)
    assert (health.watched, health.waiting, health.failing) == (4, 2, ("Gone",))


async def test_removing_a_source_removes_what_only_it_told(database):
    ours, other = await stored_source(database), await stored_source(database)
    alone = await stored_story(
        database, new_article(facts=[fact(), document("甲1号")]), source_id=ours.id
    )
    shared = await stored_story(database, new_article(facts=[document("乙2号")]), source_id=ours.id)
    async with database.write() as session:
        told = new_article(story_id=shared, facts=[document("乙2号")])
        await db.articles.add_all(session, other.id, [told], NOW)
    async with database.write() as session:
        assert await db.sources.remove(session, ours.id)
        assert not await db.sources.remove(session, ours.id)
    async with database.read() as session:
        assert await db.stories.get(session, alone) is None
        remaining = await db.stories.get(session, shared)
    assert remaining is not None
    assert [told.article.source_id for told in remaining.coverage] == [other.id]
    assert await rows_in(database, "story") == 1
    assert await rows_in(database, "document") == 1
    assert await rows_in(database, "article") == await rows_in(database, "fact") == 1
    assert await rows_in(database, "evidence") == 1


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30])
async def test_a_number_that_no_row_can_have_is_simply_not_there(database, number):
    async with database.write() as session:
        assert await db.sources.get(session, number) is None
        assert not await db.sources.remove(session, number)
        assert await db.sources.make_due(session, NOW, number) == 0
        assert await db.articles.get(session, number) is None
        assert await db.stories.get(session, number) is None


async def test_the_number_of_a_removed_source_is_never_used_again(database):
    first = await stored_source(database)
    async with database.write() as session:
        await db.sources.remove(session, first.id)
    assert (await stored_source(database)).id > first.id


async def test_of_a_source_only_what_changed_is_written(database):
    before = await stored_source(database, title="Old")
    async with database.write() as session:
        await db.sources.save(session, replace(before, title="An operator's"))
    read = replace(before, last_read_at=NOW, next_at=NOW + timedelta(hours=1))
    async with database.write() as session:
        await db.sources.save_changes(session, [(before, read), (before, before)])
    async with database.read() as session:
        after = await db.sources.get(session, before.id)
    assert after == replace(read, title="An operator's")


async def test_how_well_thousands_are_watched_takes_little_more_than_reading_them(sqlite_url):
    """Every /status, /sources and digest asks for it."""
    database = connect(sqlite_url)
    async with database.write() as session:
        for number in range(1500):
            await db.sources.add(
                session,
                url=f"https://source.example/{number}",
                kind="feed",
                title="A",
                tier="media",
                interval=timedelta(minutes=15),
                now=NOW,
            )
    async with database.read() as session:
        await db.sources.every(session)
        began = process_time()
        await db.sources.every(session)
        reading = process_time() - began
        assert (await db.sources.health(session, NOW)).watched == 1500
        assert process_time() - began - reading < 5 * reading
    await database.close()
