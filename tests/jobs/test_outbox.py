"""What becomes of a delivery, by what is known of each attempt."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

import db.attempts
import db.chats
import db.deliveries
from db.attempts import Arrived
from db.engine import Database, connect
from db.errors import DatabaseUnavailable
from domain.delivery import Lane
from jobs.digest import owe_now
from jobs.journal import Journal
from jobs.outbox import Bell, Outbox, senders_for
from jobs.ports import Moved, NotSent, OutcomeUnknown, Rejected, Rest, Unreachable
from tests import builders
from tests.fakes import Clock, RecordingCourier


@pytest.fixture
async def owing(watch):
    """One digest is owed to chat 7."""
    destination = await watch.subscribes(7, "instant")
    await owe_now(watch.database, destination, watch.clock())
    return watch


async def counts(watch):
    async with watch.database.read() as session:
        found = await db.deliveries.counts(session)
    return {state: number for state, number in found.items() if number}


async def test_what_was_sent_is_at_rest(owing):
    assert len(await owing.sends()) == 1
    assert await counts(owing) == {"sent": 1}
    assert await owing.sends() == []


async def test_who_waits_for_it_is_not_left_to_the_next_tick(owing):
    outbox = Outbox(owing.database, owing.courier, owing.clock, owner="woken")
    bell = Bell()
    bell.ring()
    bell.answer = outbox.wake
    bell.ring()
    async with asyncio.timeout(10):
        while await counts(owing) != {"sent": 1}:  # noqa: ASYNC110 - a database has no event
            await asyncio.sleep(0.01)
    assert len(owing.courier.sent) == 1
    await outbox.end(0)


async def test_what_was_certainly_not_sent_is_tried_again(owing):
    owing.courier.troubles = [NotSent("the line is down")]
    assert await owing.sends() == []
    owing.clock.turn(seconds=20)
    assert len(await owing.sends()) == 1


async def test_telegrams_own_patience_is_kept(owing):
    owing.courier.troubles = [NotSent("too many requests", timedelta(hours=12))]
    await owing.sends()
    owing.clock.turn(hours=11)
    assert await owing.sends() == []
    owing.clock.turn(hours=1)
    assert len(await owing.sends()) == 1


async def test_an_unknown_outcome_is_repeated_three_times_and_then_shown(owing):
    owing.courier.troubles = [OutcomeUnknown("no answer")] * 10
    for _ in range(10):
        await owing.sends()
        owing.clock.turn(minutes=15)
    assert len(owing.courier.troubles) == 10 - 4
    assert await counts(owing) == {"failed": 1}


async def test_a_repeat_says_the_same_words(owing):
    owing.courier.troubles = [OutcomeUnknown("no answer")]
    await owing.sends()
    owing.clock.turn(minutes=1)
    assert len(await owing.sends()) == 1
    assert len(owing.courier.letters) == 1


async def test_what_is_refused_for_good_is_not_repeated(owing):
    owing.courier.troubles = [Rejected("message is too long")]
    await owing.sends()
    owing.clock.turn(days=1)
    assert await owing.sends() == []
    assert await counts(owing) == {"failed": 1}


async def test_a_chat_that_blocked_the_bot_is_suspended_and_told_when_it_is_back(owing):
    owing.courier.troubles = [Unreachable("bot was blocked by the user")]
    await owing.sends()
    owing.clock.turn(minutes=1)
    assert await owing.sends() == []
    async with owing.database.write() as session:
        chat = await db.chats.get(session, 7)
        assert chat
        assert chat.state == "suspended"
        await db.chats.remember(session, chat, owing.clock())
    assert len(await owing.sends()) == 1


async def test_a_group_that_became_a_supergroup_gets_its_message_there(owing):
    owing.courier.troubles = [Moved(-1007)]
    await owing.sends()
    await owing.sends()
    assert [destination.chat_id for destination, _ in owing.courier.sent] == [-1007]


async def test_parts_go_in_order_and_none_twice_when_one_is_held_up(owing):
    owing.courier.parts = 3
    owing.courier.troubles = [None, NotSent("the line is down")]
    assert len(await owing.sends()) == 1
    owing.clock.turn(seconds=20)
    assert [text.split()[2] for text in await owing.sends()] == ["2", "3"]


async def test_a_crash_before_the_attempt_repeats_nothing(owing):
    async with owing.database.write() as session:
        await db.deliveries.claim(
            session, owner="dead", now=owing.clock(), lease=timedelta(minutes=5), limit=9
        )
    assert await owing.sends() == []
    owing.clock.turn(minutes=6)
    await owing.outbox.sweep()
    assert len(await owing.sends()) == 1


async def test_a_bug_on_the_way_out_loses_nothing_and_stops_nobody(owing):
    other = await owing.subscribes(8, "instant")
    await owe_now(owing.database, other, owing.clock())
    owing.courier.troubles = [ZeroDivisionError("a bug")]
    assert len(await owing.sends()) == 1
    owing.clock.turn(minutes=1)
    assert len(await owing.sends()) == 1
    assert await counts(owing) == {"sent": 2}


async def test_what_somebody_waits_for_goes_in_the_first_lane(owing):
    await owing.sends()
    assert owing.courier.lanes == [Lane.INTERACTIVE]


async def test_an_outbox_that_closes_takes_nothing_new(owing):
    owing.outbox.close()
    assert await owing.sends() == []
    assert await counts(owing) == {"owed": 1}


async def test_a_process_that_starts_again_goes_on_where_the_last_one_was_killed(owing):
    async with owing.database.write() as session:
        await db.deliveries.claim(
            session, owner="killed", now=owing.clock(), lease=timedelta(minutes=5), limit=9
        )
    await owing.outbox.recover()
    assert len(await owing.sends()) == 1


class SlowCourier(RecordingCourier):
    """A courier to whom one chat takes for ever, until a test lets it go."""

    def __init__(self, slow: int) -> None:
        super().__init__()
        self.slow = slow
        self.go_on = asyncio.Event()

    async def send(self, destination, message, lane):
        if destination.chat_id == self.slow:
            await self.go_on.wait()
        return await super().send(destination, message, lane)


async def owe_to(watch, *chats, key="k", **given):
    await builders.owing(watch.database, *(builders.owed(chat, key, **given) for chat in chats))


def outbox(watch, courier, **given):
    return Outbox(watch.database, courier, watch.clock, owner="test", **given)


async def test_a_slow_chat_holds_up_nobody_but_itself(watch):
    courier = SlowCourier(slow=1)
    await owe_to(watch, *range(1, 31))
    sending = outbox(watch, courier, senders=3)
    draining = asyncio.create_task(sending.drain())
    async with asyncio.timeout(20):
        while len(courier.sent) < 29:  # noqa: ASYNC110 -- the courier is a plain list
            await asyncio.sleep(0.01)
    assert not draining.done()
    courier.go_on.set()
    assert await draining == 30


async def test_never_more_is_on_its_way_than_there_are_senders(watch):
    await owe_to(watch, *range(1, 21))
    claimed = outbox(watch, SlowCourier(slow=0), senders=5)
    assert await claimed.begin() == 5
    assert await claimed.begin() == 0
    await claimed.end(patience=10)
    assert (await counts(watch))["sent"] == 5


async def test_who_has_to_be_left_alone_is_not_claimed(owing):
    owing.courier.resting = Rest(frozenset({7}))
    assert await owing.sends() == []
    owing.courier.resting = Rest(everybody=True)
    assert await owing.sends() == []
    owing.courier.resting = Rest()
    assert len(await owing.sends()) == 1


async def test_between_the_parts_for_one_chat_others_are_told(watch):
    watch.courier.parts = 2
    await owe_to(watch, 1, 2)
    await outbox(watch, watch.courier, senders=1).drain()
    assert [to.chat_id for to, _ in watch.courier.sent] == [1, 1, 2, 2]
    assert await counts(watch) == {"sent": 2}


async def test_an_operators_own_words_are_never_said_twice(watch):
    await owe_to(watch, 1, kind="broadcast")
    watch.courier.troubles = [OutcomeUnknown("no answer")]
    async with watch.database.write() as session:
        (delivery,) = await db.deliveries.claim(
            session, owner="test", now=watch.clock(), lease=timedelta(minutes=5), limit=1
        )
        await db.attempts.keep_parts(session, delivery.id, (builders.message("hello"),))
        await db.attempts.give_back(session, [delivery.id], "test")
    assert await watch.sends() == []
    watch.clock.turn(hours=1)
    assert await watch.sends() == []
    assert await counts(watch) == {"uncertain": 1}


async def test_a_doubt_stays_when_the_next_attempt_does_not_get_through(owing):
    owing.courier.troubles = [OutcomeUnknown("no answer"), NotSent("the line is down")]
    await owing.sends()
    for _ in range(2):
        owing.clock.turn(minutes=1)
        await owing.sends()
    async with owing.database.read() as session:
        assert await db.deliveries.possible_repeats(session) == 2
    assert await counts(owing) == {"sent": 1}


async def test_a_process_that_slept_through_its_lease_sends_nothing(owing):
    sent = owing.courier.compose

    def overslept(letter, chat):
        owing.clock.turn(minutes=10)
        return sent(letter, chat)

    owing.courier.compose = overslept
    assert await owing.sends() == []
    owing.courier.compose = sent
    await owing.outbox.sweep()
    assert len(await owing.sends()) == 1
    assert await counts(owing) == {"sent": 1}


async def test_who_added_the_bot_hears_why_it_cannot_speak_any_more(owing):
    await builders.stored_chat(owing.database, 99)
    async with owing.database.write() as session:
        await db.chats.brought_by(session, 7, 99, owing.clock())
    owing.courier.troubles = [Unreachable("bot was kicked from the group chat")]
    (told,) = await owing.sends()
    assert told == "farewell : bot was kicked from the group chat"
    assert owing.courier.sent[0][0].chat_id == 99


async def test_what_arrived_is_noted_however_long_the_database_is_away(sqlite_url):
    database = connect(sqlite_url)
    clock, waits = Clock(), []
    away = Away(database)

    async def wait(seconds: float) -> None:
        waits.append(seconds)
        away.failures -= 1

    journal = Journal(away, clock, owner="us", sleep=wait)
    await builders.owing(database, builders.owed())
    async with database.write() as session:
        (delivery,) = await db.deliveries.claim(
            session, owner="us", now=clock(), lease=timedelta(minutes=5), limit=1
        )
    away.failures = 3
    with pytest.raises(DatabaseUnavailable):
        await journal.begin(delivery.id)
    await journal.arrived(Arrived(delivery.id, (1,), True))
    assert len(waits) == 3
    async with database.read() as session:
        assert (await db.deliveries.counts(session))["sent"] == 1
    await database.close()


async def test_notes_that_come_together_are_committed_together(watch):
    await owe_to(watch, *range(1, 21))
    away = Away(watch.database)
    journal = Journal(away, watch.clock, owner="us")
    async with watch.database.write() as session:
        claimed = await db.deliveries.claim(
            session, owner="us", now=watch.clock(), lease=timedelta(minutes=5), limit=20
        )
    begun = await asyncio.gather(*(journal.begin(delivery.id) for delivery in claimed))
    assert all(begun)
    assert away.commits <= 2


class Away(Database):
    """A database that is away some times before it answers."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self.failures = 0
        self.commits = 0

    @asynccontextmanager
    async def write(self):
        if self.failures:
            raise DatabaseUnavailable("The database is away.")
        self.commits += 1
        async with super().write() as session:
            yield session


def test_a_higher_rate_needs_more_senders_up_to_a_bound():
    assert [senders_for(rate) for rate in (0.1, 29, 200, 1000, 9999)] == [8, 8, 50, 250, 256]
