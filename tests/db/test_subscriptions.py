"""Subscriptions: one of each kind for each destination, due to chats that can be told."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

import db.chats
import db.subscriptions
from tests.builders import NOW, destination, stored_chat, subscribed
from tests.db.counting import rows_in

DAY = timedelta(days=1)


async def of(database, at=None):
    async with database.read() as session:
        return await db.subscriptions.of(session, at or destination())


async def suspended(database, chat_id):
    async with database.write() as session:
        await db.chats.suspend(session, chat_id, "blocked", NOW)


async def test_a_subscription_comes_back_as_it_was_made(database):
    made = await subscribed(
        database, kind="weekly", minute=1439, weekday=6, timezone="Europe/Berlin"
    )
    assert await of(database) == [made]
    assert (made.kind, made.minute, made.weekday) == ("weekly", 1439, 6)
    assert (made.next_at, made.covered_until, made.last_date) == (NOW, NOW - DAY, None)


async def test_changing_the_time_keeps_how_far_the_digests_have_come(database):
    before = await subscribed(database, minute=540)
    async with database.write() as session:
        await db.subscriptions.advance(
            session,
            before.id,
            next_at=NOW + DAY,
            covered_until=NOW,
            last_date=date(2026, 11, 23),
        )
    after = await subscribed(database, minute=600, next_at=NOW + 2 * DAY, covered_until=NOW + DAY)
    assert after.id == before.id
    assert (after.minute, after.next_at) == (600, NOW + 2 * DAY)
    assert (after.covered_until, after.last_date) == (NOW, date(2026, 11, 23))
    assert await rows_in(database, "subscription") == 1


async def test_a_destination_holds_one_of_each_kind(database):
    for kind in ("daily", "weekly", "instant", "daily"):
        await subscribed(database, kind=kind)
    await subscribed(database, destination(thread_id=5))
    assert [one.kind for one in await of(database)] == ["daily", "weekly", "instant"]
    assert [one.kind for one in await of(database, destination(thread_id=5))] == ["daily"]


async def test_one_kind_is_ended_or_all(database):
    for kind in ("daily", "weekly", "instant"):
        await subscribed(database, kind=kind)
    await subscribed(database, destination(thread_id=5))
    async with database.write() as session:
        assert await db.subscriptions.remove(session, destination(), "weekly") == 1
        assert await db.subscriptions.remove(session, destination(), "weekly") == 0
        assert await db.subscriptions.remove(session, destination()) == 2
        assert await db.subscriptions.remove(session, destination()) == 0
    assert len(await of(database, destination(thread_id=5))) == 1


async def test_digests_are_due_to_chats_that_can_be_told_the_longest_waiting_first(database):
    now = await subscribed(database, destination(1))
    late = await subscribed(database, destination(2), next_at=NOW - DAY)
    soon = await subscribed(database, destination(3), next_at=NOW + DAY)
    gone = await subscribed(database, destination(4), next_at=NOW - 2 * DAY)
    await subscribed(database, destination(5), "instant")
    await suspended(database, 4)
    async with database.write() as session:
        assert await db.subscriptions.due(session, NOW, 10) == [late, now]
        assert await db.subscriptions.due(session, NOW, 1) == [late]
        assert await db.subscriptions.next_at(session) == NOW - DAY
        for one in (now, late):
            await db.subscriptions.advance(
                session, one.id, next_at=None, covered_until=NOW, last_date=None
            )
        assert await db.subscriptions.due(session, NOW, 10) == []
        assert await db.subscriptions.next_at(session) == soon.next_at
    await stored_chat(database, 4)
    async with database.read() as session:
        assert await db.subscriptions.due(session, NOW, 10) == [gone]


async def test_with_no_digests_nothing_is_next(database):
    await subscribed(database, kind="instant")
    async with database.read() as session:
        assert await db.subscriptions.next_at(session) is None


@pytest.mark.parametrize("time", [{"minute": 1440}, {"minute": -1}, {"weekday": 7}])
async def test_a_time_that_is_none_is_refused(database, time):
    with pytest.raises(IntegrityError):
        await subscribed(database, **time)


async def test_only_a_known_chat_subscribes(database):
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await db.subscriptions.put(
                session,
                destination=destination(99),
                kind="daily",
                minute=1,
                weekday=1,
                timezone="UTC",
                next_at=NOW,
                covered_until=NOW,
                now=NOW,
            )
