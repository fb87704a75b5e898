"""/stats: what was counted, on whose calendar, and that it is drawn."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

import db.usage
from bot.language import words_for
from bot.render.usage import told
from db.models import DeliveryRow
from domain.usage import DAYS
from jobs.outbox import Outbox
from tests import builders
from tests.bot.scene import OPERATOR, Scene
from tests.fakes import Clock, RecordingCourier

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


async def usage_of(database, now=NOW, zone=ZONE):
    async with database.read() as session:
        return await db.usage.usage(session, now, zone)


async def test_days_are_those_of_the_readers_calendar(database):
    late = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)  # the 22nd in Chengdu
    await builders.stored_story(database, now=late)
    await builders.stored_story(database, now=late + timedelta(minutes=1))
    await builders.stored_story(database, builders.new_article(band="off"), now=NOW)
    found = await usage_of(database)
    assert found.days[-1] == date(2026, 11, 23)
    assert len(found.days) == DAYS
    assert found.read[-2:] == (1, 2)
    assert found.on_topic[-2:] == (1, 1)
    assert (await usage_of(database, zone=UTC)).read[-2:] == (2, 1)


async def test_what_was_sent_is_counted_by_kind_and_old_rows_are_not_looked_at(database):
    clock = Clock()
    old = [builders.owed(1, f"old{number}") for number in range(30)]
    await builders.owing(database, *old, now=NOW - timedelta(days=40))
    await Outbox(database, RecordingCourier(), clock, owner="us").drain()
    async with database.write() as session:
        await session.execute(update(DeliveryRow).values(sent_at=NOW - timedelta(days=40)))
    await builders.owing(database, builders.owed(1, "new"), builders.owed(2, "new"))
    await Outbox(database, RecordingCourier(), clock, owner="us").drain()
    found = await usage_of(database, clock() + timedelta(minutes=1))
    assert sum(map(sum, found.sent.values())) == 2
    assert found.sent["alerts"] == (0,) * DAYS
    assert found.given_up == 0
    assert (found.active, found.suspended) == (2, 0)
    assert found.bytes > 10_000


async def test_an_empty_database_has_nothing_to_show(database):
    found = await usage_of(database)
    assert sum(found.read) == sum(map(sum, found.sent.values())) == found.new_chats == 0


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_sums_are_said_beside_the_picture(database, language):
    await builders.stored_story(database, now=NOW)
    message = told(await usage_of(database), words_for(language))
    assert message.chart is not None
    assert [len(panel.columns) for panel in message.chart.panels] == [DAYS, DAYS]
    assert all(len(share.counts) == DAYS for p in message.chart.panels for share in p.shares)
    assert "1" in message.html
    assert len(message.html) < 1024  # it is a caption


async def test_where_nothing_has_happened_nothing_is_drawn(database):
    assert told(await usage_of(database), words_for("en")).chart is None


async def test_operators_get_it_in_one_message(scene: Scene):
    await builders.stored_story(scene.tools.database, now=scene.clock())
    await scene.say("/stats", OPERATOR)
    calls = [call for call in scene.calls() if call["method"].startswith("send")]
    assert len(calls) == 1
    words = calls[0]["params"]["caption"]
    assert "Chats: 1 active, 0 suspended." in words
