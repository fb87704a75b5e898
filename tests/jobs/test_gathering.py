"""What waited while it was quiet comes in one message, what matters most first, and is not lost."""

from datetime import date, timedelta

import pytest

import db.chats
import db.deliveries
import db.folding
import db.preferences
import db.stories
import db.subscriptions
import db.verdicts
import jobs.preferences
from domain.chat import Destination
from domain.delivery import HELD, MOST_TOGETHER, Lane, Owed
from domain.digest import Alert, RoundUp
from domain.preferences import Preferences
from domain.rule import Rule
from jobs.digest import preview
from jobs.outbox import Outbox
from jobs.ports import NotSent, Rejected
from tests import builders
from tests.builders import NOW, destination, new_article, stored_story
from tests.fakes import Clock, RecordingCourier

HERE = destination()


class Night:
    """A chat in which it was quiet, and what came meanwhile."""

    def __init__(self, database):
        self.database = database
        self.clock = Clock()
        self.courier = RecordingCourier()
        self.outbox = self.restarted()

    def restarted(self) -> Outbox:
        return Outbox(self.database, self.courier, self.clock, owner="test")

    async def story(self, title: str, *facts, **about) -> int:
        told = new_article(title=title, facts=facts, **about)
        return await stored_story(self.database, told)

    async def holds(self, number: int, at: Destination = HERE, kind="alert", **given) -> None:
        row = Owed(
            destination=at,
            kind=kind,
            key=f"{kind}:s{number}",
            lane=Lane.ALERT,
            payload=given.pop("payload", {"story": number}),
            story_id=number,
            not_before=given.pop("until", NOW + timedelta(hours=8)),
            expires_at=NOW + timedelta(hours=32),
        )
        async with self.database.write() as session:
            await db.deliveries.owe(session, [row], self.clock())

    async def sets(self, at: Destination = HERE, **given) -> None:
        async with self.database.write() as session:
            await db.preferences.put(session, at, Preferences(**given), self.clock())

    async def morning(self, **later: float) -> list[str]:
        before = len(self.courier.sent)
        self.clock.turn(**later or {"hours": 8})
        await self.outbox.drain()
        return [one.html for _, one in self.courier.sent[before:]]

    async def states(self) -> dict[str, int]:
        async with self.database.read() as session:
            counts = await db.deliveries.counts(session)
        return {state: number for state, number in counts.items() if number}


@pytest.fixture
async def night(database):
    await builders.stored_chat(database)
    return Night(database)


async def test_what_matters_most_comes_first(night):
    for title, facts in (
        ("news", ()),
        ("metric", (builders.fact(),)),
        ("deadline", (builders.deadline(date(2026, 12, 31)),)),
        ("document", (builders.document(role="primary"),)),
    ):
        await night.holds(await night.story(title, *facts))
    assert await night.morning() == ["roundup 1 [en]: document; deadline; metric; news"]
    assert await night.states() == {"sent": 4}


async def test_one_story_alone_comes_as_the_alert_that_it_is(night):
    await night.holds(await night.story("parks"))
    await night.morning()
    (letter,) = night.courier.letters
    assert isinstance(letter, Alert)


async def test_what_did_not_wait_is_not_gathered(night):
    for title in ("parks", "people"):
        await night.holds(await night.story(title), until=NOW + HELD - timedelta(seconds=1))
    assert await night.morning(minutes=20) == ["alert 1 [en]: parks", "alert 1 [en]: people"]


async def test_each_topic_has_its_own(night):
    for title in ("parks", "people"):
        number = await night.story(title)
        await night.holds(number)
        await night.holds(number, destination(thread_id=5))
    await night.sets(destination(thread_id=5), language="zh")
    told = await night.morning()
    assert sorted(told) == ["roundup 1 [en]: parks; people", "roundup 1 [zh]: parks; people"]


async def test_news_of_what_is_followed_is_among_them_once_for_each_story_and_marked(night):
    first, second = await night.story("parks"), await night.story("people")
    await night.holds(first)
    news = {"article_id": 2, "story_id": second, "labels": ["算力券"]}
    await night.holds(second, kind="news", payload=news)
    await night.holds(second)
    assert await night.morning() == ["roundup 1 [en]: parks; people"]
    (letter,) = night.courier.letters
    assert isinstance(letter, RoundUp)
    assert {item.story.id: item.labels for item in letter.items} == {first: (), second: ("算力券",)}
    assert await night.states() == {"sent": 3}


