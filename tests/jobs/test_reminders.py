"""Reminders follow the day: an extension is told at once and reminded of anew."""

from dataclasses import replace
from datetime import date, timedelta

import db.articles
import db.chats
import db.deadlines
from domain.chat import Destination
from jobs.outbox import Outbox
from jobs.reminders import move, open_windows, remind, window_of
from tests.builders import (
    NOW,
    deadline,
    evidence,
    new_article,
    stored_chat,
    stored_source,
    stored_story,
)
from tests.fakes import Clock, RecordingCourier

OLD, NEW = date(2026, 12, 31), date(2027, 1, 15)
HERE = Destination(chat_id=7)


def told(day: date = OLD, quote: str = "Apply by the end of the year", **about):
    said = deadline(day, evidence=(evidence(quote, quote),), **about)
    return new_article(text=quote, facts=[said])


async def reminded(database) -> int:
    """A chat that is reminded of a deadline in a story; return the story's number."""
    chat = await stored_chat(database)
    story = await stored_story(database, told())
    async with database.read() as session:
        (window,) = await open_windows(session, NOW)
    assert await remind(database, chat, HERE, window, NOW) == 5
    assert await remind(database, chat, HERE, window, NOW) == 0
    return story


async def sent(database, days: int) -> list[tuple[int, str]]:
    """Let days pass; return what was told, and after how many."""
    clock, courier = Clock(NOW), RecordingCourier()
    outbox = Outbox(database, courier, clock, owner="test")
    came = []
    for day in range(days):
        before = len(courier.sent)
        await outbox.sweep()
        await outbox.drain()
        came += [(day, html) for html in said(courier, before)]
        clock.turn(days=1)
    return came


def said(courier, since: int) -> list[str]:
    return [message.html for _, message, *_ in courier.sent[since:]]


async def extended(database, story: int, **about) -> None:
    at = (await stored_source(database)).id
    article = told(NEW, "申报时间延长至1月15日", subject="申报", **about)
    async with database.write() as session:
        await db.articles.add_all(
            session, at, [replace(article, story_id=story)], NOW + timedelta(hours=1)
        )
        await move(session, [story], NOW)


async def test_they_come_on_their_days(database):
    await reminded(database)
    assert await sent(database, 45) == [
        (day, "reminder 2026-12-31") for day in (24, 31, 35, 37, 38)
    ]


async def test_an_extension_is_told_at_once_and_reminded_of_anew(database):
    story = await reminded(database)
    await extended(database, story)
    assert await sent(database, 60) == [
        (0, "reminder 2027-01-15 moved from 2026-12-31"),
        *((day, "reminder 2027-01-15") for day in (39, 46, 50, 52, 53)),
    ]


async def test_another_kind_of_deadline_moves_nothing(database):
    story = await reminded(database)
    await extended(database, story, attributes={"kind": "comment"})
    assert [day for day, _ in await sent(database, 45)] == [24, 31, 35, 37, 38]


async def test_moving_again_tells_nothing_twice(database):
    story = await reminded(database)
    await extended(database, story)
    async with database.write() as session:
        assert await move(session, [story], NOW) == 0


async def test_of_those_that_are_late_together_only_the_nearest_comes(database):
    await reminded(database)
    clock, courier = Clock(NOW), RecordingCourier()
    outbox = Outbox(database, courier, clock, owner="test")
    clock.turn(days=36)
    await outbox.sweep()
    await outbox.drain()
    assert said(courier, 0) == ["reminder 2026-12-31"]


async def test_an_edited_article_is_reminded_of_as_it_stands_now(database):
    await reminded(database)
    async with database.read() as session:
        (window,) = await open_windows(session, NOW)
    number = window.stated.article.id
    async with database.write() as session:
        await db.articles.revise(session, number, told(quote="Apply until New Year’s Eve"), NOW)
    async with database.read() as session:
        (after,) = await open_windows(session, NOW)
        assert after.stated.number != window.stated.number
        assert await window_of(session, after.stated.number, NOW) == after
        assert await window_of(session, window.stated.number, NOW) is None
        assert await window_of(session, 10**12, NOW) is None
    assert len(await sent(database, 45)) == 5


async def test_what_is_withdrawn_is_not_reminded_of(database):
    await reminded(database)
    async with database.read() as session:
        (window,) = await open_windows(session, NOW)
    async with database.write() as session:
        plain = new_article(text="Nothing to apply for.")
        await db.articles.revise(session, window.stated.article.id, plain, NOW)
    assert await sent(database, 45) == []
