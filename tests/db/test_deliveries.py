"""The outbox: owed once, claimed once, in order, and never lost between two senders."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError

import db.attempts
import db.chats
import db.dead_letters
import db.deliveries
import db.sources
from db.attempts import Arrived
from db.engine import connect
from domain.delivery import Lane, Owed
from domain.message import Button, Message
from tests.builders import (
    NOW,
    destination,
    message,
    owed,
    owing,
    stored_chat,
    stored_story,
)
from tests.db.counting import rows_in, select

LEASE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)


async def claim(database, *, now=NOW, limit=100, owner="us", lease=LEASE):
    async with database.write() as session:
        return await db.deliveries.claim(session, owner=owner, now=now, lease=lease, limit=limit)


async def keys(database, **how):
    return [delivery.key for delivery in await claim(database, **how)]


async def call(database, function, *arguments, **named):
    async with database.write() as session:
        return await function(session, *arguments, **named)


async def start(database, *numbers, owner="us", now=NOW):
    return await call(database, db.attempts.start, numbers, owner, now)


async def arrive(database, number, *message_ids, complete=False, now=NOW):
    note = Arrived(number, message_ids, complete)
    await call(database, db.attempts.arrived, [note], now)


async def columns(database, *names):
    return await select(database, f"SELECT {', '.join(names)} FROM delivery ORDER BY id")  # noqa: S608 - the tests' own names


async def test_what_is_owed_comes_back_as_it_was_put_in(database):
    story = await stored_story(database)
    given = Owed(
        destination=destination(2**52, 5),
        kind="alert",
        key=f"alert:s{story}",
        lane=Lane.ALERT,
        payload={"story": story, "stories": (1, 2), "words": "政策"},
        story_id=story,
        expires_at=NOW + LEASE,
    )
    assert await owing(database, given) == 1
    (delivery,) = await claim(database)
    assert delivery.destination == given.destination
    assert (delivery.kind, delivery.key) == ("alert", given.key)
    assert delivery.payload == {"story": story, "stories": [1, 2], "words": "政策"}
    assert delivery.parts is None
    assert (delivery.parts_sent, delivery.doubts, delivery.repeat) == (0, 0, False)


async def test_nothing_is_owed_twice_to_a_destination(database):
    assert await owing(database, owed(key="a"), owed(key="b"), owed(8, "a")) == 3
    topic = owed(key="a", destination=destination(7, 5))
    assert await owing(database, owed(key="a"), owed(key="c"), topic, owed(key="c")) == 2
    assert await owing(database) == 0
    assert await rows_in(database, "delivery") == 5


async def test_what_was_sent_is_not_owed_again(database):
    await owing(database, owed(key="a"))
    (delivery,) = await claim(database)
    await call(database, db.attempts.done, delivery.id, NOW)
    assert await owing(database, owed(key="a")) == 0
    assert await claim(database) == []


async def test_thousands_are_owed_at_once(database):
    for chat_id in range(1, 11):
        await stored_chat(database, chat_id)
    many = [owed(1 + number % 10) for number in range(3000)]
    assert await call(database, db.deliveries.owe, many[:1000], NOW) == 1000
    assert await call(database, db.deliveries.owe, many, NOW) == 2000
    assert await call(database, db.deliveries.owe, many, NOW) == 0


async def test_only_a_known_chat_is_owed_something(database):
    with pytest.raises(IntegrityError):
        await call(database, db.deliveries.owe, [owed(99)], NOW)


async def test_the_interactive_lane_goes_first_then_who_waits_longest(database):
    await owing(database, owed(1, "digest", lane=Lane.DIGEST), now=NOW - 9 * MINUTE)
    await owing(database, owed(2, "late alert", lane=Lane.ALERT), now=NOW - MINUTE)
    await owing(database, owed(3, "alert", lane=Lane.ALERT), now=NOW - 2 * MINUTE)
    await owing(database, owed(4, "asked", lane=Lane.INTERACTIVE))
    await owing(database, owed(5, "backfill", lane=Lane.BACKFILL), now=NOW - 9 * MINUTE)
    await owing(database, owed(6, "alert too", lane=Lane.ALERT), now=NOW - 2 * MINUTE)
    assert await keys(database) == [
        "asked",
        "alert",
        "alert too",
        "late alert",
        "digest",
        "backfill",
    ]


async def test_a_claim_takes_one_row_of_each_chat_and_its_first(database):
    await owing(database, owed(1, "1b"), owed(1, "1c"), owed(2, "2a"))
    await owing(database, owed(1, "1a", lane=Lane.ALERT), now=NOW)
    await owing(database, owed(2, "2 topic", destination=destination(2, 5)))
    assert await keys(database, limit=1) == ["1a"]
    assert await keys(database) == ["2a"]


async def test_a_chat_that_is_being_sent_to_waits_so_that_its_order_is_kept(database):
    await owing(database, owed(1, "first"), owed(1, "second"))
    (first,) = await claim(database)
    assert await claim(database, owner="another") == []
    await call(database, db.attempts.done, first.id, NOW)
    assert await keys(database, owner="another") == ["second"]


async def test_nothing_is_claimed_before_its_time_after_it_or_for_a_suspended_chat(database):
    await owing(database, owed(1, "later"), now=NOW + MINUTE)
    await owing(database, owed(2, "too late", expires_at=NOW))
    await owing(database, owed(3, "blocked"))
    await owing(database, owed(4, "good", expires_at=NOW + MINUTE))
    await call(database, db.chats.suspend, 3, "blocked", NOW)
    assert await keys(database) == ["good"]
    assert await keys(database, now=NOW + MINUTE) == ["later"]
    await stored_chat(database, 3)
    assert await keys(database) == ["blocked"]


async def test_what_is_too_late_does_not_hold_up_what_is_behind_it(database):
    await owing(database, owed(1, "too late", expires_at=NOW, lane=Lane.ALERT), owed(1, "good"))
    await owing(database, owed(2, "postponed", lane=Lane.ALERT), now=NOW + MINUTE)
    await owing(database, owed(2, "good too"))
    assert await keys(database) == ["good", "good too"]


async def test_a_chat_with_hundreds_of_rows_at_the_head_holds_nobody_up(database):
    await owing(database, *(owed(1, f"flood {n}", lane=Lane.ALERT) for n in range(450)))
    await owing(database, owed(2, "digest"), owed(3, "digest too"))
    assert await keys(database, limit=2) == ["flood 0", "digest"]
    assert await keys(database, limit=8) == ["digest too"]


@pytest.mark.postgres
async def test_a_claim_passes_over_what_another_is_claiming_at_this_moment(postgres_url):
    database = connect(postgres_url)
    await owing(database, *(owed(chat_id, f"{chat_id} {n}") for chat_id in (1, 2, 3) for n in "ab"))
    two = partial(db.deliveries.claim, owner="us", now=NOW, lease=LEASE, limit=2)
    async with database.write() as one, database.write() as another:
        first, second = await two(one), await two(another)
    assert [row.key for row in first] == ["1 a", "2 a"]
    assert [row.key for row in second] == ["3 a"]
    await database.close()


async def test_claims_by_several_workers_never_hand_out_one_row_twice(database_url):
    databases = [connect(database_url) for _ in range(6)]
    await owing(databases[0], *(owed(1 + n % 40, f"k{n}") for n in range(120)))
    claimed: list[int] = []

    async def work(number: int) -> None:
        while rows := await claim(databases[number], owner=f"worker {number}", limit=7):
            chats = [row.destination.chat_id for row in rows]
            assert len(set(chats)) == len(chats)
            claimed.extend(row.id for row in rows)
            for row in rows:
                await call(databases[number], db.attempts.done, row.id, NOW)

    async def all_of_it() -> None:
        # A worker stops when every chat left is in other hands; who is last empties the queue.
        while (await call(databases[0], db.deliveries.counts))["owed"]:
            await asyncio.gather(*(work(number) for number in range(6)))

    await asyncio.wait_for(all_of_it(), timeout=60)
    assert sorted(claimed) == list(range(1, 121))
    for database in databases:
        await database.close()


async def test_at_the_same_moment_no_chat_is_claimed_by_two(database_url):
    databases = [connect(database_url) for _ in range(6)]
    await owing(databases[0], *(owed(1 + n % 10, f"k{n}") for n in range(40)))
    for database in databases:
        await database.check()
    claims = await asyncio.gather(*(claim(database, limit=4) for database in databases))
    chats = [row.destination.chat_id for rows in claims for row in rows]
    assert len(chats) == len(set(chats))
    for database in databases:
        await database.close()


async def test_a_lease_that_ran_out_is_taken_back_and_says_what_is_known(database):
    await owing(database, owed(1, "unstarted"), owed(2, "started"), owed(3, "between parts"))
    unstarted, started, between = await claim(database)
    await start(database, started.id, between.id)
    await arrive(database, between.id, 100)
    assert await call(database, db.attempts.release, NOW + LEASE - MINUTE) == 0
    assert await keys(database, owner="yet another") == ["between parts"]
    assert await call(database, db.attempts.release, NOW + LEASE) == 3
    again = {delivery.id: delivery for delivery in await claim(database, owner="another")}
    assert {number: one.repeat for number, one in again.items()} == {
        unstarted.id: False,
        started.id: True,
        between.id: False,
    }
    assert again[between.id].parts_sent == 1
    assert again[between.id].message_ids == (100,)


async def test_a_repeat_says_what_the_first_attempt_said(database):
    await owing(database, owed())
    (delivery,) = await claim(database)
    parts = (
        message("<b>一</b>", Button(text="facts", data="v1:f:1")),
        Message(html="2", buttons=((Button(text="a", url="https://a.example/"),), ())),
    )
    await call(database, db.attempts.keep_parts, delivery.id, parts)
    await call(database, db.attempts.release, NOW + LEASE)
    (again,) = await claim(database)
    assert again.parts == parts


async def test_a_delivery_goes_out_part_by_part(database):
    await owing(database, owed())
    (delivery,) = await claim(database)
    for part, numbers in enumerate(((100,), (100, 2**40)), start=1):
        assert await start(database, delivery.id) == {delivery.id}
        assert await columns(database, "attempts", "started_at IS NULL") == [(part, False)]
        await arrive(database, delivery.id, *numbers, complete=part == 2)
        assert await columns(database, "parts_sent", "started_at IS NULL") == [(part, True)]
        await claim(database)
    rest = ("state", "lease_owner", "lease_until", "started_at", "error", "sent_at IS NULL")
    assert await columns(database, *rest) == [("sent", None, None, None, None, False)]
    ((message_ids,),) = await columns(database, "message_ids")
    assert message_ids in ([100, 2**40], "[100,1099511627776]")


async def test_noting_something_of_a_row_that_is_gone_changes_nothing(database):
    await owing(database, owed())
    await arrive(database, 999, 100)
    assert await start(database, 999) == set()
    await call(database, db.attempts.done, 999, NOW)
    assert await call(database, db.deliveries.counts) == {
        "owed": 1,
        "leased": 0,
        "folded": 0,
        "sent": 0,
        "failed": 0,
        "expired": 0,
        "uncertain": 0,
    }


@pytest.mark.parametrize("unknown", [True, False])
async def test_a_postponed_row_comes_back_in_time_and_knows_whether_it_may_repeat(
    database, unknown
):
    await owing(database, owed())
    (delivery,) = await claim(database)
    await start(database, delivery.id)
    await call(
        database,
        db.attempts.postpone,
        delivery.id,
        not_before=NOW + MINUTE,
        error="429",
        unknown=unknown,
    )
    assert await columns(database, "state", "lease_owner", "error") == [("owed", None, "429")]
    assert await claim(database) == []
    (again,) = await claim(database, now=NOW + MINUTE)
    assert again.repeat is unknown
    await start(database, delivery.id, now=NOW + MINUTE)
    assert await columns(database, "attempts", "repeats") == [(2, int(unknown))]
    assert await call(database, db.deliveries.possible_repeats) == int(unknown)


async def test_a_postponed_chat_does_not_delay_another(database):
    await owing(database, owed(1), owed(2, "good"))
    slow = (await claim(database, limit=1))[0]
    hours = timedelta(hours=12)
    await call(
        database, db.attempts.postpone, slow.id, not_before=NOW + hours, error="", unknown=False
    )
    assert await keys(database) == ["good"]


async def test_a_refused_row_rests(database):
    await owing(database, owed())
    (delivery,) = await claim(database)
    await call(database, db.attempts.fail, delivery.id, "can't parse entities")
    assert await columns(database, "state", "error", "lease_until") == [
        ("failed", "can't parse entities", None)
    ]
    assert await call(database, db.attempts.release, NOW + 2 * LEASE) == 0
    assert await claim(database, now=NOW + 2 * LEASE) == []


async def test_what_is_too_old_expires_but_never_while_it_is_being_sent(database):
    await owing(database, owed(1, expires_at=NOW), owed(2, expires_at=NOW + MINUTE), owed(3))
    await owing(database, owed(4, expires_at=NOW + MINUTE))
    assert len(await claim(database, limit=1)) == 1
    assert await call(database, db.deliveries.expire, NOW + MINUTE) == 2
    assert await call(database, db.deliveries.expire, NOW + MINUTE) == 0
    counts = await call(database, db.deliveries.counts)
    assert (counts["expired"], counts["leased"], counts["owed"]) == (2, 1, 1)


async def test_the_alerts_that_a_destination_was_sent_are_known(database):
    sent, waiting, digest = [await stored_story(database) for _ in range(3)]
    topic = destination(7, 5)
    await owing(
        database,
        owed(7, "a", kind="alert", story_id=sent),
        owed(7, "b", kind="digest", story_id=digest),
        owed(8, "a", kind="alert", story_id=waiting),
    )
    for delivery in await claim(database):
        await call(database, db.attempts.done, delivery.id, NOW)
    for delivery in await claim(database):
        await call(database, db.attempts.done, delivery.id, NOW)
    await owing(database, owed(7, "c", kind="alert", story_id=waiting))
    every = [sent, waiting, digest, 999]
    assert await call(database, db.deliveries.alerted, destination(7), every) == {sent}
    assert await call(database, db.deliveries.alerted, destination(7), []) == set()
    assert await call(database, db.deliveries.alerted, topic, every) == set()
    assert await call(database, db.deliveries.alerted, destination(8), every) == {waiting}


async def test_the_outbox_says_when_something_is_due(database):
    assert await call(database, db.deliveries.next_due) is None
    await owing(database, owed(1), now=NOW + MINUTE)
    await owing(database, owed(2))
    assert await call(database, db.deliveries.next_due) == NOW
    await call(database, db.chats.suspend, 2, "blocked", NOW)
    assert await call(database, db.deliveries.next_due) == NOW + MINUTE


async def test_the_alerts_of_a_story_that_is_gone_are_gone(database):
    story = await stored_story(database)
    await owing(database, owed(kind="alert", story_id=story))
    await call(database, db.sources.remove, 1)
    assert await rows_in(database, "delivery") == 0


async def test_only_who_holds_the_lease_may_begin(database):
    await owing(database, owed())
    (delivery,) = await claim(database)
    assert await start(database, delivery.id, owner="another") == set()
    assert await start(database, delivery.id, now=NOW + LEASE) == set()
    assert await start(database, delivery.id) == {delivery.id}


async def test_many_notes_are_taken_at_once(database):
    await owing(database, *(owed(number, f"k{number}") for number in range(1, 6)))
    numbers = [delivery.id for delivery in await claim(database)]
    assert await start(database, *numbers) == set(numbers)
    notes = [Arrived(number, (number * 10,), number % 2 == 0) for number in numbers]
    await call(database, db.attempts.arrived, notes, NOW)
    states = [state for (state,) in await columns(database, "state")]
    assert states == ["owed", "sent", "owed", "sent", "owed"]
    await call(database, db.attempts.arrived, [], NOW)


async def test_what_is_never_said_twice_rests_where_it_may_have_arrived(database):
    await owing(database, owed(1, "begun", kind="broadcast"), owed(2, "not", kind="broadcast"))
    begun, _ = await claim(database)
    await start(database, begun.id)
    assert await call(database, db.attempts.release, None) == 1
    assert await keys(database) == ["not"]
    assert (await call(database, db.deliveries.counts))["uncertain"] == 1


async def test_a_sender_that_lives_keeps_its_row_beyond_its_lease(database):
    await owing(database, owed(1), owed(2))
    ours, theirs = await claim(database)
    late = NOW + 2 * LEASE
    assert await call(database, db.attempts.release, late, besides={ours.id}) == 1
    assert [delivery.id for delivery in await claim(database)] == [theirs.id]


async def test_what_was_not_begun_is_given_back_by_who_holds_it(database):
    await owing(database, owed(1), owed(2))
    one, two = await claim(database)
    await call(database, db.attempts.give_back, [one.id], "us")
    await call(database, db.attempts.give_back, [two.id], "another")
    assert [delivery.id for delivery in await claim(database)] == [one.id]


async def test_chats_to_be_left_alone_are_not_claimed(database):
    await owing(database, owed(1, "one"), owed(2, "two"))
    async with database.write() as session:
        claimed = await db.deliveries.claim(
            session, owner="us", now=NOW, lease=LEASE, limit=9, besides={1}
        )
    assert [delivery.key for delivery in claimed] == ["two"]


async def test_what_may_go_out_later_waits(database):
    await owing(database, owed(not_before=NOW + MINUTE))
    assert await claim(database) == []
    assert len(await claim(database, now=NOW + MINUTE)) == 1


async def test_dead_letters_are_counted_by_reason_tried_again_or_let_go(database):
    await owing(database, *(owed(number, f"k{number}") for number in range(1, 4)))
    for delivery in await claim(database):
        reason = "too long" if delivery.destination.chat_id < 3 else "other"
        await call(database, db.attempts.fail, delivery.id, reason)
    assert await call(database, db.dead_letters.given_up, 9) == [("too long", 2), ("other", 1)]
    assert await call(database, db.dead_letters.try_again, NOW) == 3
    (first, *_) = await claim(database)
    await call(database, db.attempts.fail, first.id, "too long")
    assert await call(database, db.dead_letters.let_go) == 1
    assert await call(database, db.dead_letters.given_up, 9) == []
