"""Chats: settings outlive silence, and a group that becomes a supergroup keeps everything."""

from datetime import timedelta

import pytest

import db.attempts
import db.chats
import db.deliveries
import db.subscriptions
from domain.chat import Chat
from tests.builders import NOW, chat, destination, owed, owing, stored_chat, subscribed
from tests.db.counting import rows_in, select

OLD, NEW = -42, -1001234567890123
LATER = NOW + timedelta(hours=1)


async def known(database, chat_id=7):
    async with database.read() as session:
        return await db.chats.get(session, chat_id)


async def test_a_new_chat_is_kept_as_it_presents_itself(database):
    new = Chat(id=2**52, type="group", title="研究组", language="zh", timezone="Europe/Berlin")
    async with database.write() as session:
        assert await db.chats.remember(session, new, NOW) == new
    assert await known(database, 2**52) == new
    assert await known(database, 8) is None


async def test_a_known_chat_keeps_its_settings_and_gets_its_new_name(database):
    await stored_chat(database)
    async with database.write() as session:
        await db.chats.set_language(session, 7, "zh", NOW)
        await db.chats.set_timezone(session, 7, "Europe/Berlin", NOW)
    again = await stored_chat(database, title="Renamed", language="en", type="supergroup")
    expected = chat(title="Renamed", language="zh", timezone="Europe/Berlin", type="supergroup")
    assert again == expected
    assert await known(database) == expected


async def test_a_suspended_chat_keeps_its_wishes_and_is_back_when_it_speaks(database):
    await subscribed(database)
    async with database.write() as session:
        await db.chats.suspend(session, 7, "bot was blocked by the user", LATER)
        assert await db.chats.count(session) == (0, 1)
    assert (await known(database)).state_reason == "bot was blocked by the user"
    back = await stored_chat(database)
    assert (back.state, back.state_reason) == ("active", None)
    async with database.read() as session:
        assert await db.chats.count(session) == (1, 0)
        assert len(await db.subscriptions.of(session, destination())) == 1


async def moved(database, old=OLD, new=NEW):
    async with database.write() as session:
        await db.chats.move(session, old, new, LATER)


async def remembered(database, chat_id, *, at, **given):
    async with database.write() as session:
        return await db.chats.remember(session, chat(id=chat_id, **given), at)


async def subscriptions_of(database, chat_id):
    return await select(
        database,
        "SELECT thread_id, kind, minute FROM subscription WHERE chat_id = :chat ORDER BY 1, 2",
        chat=chat_id,
    )


async def deliveries_of(database, chat_id):
    return await select(
        database, "SELECT key, state FROM delivery WHERE chat_id = :chat ORDER BY 1", chat=chat_id
    )


async def test_a_moved_group_keeps_settings_subscriptions_and_what_it_is_owed(database):
    await stored_chat(database, OLD, type="group", language="zh")
    await subscribed(database, destination(OLD), "daily", minute=600)
    await subscribed(database, destination(OLD), "instant")
    await owing(database, owed(OLD, "a"), owed(OLD, "b"))
    await owing(database, owed(7, "a"))
    for _ in range(2):
        await moved(database)
        assert await known(database, OLD) is None
        assert await known(database, NEW) == chat(id=NEW, type="supergroup", language="zh")
        assert await subscriptions_of(database, NEW) == [(0, "daily", 600), (0, "instant", 540)]
        assert await deliveries_of(database, NEW) == [("a", "owed"), ("b", "owed")]
        assert await deliveries_of(database, 7) == [("a", "owed")]
    assert await rows_in(database, "chat") == 2


@pytest.mark.parametrize("spoke_first", [True, False])
async def test_a_group_moves_once_whichever_message_comes_first(database, spoke_first):
    """Telegram tells the old chat and the new one; either update may be handled first."""
    await remembered(database, OLD, at=NOW, type="group", language="zh")
    await subscribed(database, destination(OLD), "daily", minute=600)
    if spoke_first:
        await remembered(database, NEW, at=LATER, type="supergroup", title="New")
        await moved(database)
    else:
        await moved(database)
        await remembered(database, NEW, at=LATER, type="supergroup", title="New")
    await moved(database)
    assert await known(database, OLD) is None
    assert await known(database, NEW) == chat(id=NEW, type="supergroup", title="New", language="zh")
    assert await subscriptions_of(database, NEW) == [(0, "daily", 600)]


async def test_a_late_update_from_the_old_group_does_not_undo_the_move(database):
    await remembered(database, OLD, at=NOW, type="group", language="zh")
    await subscribed(database, destination(OLD), "daily", minute=600)
    await moved(database)
    await remembered(database, OLD, at=LATER, type="group", language="en")
    await subscribed(database, destination(OLD), "daily", minute=1)
    await subscribed(database, destination(OLD), "weekly", minute=2)
    await moved(database)
    assert (await known(database, NEW)).language == "zh"
    assert await subscriptions_of(database, NEW) == [(0, "daily", 600), (0, "weekly", 2)]
    assert await known(database, OLD) is None


async def test_where_both_have_subscriptions_those_of_the_older_chat_win(database):
    await remembered(database, OLD, at=NOW)
    await remembered(database, NEW, at=LATER)
    await subscribed(database, destination(OLD), "daily", minute=600)
    await subscribed(database, destination(OLD, 5), "daily", minute=601)
    await subscribed(database, destination(NEW), "daily", minute=1)
    await subscribed(database, destination(NEW), "instant", minute=2)
    await moved(database)
    assert await subscriptions_of(database, NEW) == [
        (0, "daily", 600),
        (0, "instant", 2),
        (5, "daily", 601),
    ]


async def test_what_either_chat_was_sent_is_not_owed_to_the_merged_one(database):
    await owing(
        database, owed(OLD, "both"), owed(OLD, "sent old"), owed(OLD, "sent new"), owed(OLD, "old")
    )
    await owing(
        database, owed(NEW, "both"), owed(NEW, "sent old"), owed(NEW, "sent new"), owed(NEW, "new")
    )
    async with database.write() as session:
        for chat_id, key in ((OLD, "sent old"), (NEW, "sent new")):
            ((number,),) = await select(
                database,
                "SELECT id FROM delivery WHERE chat_id = :chat AND key = :key",
                chat=chat_id,
                key=key,
            )
            await db.attempts.done(session, number, NOW)
    await moved(database)
    assert await deliveries_of(database, NEW) == [
        ("both", "owed"),
        ("new", "owed"),
        ("old", "owed"),
        ("sent new", "sent"),
        ("sent old", "sent"),
    ]
    assert await deliveries_of(database, OLD) == []


async def test_moving_nowhere_or_from_nowhere_changes_nothing(database):
    await subscribed(database, destination(OLD))
    await moved(database, OLD, OLD)
    await moved(database, 99, NEW)
    await moved(database, 99, OLD)
    assert await subscriptions_of(database, OLD) == [(0, "daily", 540)]
    assert await rows_in(database, "chat") == 1
