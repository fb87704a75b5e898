"""Many updates at once, but what changes a chat's settings in its order."""

import asyncio
from typing import Any

import pytest
from telegram import Update

from bot.turns import Turns, settles
from tests.bot.virtual import run


def said(text: str, chat: int = 7) -> Update:
    where = {"id": chat, "type": "private" if chat > 0 else "group"}
    message = {"message_id": 1, "date": 0, "chat": where, "text": text}
    return _update({"message": message})


def pressed(data: str) -> Update:
    who = {"id": 7, "is_bot": False, "first_name": "A"}
    where = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}
    query = {"id": "1", "from": who, "chat_instance": "1", "data": data, "message": where}
    return _update({"callback_query": query})


def _update(raw: dict[str, Any]) -> Update:
    update = Update.de_json({"update_id": 1, **raw}, None)
    assert update is not None
    return update


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        (said("/subscribe daily 09:00"), 7),
        (said("/Language@pilotwatch_bot", -5), -5),
        (said("/latest"), None),
        (said("hello"), None),
        (pressed("v1:sub:both"), 7),
        (pressed("v1:facts:s1"), None),
        (pressed("anything"), None),
        ("not an update", None),
    ],
)
def test_what_settles_something(update: object, chat: int | None):
    assert settles(update) == chat


def test_settings_of_one_chat_keep_their_order_and_others_pass_by():
    async def scene() -> list[str]:
        turns, done = Turns(), []

        async def work(name: str, seconds: float) -> None:
            await asyncio.sleep(seconds)
            done.append(name)

        await asyncio.gather(
            turns.process_update(said("/subscribe daily"), work("first", 5)),
            turns.process_update(said("/unsubscribe"), work("second", 1)),
            turns.process_update(said("/latest"), work("question", 2)),
            turns.process_update(said("/subscribe", 8), work("other chat", 1)),
        )
        assert turns._lanes == {}
        return done

    assert run(scene()) == ["other chat", "question", "first", "second"]


def test_never_more_than_a_bound_are_under_way_and_nobody_is_lost():
    async def scene() -> tuple[int, int]:
        turns, running, most, done = Turns(at_once=5), 0, 0, 0

        async def work() -> None:
            nonlocal running, most, done
            running += 1
            most = max(most, running)
            await asyncio.sleep(1)
            running -= 1
            done += 1

        chats = range(1, 101)
        await asyncio.gather(
            *(turns.process_update(said("/latest", chat), work()) for chat in chats)
        )
        return most, done

    assert run(scene()) == (5, 100)


def test_a_chat_whose_settings_queue_up_takes_no_room_of_others():
    async def scene() -> float:
        turns = Turns(at_once=2)

        async def work(seconds: float) -> float:
            await asyncio.sleep(seconds)
            return asyncio.get_running_loop().time()

        crowd = [turns.process_update(said("/subscribe"), work(10)) for _ in range(20)]
        waiting = asyncio.gather(*crowd)
        await asyncio.sleep(0)
        await turns.process_update(said("/latest", 8), work(1))
        now = asyncio.get_running_loop().time()
        await waiting
        return now

    assert run(scene()) == 1