async def test_what_is_not_wanted_any_more_is_let_go_and_the_others_are_told(night):
    numbers = [await night.story(title) for title in ("parks", "people", "plans")]
    for number in numbers:
        await night.holds(number)
    await night.sets(rule=Rule(exclude=("parks",)))
    async with night.database.write() as session:
        await db.verdicts.put(session, HERE, numbers[2], "irrelevant", user_id=7, now=NOW)
    assert await night.morning() == ["alert 1 [en]: people"]
    assert await night.states() == {"sent": 1, "expired": 2}


async def test_more_than_one_message_takes_comes_in_the_next_one(night):
    for number in range(MOST_TOGETHER + 5):
        await night.holds(await night.story(f"story {number}"))
    first, second = await night.morning()
    assert [len(one.split(";")) for one in (first, second)] == [MOST_TOGETHER, 5]
    told = {part.strip() for one in (first, second) for part in one.split(": ")[1].split(";")}
    assert len(told) == MOST_TOGETHER + 5
    assert await night.states() == {"sent": MOST_TOGETHER + 5}


async def test_a_digest_says_that_they_were_told_already(night):
    await builders.subscribed(night.database, HERE, "daily")
    numbers = [await night.story(title) for title in ("parks", "people")]
    for number in numbers:
        await night.holds(number)
    await night.morning()
    digest = await preview(night.database, HERE, night.clock())
    assert {item.story.id: item.alerted for item in digest.items} == dict.fromkeys(numbers, True)


async def test_a_digest_that_is_about_to_leave_tells_them_instead(night):
    await builders.subscribed(night.database, HERE, "daily")
    for title in ("parks", "people"):
        await night.holds(await night.story(title))
    night.clock.turn(hours=8)
    digest = builders.owed(
        payload={
            "kind": "daily",
            "since": (NOW - timedelta(days=1)).isoformat(),
            "until": night.clock().isoformat(),
        }
    )
    async with night.database.write() as session:
        await db.deliveries.owe(session, [digest], night.clock())
    (told,) = await night.morning(seconds=0)
    assert told.startswith("digest")
    assert await night.morning(minutes=2) == []
    assert await night.states() == {"sent": 1, "expired": 2}


async def test_after_a_crash_before_it_was_sent_the_same_is_told_once(night):
    for title in ("parks", "people"):
        await night.holds(await night.story(title))
    night.courier.troubles = [NotSent("no line")]
    assert await night.morning() == []
    assert await night.states() == {"owed": 1, "folded": 1}
    # What comes meanwhile is told by itself, not twice.
    await night.holds(await night.story("plans"), until=night.clock())
    night.outbox = night.restarted()
    await night.outbox.recover()
    told = await night.morning(minutes=1)
    assert sorted(told) == ["alert 1 [en]: plans", "roundup 1 [en]: parks; people"]
    assert await night.states() == {"sent": 3}


async def test_if_it_is_refused_for_good_each_is_told_by_itself(night):
    for title in ("parks", "people", "plans"):
        await night.holds(await night.story(title))
    night.courier.troubles = [Rejected("too strange"), Rejected("too strange")]
    assert await night.morning() == []
    await night.outbox.sweep()
    assert await night.morning(minutes=1) == []
    await night.outbox.sweep()
    assert await night.morning(minutes=1) == ["alert 1 [en]: plans"]
    assert await night.states() == {"sent": 1, "failed": 2}


async def test_a_digest_does_not_take_away_what_tells_others_as_well(night):
    for title in ("parks", "people"):
        await night.holds(await night.story(title))
    night.courier.troubles = [NotSent("no line")]
    await night.morning()
    async with night.database.write() as session:
        stories = await db.stories.latest(session, 5)
        await db.deliveries.supersede(session, HERE, [one.id for one in stories])
    assert await night.morning(minutes=1) == ["roundup 1 [en]: parks; people"]


async def test_what_comes_during_a_mute_is_told_when_it_is_over_also_sooner_than_thought(night):
    await builders.subscribed(night.database, HERE, "instant")
    await night.sets(muted_until=NOW + timedelta(days=30))
    for title in ("parks", "people"):
        await night.holds(await night.story(title), until=NOW)
    assert await night.morning(hours=30) == []
    await night.outbox.sweep()

    def loud(now: Preferences) -> Preferences:
        return Preferences(rule=now.rule)

    await jobs.preferences.change(night.database, HERE, loud, night.clock())
    assert await night.morning(minutes=1) == ["roundup 1 [en]: parks; people"]
