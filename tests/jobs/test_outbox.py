"""What becomes of a delivery, by what is known of each attempt."""

from datetime import timedelta

import pytest

import db.chats
import db.deliveries
from domain.delivery import Lane
from jobs.digest import owe_now
from jobs.ports import Moved, NotSent, OutcomeUnknown, Rejected, Unreachable


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
