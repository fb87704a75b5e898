"""Digests: once for each local date, everything since the last one, whatever happens between."""

from datetime import UTC, datetime, timedelta

import pytest

import db.chats
import db.subscriptions
import jobs.digest
from domain.calendar import next_digest
from jobs.digest import owe_due, owe_now, preview, put_off, set_anew
from tests import builders
from tests.feed_server import NOW, item, rss

TEXTS = {
    "parks": (
        "The Chengdu AI innovation and application pilot zone opens four industrial parks with "
        "1.2 million square metres in Pidu and Shuangliu."
    ),
    "people": (
        "Universities will train 30,000 engineers a year for the Chengdu AI innovation and "
        "application pilot zone, the education bureau said on Friday."
    ),
}
TEXT = (
    "The Chengdu AI innovation and application pilot zone has attracted over 90 key enterprises "
    "and more than 200 institutions."
)


def news(number: int, title: str) -> str:
    return item(number, f"Chengdu AI pilot zone: {title}", TEXTS[title])


@pytest.fixture
async def watched(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([item(0, "Soup", "Of noodles")])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.polls()
    return watch


async def daily(watched, chat_id=7, minute=600):
    destination = await watched.subscribes(chat_id, "daily", minute=minute)
    async with watched.database.write() as session:
        (subscription,) = await db.subscriptions.of(session, destination)
        await db.subscriptions.advance(
            session,
            subscription.id,
            next_at=next_digest(subscription, watched.clock()),
            covered_until=subscription.covered_until,
            last_date=None,
        )
    return destination


async def test_a_daily_digest_holds_what_is_new_and_comes_once(watched, feeds):
    await daily(watched)  # 10:00 in Chengdu is 02:00 UTC, an hour from now
    feeds.bodies["/zone.xml"] = rss([news(1, "parks"), news(2, "people")])
    await watched.polls(minutes=30)
    assert await owe_due(watched.database, watched.clock()) == 0
    watched.clock.turn(minutes=30)
    assert await owe_due(watched.database, watched.clock()) == 1
    (text,) = await watched.sends()
    assert "parks" in text
    assert "people" in text
    for _ in range(3):
        watched.clock.turn(hours=1)
        assert await owe_due(watched.database, watched.clock()) == 0
    assert await watched.sends() == []


async def test_the_next_digest_begins_where_the_last_one_ended(watched, feeds):
    await daily(watched)
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(hours=1)
    await owe_due(watched.database, watched.clock())
    assert "parks" in (await watched.sends())[0]
    feeds.bodies["/zone.xml"] = rss([news(2, "people"), news(1, "parks")])
    await watched.polls(hours=20)
    watched.clock.turn(hours=4)
    await owe_due(watched.database, watched.clock())
    (text,) = await watched.sends()
    assert "people" in text
    assert "parks" not in text


async def test_after_downtime_a_digest_comes_late_and_once(watched):
    await daily(watched)
    watched.clock.turn(days=3, hours=4)  # 13:00: three hours late for today's
    assert await owe_due(watched.database, watched.clock()) == 1
    assert await owe_due(watched.database, watched.clock()) == 0
    assert len(await watched.sends()) == 1


async def test_a_late_digest_says_when_it_was_due_and_one_in_time_says_nothing(watched):
    await daily(watched)
    for hours in (1, 27):
        watched.clock.turn(hours=hours)
        await owe_due(watched.database, watched.clock())
        await watched.sends()
    in_time, late = (letter.due for letter in watched.courier.letters)
    assert in_time is None
    assert late is not None
    assert watched.clock() - late == timedelta(hours=3)


async def test_what_would_come_half_a_day_late_is_told_by_the_next_one(watched, feeds):
    await daily(watched)
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    watched.clock.turn(hours=13)
    assert await owe_due(watched.database, watched.clock()) == 0
    watched.clock.turn(hours=12)
    assert await owe_due(watched.database, watched.clock()) == 1
    assert "parks" in (await watched.sends())[0]


async def test_a_large_audience_is_spread_and_a_small_one_is_not(watched, monkeypatch):
    monkeypatch.setattr(jobs.digest, "BATCH", 20)
    for chat_id in range(1, 41):
        await daily(watched, chat_id)
    watched.clock.turn(hours=1)
    assert await owe_due(watched.database, watched.clock(), per_second=0.1) == 40
    watched.clock.turn(seconds=200)
    half = len(await watched.sends())
    watched.clock.turn(seconds=200)
    assert 5 < half < 35
    assert half + len(await watched.sends()) == 40


async def test_what_a_silent_chat_misses_is_put_off_and_told_when_it_is_back(watched, feeds):
    destination = await daily(watched)
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    async with watched.database.write() as session:
        await db.chats.suspend(session, 7, "blocked", watched.clock())
    watched.clock.turn(days=2)
    assert await put_off(watched.database, watched.clock()) == 0
    watched.clock.turn(days=2)
    assert await put_off(watched.database, watched.clock()) == 1
    assert await put_off(watched.database, watched.clock()) == 0
    await builders.stored_chat(watched.database, destination.chat_id)
    assert await owe_due(watched.database, watched.clock()) == 0
    watched.clock.turn(hours=1)
    assert await owe_due(watched.database, watched.clock()) == 1
    assert "parks" in (await watched.sends())[0]


async def test_due_times_follow_a_zone_whose_rules_have_changed(watched):
    destination = await daily(watched)
    other = await daily(watched, 8)
    stale = watched.clock() + timedelta(hours=2)
    async with watched.database.write() as session:
        (subscription,) = await db.subscriptions.of(session, destination)
        step = db.subscriptions.Step(subscription.id, stale, watched.clock(), None)
        await db.subscriptions.advance_all(session, [step])
    assert await set_anew(watched.database, watched.clock()) == 1
    assert await set_anew(watched.database, watched.clock()) == 0
    async with watched.database.read() as session:
        for place in (destination, other):
            (subscription,) = await db.subscriptions.of(session, place)
            assert subscription.next_at == watched.clock() + timedelta(hours=1)


async def test_what_was_alerted_is_marked_in_the_digest(watched, feeds):
    destination = await watched.subscribes(7, "instant")
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=15)
    await watched.sends()
    digest = await preview(watched.database, destination, watched.clock())
    assert [entry.alerted for entry in digest.items] == [True]


