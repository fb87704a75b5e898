"""What a chat has set acts wherever it is told something, and what was owed before keeps to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

import db.deliveries
import db.follows
import db.preferences
import db.sources
import db.stories
import db.subscriptions
import db.verdicts
import jobs.preferences
from domain.calendar import next_digest
from domain.chat import WORKDAYS
from domain.follow import Wish
from domain.preferences import UNSET, Preferences, Quiet
from domain.relevance import Band
from domain.rule import Rule
from jobs.digest import owe_due, owe_now, preview
from jobs.newest import newest
from jobs.outbox import Outbox
from jobs.reminders import open_windows, remind
from tests import builders
from tests.builders import new_article
from tests.fakes import Clock, RecordingCourier
from tests.feed_server import item, rss

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


def news(number: int, title: str) -> str:
    return item(number, f"Chengdu AI pilot zone: {title}", TEXTS[title])


TITLE = "Chengdu AI pilot zone: "
BOTH = rss([news(1, "parks"), news(2, "people")])


@pytest.fixture
async def watched(watch, feeds):
    feeds.bodies["/zone.xml"] = rss([item(0, "Soup", "Of noodles")])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.polls()
    return watch


async def sets(watched, chat_id=7, **given):
    async with watched.database.write() as session:
        at = builders.destination(chat_id)
        await db.preferences.put(session, at, Preferences(**given), watched.clock())


async def daily(watched, chat_id=7, minute=600, thread_id=0, **given):
    destination = await watched.subscribes(chat_id, "daily", thread_id, minute=minute, **given)
    async with watched.database.write() as session:
        *_, subscription = await db.subscriptions.of(session, destination)
        await db.subscriptions.advance(
            session,
            subscription.id,
            next_at=next_digest(subscription, watched.clock()),
            covered_until=subscription.covered_until,
            last_date=None,
        )
    return destination


async def digests(watched) -> list[str]:
    await owe_due(watched.database, watched.clock())
    told: list[str] = await watched.sends()
    return told


async def test_an_alert_goes_only_where_the_rule_lets_it(watched, feeds):
    for chat_id in (1, 2, 3):
        await watched.subscribes(chat_id, "instant")
    await sets(watched, 1, rule=Rule(exclude=("parks",)))
    await sets(watched, 2, rule=Rule(farthest="interpretation"))
    feeds.bodies["/zone.xml"] = BOTH
    await watched.polls(minutes=30)
    await watched.sends()
    told = [(to.chat_id, message.html.split(": ")[-1]) for to, message in watched.courier.sent]
    assert sorted(told) == [(1, "people"), (3, "parks"), (3, "people")]


async def test_a_story_that_a_rule_kept_out_comes_when_a_better_article_tells_it(watched, feeds):
    await watched.subscribes(7, "instant")
    await sets(watched, rule=Rule(farthest="official"))
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    assert await watched.sends() == []
    feeds.bodies["/official.xml"] = rss([item(0, "Soup", "Of noodles")])
    await watched.watches(feeds.url("/official.xml"))
    await watched.polls(minutes=30)
    async with watched.database.write() as session:
        (_, source) = await db.sources.every(session)
        await db.sources.save(session, replace(source, tier="official"))
    feeds.bodies["/official.xml"] = rss([news(9, "parks")])
    await watched.polls(minutes=30)
    assert await watched.sends() == ["alert 1 [en]: Chengdu AI pilot zone: parks"]


async def test_firm_alerts_leave_the_rest_to_the_digest(watched, feeds):
    await watched.subscribes(7, "instant")
    await daily(watched, minute=660)
    await sets(watched, rule=Rule(level="firm"))
    feeds.bodies["/zone.xml"] = rss([news(2, "people")])
    await watched.polls(minutes=30)
    assert await watched.sends() == []
    watched.clock.turn(hours=2)
    (told,) = await digests(watched)
    assert "people" in told


async def test_quiet_hours_hold_alerts_back_and_then_tell_them_once_in_one_message(watched, feeds):
    await watched.subscribes(7, "instant")
    await sets(watched, quiet=Quiet(start=9 * 60, until=12 * 60))  # it is nine in Chengdu
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    feeds.bodies["/zone.xml"] = BOTH
    await watched.polls(minutes=30)
    assert await watched.sends() == []
    watched.clock.turn(hours=1, minutes=59)
    assert await watched.sends() == []
    watched.clock.turn(minutes=1)
    (told,) = await watched.sends()
    assert told == f"roundup 1 [en]: {TITLE}parks; {TITLE}people"
    watched.clock.turn(hours=24)
    assert await watched.sends() == []


async def test_quiet_hours_may_be_longer_than_an_alert_usually_keeps(watched, feeds):
    await watched.subscribes(7, "instant")
    await sets(watched, quiet=Quiet(start=9 * 60, until=9 * 60 - 1))
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    watched.clock.turn(hours=23, minutes=28)
    assert await watched.sends() == []
    watched.clock.turn(minutes=1)
    await watched.outbox.sweep()
    assert len(await watched.sends()) == 1


async def test_what_waits_is_told_at_once_when_there_are_no_quiet_hours_any_more(watched, feeds):
    at = await watched.subscribes(7, "instant")
    await sets(watched, quiet=Quiet(start=9 * 60, until=12 * 60))
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)

    def loud(now: Preferences) -> Preferences:
        return replace(now, quiet=None)

    await jobs.preferences.change(watched.database, at, loud, watched.clock())
    assert len(await watched.sends()) == 1


async def test_what_was_owed_before_keeps_to_quiet_hours_that_have_begun_since(watched, feeds):
    await watched.subscribes(7, "instant")
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    await sets(watched, quiet=Quiet(start=9 * 60, until=12 * 60))
    assert await watched.sends() == []
    watched.clock.turn(hours=3)
    assert len(await watched.sends()) == 1


async def test_what_was_owed_before_is_let_go_where_it_is_not_wanted_any_more(watched, feeds):
    at = await watched.subscribes(7, "instant")
    feeds.bodies["/zone.xml"] = BOTH
    await watched.polls(minutes=30)
    await sets(watched, rule=Rule(exclude=("parks",)))
    assert [one.split(": ")[-1] for one in await watched.sends()] == ["people"]
    async with watched.database.read() as session:
        assert (await db.deliveries.counts(session))["expired"] == 1
        told = await db.deliveries.told(session, at, 1, ())
    assert "left out by exclude parks" in [one.error for one in told]


async def test_an_alert_that_waits_is_told_by_a_digest_that_comes_before(watched, feeds):
    await watched.subscribes(7, "instant")
    await daily(watched, minute=660)
    await sets(watched, quiet=Quiet(start=9 * 60, until=12 * 60))
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    watched.clock.turn(minutes=90)
    (told,) = await digests(watched)
    assert "digest" in told
    watched.clock.turn(hours=2)
    assert await watched.sends() == []


async def test_a_topic_is_told_everything_in_its_own_language_and_at_its_own_hours(watched, feeds):
    topic = await daily(watched, thread_id=5)
    await watched.subscribes(7, "instant", thread_id=5)
    await watched.subscribes(7, "instant")
    clock = watched.clock
    await jobs.preferences.speak(watched.database, topic, "zh", clock())
    told = await jobs.preferences.live_in(watched.database, topic, "Asia/Tokyo", clock())
    assert told
    assert (told.language, told.timezone) == ("zh", "Asia/Tokyo")
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    await watched.sends()
    heard = {to.thread_id: message.html for to, message in watched.courier.sent}
    assert "[zh]" in heard[5]
    assert "[en]" in heard[0]
    # In Tokyo it is an hour later than in Chengdu: ten o'clock there was at nine here.
    assert await digests(watched) == []
    clock.turn(hours=23, minutes=30)
    (digest,) = await digests(watched)
    assert "[zh]" in digest
    at = builders.destination()
    await jobs.preferences.change(watched.database, at, _quiet_late, clock())
    feeds.bodies["/zone.xml"] = BOTH
    await watched.polls(minutes=30)  # half past nine in Chengdu, half past ten in Tokyo
    told_now = await watched.sends()
    assert len(told_now) == 1
    assert "[en]" in told_now[0]


def _quiet_late(now: Preferences) -> Preferences:
    return replace(now, quiet=Quiet(start=10 * 60 + 15, until=12 * 60))


async def test_a_digest_holds_what_the_rule_lets_through(watched, feeds):
    at = await daily(watched)
    await sets(watched, rule=Rule(include=("engineers",)))
    feeds.bodies["/zone.xml"] = BOTH
    await watched.polls(minutes=30)
    before = await preview(watched.database, at, watched.clock())
    assert [one.story.lead.article.title for one in before.items] == [
        "Chengdu AI pilot zone: people"
    ]
    watched.clock.turn(minutes=30)
    assert await digests(watched) == ["digest daily 1 [en]: Chengdu AI pilot zone: people"]


async def test_what_a_digest_left_out_was_not_told_by_it_whatever_the_rule_is_now(watched, feeds):
    at = await daily(watched)
    await sets(watched, rule=Rule(exclude=("parks",)))
    feeds.bodies["/zone.xml"] = BOTH
    await watched.polls(minutes=30)
    watched.clock.turn(minutes=30)
    await digests(watched)
    await sets(watched)
    async with watched.database.read() as session:
        stories = await db.stories.latest(session, 5)
        told = {
            one.lead.article.title.split(": ")[-1]: [
                by.name for by in await db.deliveries.told(session, at, one.id, one.news_at)
            ]
            for one in stories
        }
    assert told == {"parks": [], "people": ["daily"]}


async def test_chats_with_equal_rules_share_one_digest_in_words(watched, feeds):
    for chat_id in range(1, 9):
        await daily(watched, chat_id)
    for chat_id in (2, 4, 6):
        await sets(watched, chat_id, rule=Rule(exclude=("parks",)))
    await sets(watched, 7, quiet=Quiet(start=0, until=60))
    feeds.bodies["/zone.xml"] = BOTH
    await watched.polls(minutes=30)
    watched.clock.turn(minutes=30)
    told = await digests(watched)
    assert len(told) == 8
    assert sum("parks" in one for one in told) == 5
    assert len(watched.courier.letters) == 2


async def test_a_muted_chat_hears_nothing_and_then_everything_in_one_digest(watched, feeds):
    await watched.subscribes(7, "instant")
    await daily(watched)
    await sets(watched, muted_until=watched.clock() + timedelta(days=2))
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    watched.clock.turn(hours=1)
    assert await digests(watched) == []
    watched.clock.turn(days=1)
    feeds.bodies["/zone.xml"] = BOTH
    await watched.polls(minutes=30)
    assert await digests(watched) == []
    watched.clock.turn(days=1)
    (told,) = await digests(watched)
    assert "parks" in told
    assert "people" in told


async def test_a_digest_that_was_owed_before_the_mute_waits_until_it_is_over(watched, feeds):
    await daily(watched)
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    watched.clock.turn(minutes=30)
    await owe_due(watched.database, watched.clock())
    await sets(watched, muted_until=watched.clock() + timedelta(days=1))
    assert await watched.sends() == []
    watched.clock.turn(days=1)
    (told,) = await watched.sends()
    assert "parks" in told


async def test_what_is_asked_for_comes_whatever_is_muted_or_quiet(watched, feeds):
    at = await daily(watched)
    muted = watched.clock() + timedelta(days=2)
    await sets(watched, muted_until=muted, quiet=Quiet(start=0, until=1439), silent=True)
    assert await owe_now(watched.database, at, watched.clock())
    assert await watched.sends() == ["digest now 1 [en]: "]


async def test_with_nothing_new_a_digest_says_so_or_stays_away(watched):
    await daily(watched, 1)
    await daily(watched, 2)
    await sets(watched, 2, silent=True)
    watched.clock.turn(hours=1)
    assert len(await digests(watched)) == 1
    (to, _) = watched.courier.sent[-1]
    assert to.chat_id == 1
    async with watched.database.read() as session:
        assert (await db.deliveries.counts(session))["owed"] == 0


async def test_a_daily_digest_keeps_to_its_days(watched):
    await daily(watched, days=WORKDAYS)
    watched.clock.turn(hours=1)
    days = []
    for _ in range(14):
        if await digests(watched):
            days.append(watched.clock().weekday())
        watched.clock.turn(days=1)
    assert days == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]


async def test_a_story_that_is_not_relevant_here_is_not_told_again_here(watched, feeds):
    at = await daily(watched, 1)
    await daily(watched, 2)
    feeds.bodies["/zone.xml"] = BOTH
    await watched.polls(minutes=30)
    found = await newest(watched.database, at, 5)
    first = found.stories[0]
    async with watched.database.write() as session:
        await db.verdicts.put(session, at, first.id, "irrelevant", user_id=1, now=watched.clock())
    again = await newest(watched.database, at, 5)
    assert first.id not in [one.id for one in again.stories]
    assert again.left_out == 1
    watched.clock.turn(minutes=30)
    title = first.lead.article.title
    await digests(watched)
    told = {to.chat_id: title in message.html for to, message in watched.courier.sent}
    assert told == {1: False, 2: True}


async def test_the_newest_stories_are_those_that_the_rule_lets_through(database):
    for number in range(30):
        title = "Robots" if number % 3 else "Parks"
        when = builders.NOW - timedelta(hours=number)
        await builders.stored_story(
            database, builders.new_article(title=f"{title} {number}", published=when)
        )
    at = builders.destination()
    await builders.stored_chat(database)
    async with database.write() as session:
        await db.preferences.put(
            session, at, replace(UNSET, rule=Rule(include=("parks",))), builders.NOW
        )
    found = await newest(database, at, 8)
    assert [one.lead.article.title for one in found.stories] == [
        f"Parks {number}" for number in range(0, 24, 3)
    ]
    assert found.left_out == 14
    assert (await newest(database, at, 20)).left_out == 20


async def test_a_rule_is_tried_on_the_newest_articles(database):
    source = await builders.stored_source(database)
    for number in range(60):
        band: Band = "off" if number % 10 == 9 else "core"
        title = "Robots" if number % 2 else "Parks"
        await builders.stored_story(
            database,
            builders.new_article(title=f"{title} {number}", band=band),
            source_id=source.id,
            band=band,
        )
    trial = await jobs.preferences.try_on(database, Rule(include=("robots",)))
    assert (trial.admitted, trial.of) == (22, 50)
    usual = await jobs.preferences.try_on(database, Rule())
    assert (usual.admitted, usual.of) == (50, 50)


async def test_reminders_keep_quiet_hours_and_are_of_no_use_where_the_story_is_none(database):
    told = new_article(title="Vouchers", facts=(builders.deadline(date(2026, 12, 31)),))
    number = await builders.stored_story(database, told)
    chat, at = await builders.stored_chat(database), builders.destination()
    async with database.read() as session:
        (window,) = await open_windows(session, builders.NOW, [number])
    await remind(database, chat, at, window, builders.NOW)
    clock, courier = Clock(datetime(2026, 12, 17, 3, 0, tzinfo=UTC)), RecordingCourier()
    outbox = Outbox(database, courier, clock, owner="test")
    quiet = replace(UNSET, quiet=Quiet(start=0, until=13 * 60))
    await jobs.preferences.change(database, at, lambda _: quiet, clock())
    await outbox.drain()
    assert courier.texts == []
    clock.at = datetime(2026, 12, 17, 5, 0, tzinfo=UTC)  # one o'clock in Chengdu
    await outbox.drain()
    assert courier.texts == ["reminder 2026-12-31"]
    async with database.write() as session:
        await db.verdicts.put(session, at, number, "irrelevant", user_id=7, now=clock())
    clock.at = datetime(2026, 12, 24, 6, 0, tzinfo=UTC)
    await outbox.drain()
    assert len(courier.texts) == 1


async def test_news_of_what_is_followed_waits_for_the_end_of_quiet_hours_and_mutes(watched, feeds):
    for chat_id in (1, 2, 3):
        await watched.subscribes(chat_id, "weekly")
        async with watched.database.write() as session:
            wanted = Wish(kind="term", key="parks", label="parks")
            await db.follows.put(session, builders.destination(chat_id), wanted, watched.clock())
    await sets(watched, 1, quiet=Quiet(start=9 * 60, until=12 * 60))
    await sets(watched, 2, muted_until=watched.clock() + timedelta(days=1))
    feeds.bodies["/zone.xml"] = rss([news(1, "parks")])
    await watched.polls(minutes=30)
    assert len(await watched.sends()) == 1
    watched.clock.turn(hours=3)
    assert len(await watched.sends()) == 1
    watched.clock.turn(hours=22)
    assert len(await watched.sends()) == 1
    assert [to.chat_id for to, _ in watched.courier.sent] == [3, 1, 2]
