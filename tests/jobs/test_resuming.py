"""An old database is put back: readers are not told again what they were told since."""

from dataclasses import replace
from datetime import timedelta

import pytest

import db.audit
import db.deliveries
import db.sources
import db.subscriptions
from db.backup import backup, restore
from db.engine import connect
from domain.calendar import next_digest
from jobs.digest import owe_due
from jobs.resuming import WINDOW, newest, resume, usually
from tests import builders
from tests.feed_server import NOW, item, rss

TEXT = "Chengdu's AI innovation and application pilot zone has {} key enterprises now, it says."
FIRST = item(1, "Pilot zone of Chengdu opens", TEXT.format(40))
MEANWHILE = item(2, "AI firms of Chengdu pilot zone draw 3 billion", TEXT.format(90))
NEWS = item(3, "Robots for Chengdu AI pilot zone schools", TEXT.format(120))


@pytest.fixture
async def rewound(watch, feeds, database_url, tmp_path):
    """A house that was told of one thing since its backup, and was put back a day later."""
    feeds.bodies["/zone.xml"] = rss([FIRST])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.subscribes(7, "instant")
    at = watch.clock.at + timedelta(hours=8)
    await watch.subscribes(7, "daily", next_at=at)
    await watch.polls()
    backup(database_url, tmp_path / "copy")
    feeds.bodies["/zone.xml"] = rss([MEANWHILE, FIRST])
    await watch.polls(minutes=15)
    assert len(await watch.sends()) == 1
    watch.clock.turn(hours=8)
    assert await owe_due(watch.database, watch.clock()) == 1
    assert len(await watch.sends()) == 1
    await watch.database.close()
    restore(database_url, tmp_path / "copy", watch.clock())
    watch.clock.turn(hours=1)
    return watch


async def told_after(watch, feeds, since):
    last = await newest(watch.database)
    await resume(watch.database, since, last, watch.clock())
    await watch.polls()
    await owe_due(watch.database, watch.clock())
    before = await watch.sends()
    feeds.bodies["/zone.xml"] = rss([NEWS, MEANWHILE, FIRST])
    await watch.polls(minutes=15)
    news = await watch.sends()
    assert len(news) == 1  # what is really new comes either way
    assert "Robots" in news[0]
    return before


async def test_taken_for_told_nothing_is_told_twice(rewound, feeds):
    assert await told_after(rewound, feeds, "seen") == []
    async with rewound.database.read() as session:
        every = await db.subscriptions.of(session, builders.destination(7))
    (daily,) = [one for one in every if one.kind == "daily"]
    assert daily.next_at is not None
    assert daily.next_at > rewound.clock()


async def test_on_request_everything_is_told_that_it_does_not_know(rewound, feeds):
    told = await told_after(rewound, feeds, "resend")
    assert any("3 billion" in one for one in told)


async def test_what_is_for_later_stays_owed(database):
    now = NOW + timedelta(days=1)
    await builders.owing(
        database,
        builders.owed(1, "alert"),
        builders.owed(1, "reminder", not_before=now + timedelta(days=3)),
    )
    async with database.write() as session:
        await db.deliveries.claim(
            session, owner="gone", now=NOW, lease=timedelta(minutes=1), limit=1
        )
    done = await resume(database, "seen", NOW, now)
    assert (done.deliveries, done.sources) == (1, 0)
    async with database.read() as session:
        counts = await db.deliveries.counts(session)
    assert (counts["expired"], counts["owed"], counts["leased"]) == (1, 1, 0)


async def test_digests_of_many_chats_begin_anew(database):
    now = NOW + timedelta(days=2)
    for chat_id in range(1, 8):
        await builders.subscribed(database, builders.destination(chat_id))
    assert (await resume(database, "seen", NOW, now)).digests == 7
    assert await owe_due(database, now) == 0
    async with database.read() as session:
        (daily,) = await db.subscriptions.of(session, builders.destination(3))
    assert daily.covered_until == now
    assert daily.next_at == next_digest(daily, now)


async def test_where_nobody_can_be_asked_its_age_decides(database):
    assert await newest(database) is None
    assert usually(None, NOW) == "resend"
    assert usually(NOW - WINDOW, NOW) == "resend"
    assert usually(NOW - WINDOW - timedelta(minutes=1), NOW) == "seen"


async def test_a_source_that_rests_is_left_alone(database):
    resting = await builders.stored_source(database)
    async with database.write() as session:
        read = await db.sources.get(session, resting.id)
        assert read
        await db.sources.save(session, replace(read, state="paused", last_read_at=NOW))
    assert (await resume(database, "seen", NOW, NOW + timedelta(days=1))).sources == 0


async def test_the_change_is_in_the_audit_log(database_url):
    database = connect(database_url)
    await resume(database, "resend", None, NOW)
    async with database.read() as session:
        (noted,) = await db.audit.latest(session, 5)
    await database.close()
    assert (noted.action, noted.subject) == ("database.put_back", "resend")