async def test_a_digest_that_is_asked_for_holds_everything_since_the_last_one(watched, feeds):
    destination = await daily(watched)
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=15)
    assert await owe_now(watched.database, destination, watched.clock())
    assert "parks" in (await watched.sends())[0]
    watched.clock.turn(minutes=1)
    assert await owe_now(watched.database, destination, watched.clock())
    assert "parks" not in (await watched.sends())[0]


async def test_two_requests_in_one_second_are_one_digest(watched):
    destination = await daily(watched)
    assert await owe_now(watched.database, destination, watched.clock())
    assert not await owe_now(watched.database, destination, watched.clock())
    assert len(await watched.sends()) == 1


async def test_a_chat_that_never_had_a_digest_is_told_about_the_last_week(watched, feeds):
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=15)
    destination = await watched.subscribes(8, "instant")
    digest = await preview(watched.database, destination, watched.clock())
    assert digest.since == watched.clock() - timedelta(days=7)
    assert len(digest.items) == 1


async def test_the_backlog_of_a_new_source_counts_by_when_it_came_out(watched, feeds):
    old = item(1, "Chengdu AI pilot zone: old", TEXT, published=NOW - timedelta(days=40))
    recent = item(2, "Chengdu AI pilot zone: recent", TEXT + " More.", published=NOW)
    feeds.bodies["/second.xml"] = rss([old, recent])
    await watched.watches(feeds.url("/second.xml"))
    await watched.polls(minutes=15)
    destination = await watched.subscribes(8, "instant")
    digest = await preview(watched.database, destination, watched.clock())
    assert [i.story.lead.article.title for i in digest.items] == ["Chengdu AI pilot zone: recent"]


async def test_a_digest_over_summer_time_keeps_its_local_minute(watched):
    watched.clock.at = datetime(2026, 3, 28, 12, tzinfo=UTC)
    destination = await watched.subscribes(7, "daily", minute=540, timezone="Europe/Berlin")
    async with watched.database.write() as session:
        (subscription,) = await db.subscriptions.of(session, destination)
        due = next_digest(subscription, watched.clock())
        await db.subscriptions.advance(
            session, subscription.id, next_at=due, covered_until=watched.clock(), last_date=None
        )
    assert due == datetime(2026, 3, 29, 7, tzinfo=UTC)
    watched.clock.at = due
    assert await owe_due(watched.database, watched.clock()) == 1
    async with watched.database.read() as session:
        (subscription,) = await db.subscriptions.of(session, destination)
    assert subscription.next_at == datetime(2026, 3, 30, 7, tzinfo=UTC)
