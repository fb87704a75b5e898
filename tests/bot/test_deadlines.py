"""/deadlines in the chat: what is open, its buttons, its calendar file, and its reminders."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from sqlalchemy import select

import db.chats
from bot.render.calendar import calendar_file
from db.models import DeliveryRow
from domain.deadlines import Window
from domain.facts.stated import Stated
from tests.bot.scene import FORUM, READER, Scene
from tests.bot.strategies import facts, texts
from tests.builders import NOW, article, deadline, evidence, new_article, stored_story

TEXT = "Applications for computing vouchers are open until 31 December 2026, five o'clock."


def told(day: date = date(2026, 12, 31), text: str = TEXT, **about):
    said = deadline(day, evidence=(evidence(text[:20], text),), **about)
    return new_article(title="Vouchers <open>", text=text, facts=[said])


async def test_what_is_open_is_listed_the_soonest_first(scene: Scene):
    database = scene.tools.database
    await stored_story(database, told(date(2027, 3, 1), subject="later"))
    await stored_story(database, told(date(2026, 11, 22), subject="over"))
    await stored_story(database, told(subject="sooner"))
    (answer,) = await scene.say("/deadlines")
    assert answer.index("38 days left") < answer.index("sooner") < answer.index("later")
    assert "over" not in answer
    assert "Apply by 31 Dec 2026 17:00" in answer
    assert "Vouchers &lt;open&gt;" in answer
    assert set(scene.last_message()["buttons"]) == {"🔔 1", "🔔 2", "📅 1", "📅 2"}
    (answer,) = await scene.say("/deadlines later")
    assert "sooner" not in answer
    (answer,) = await scene.say("/deadlines <nothing>")
    assert "Nothing open holds “&lt;nothing&gt;”" in answer


async def test_nothing_open_is_said_so(scene: Scene):
    (answer,) = await scene.say("/deadlines")
    assert "Nothing is open just now" in answer


async def test_more_are_a_tap_away(scene: Scene):
    for at in range(6):
        day = date(2026, 12, 1) + timedelta(days=at)
        await stored_story(scene.tools.database, told(day, subject=f"window {at}"))
    (answer,) = await scene.say("/deadlines")
    assert "window 3" in answer
    assert "window 4" not in answer
    message = scene.last_message()
    await scene.press(message["buttons"]["5… ›"], message["id"])
    further = scene.last_message("editMessageText")
    assert "5. <b>12 days left</b>" in further["params"]["text"]
    assert set(further["buttons"]) == {"🔔 5", "🔔 6", "📅 5", "📅 6", "‹ 1–4"}


async def test_a_reminder_comes_at_each_of_its_days_and_never_twice(scene: Scene):
    await stored_story(scene.tools.database, told())
    await scene.say("/deadlines")
    message = scene.last_message()
    for answer in ("You will be reminded 14, 7, 3, 1, 0 days before", "reminded of it already"):
        await scene.press(message["buttons"]["🔔 1"], message["id"])
        assert answer in scene.last_message()["params"]["text"]
    came = []
    for _ in range(40):
        scene.clock.turn(days=1)
        came += [text.splitlines()[0] for text in await scene.deliver()]
    assert came == [
        "⏰ <b>14 days left</b>",
        "⏰ <b>7 days left</b>",
        "⏰ <b>3 days left</b>",
        "⏰ <b>1 day left</b>",
        "⏰ <b>today is the last day</b>",
    ]


async def test_reminders_end_with_a_tap_and_can_begin_again(scene: Scene):
    await stored_story(scene.tools.database, told())
    await scene.say("/deadlines")
    message = scene.last_message()
    await scene.press(message["buttons"]["🔔 1"], message["id"])
    promise = scene.last_message()
    stop = promise["buttons"]["Do not remind"]
    for answer in ("You will not be reminded of it", "You were not to be reminded of it"):
        await scene.press(stop, promise["id"])
        assert answer in scene.last_message()["params"]["text"]
    scene.clock.turn(days=24)
    assert await scene.deliver() == []
    await scene.press(message["buttons"]["🔔 1"], message["id"])
    assert "reminded 7, 3, 1, 0 days" in scene.last_message()["params"]["text"]


async def test_a_calendar_file_is_sent(scene: Scene):
    await stored_story(scene.tools.database, told())
    await scene.say("/deadlines")
    message = scene.last_message()
    await scene.press(message["buttons"]["📅 1"], message["id"])
    (sent,) = scene.calls("sendDocument")
    assert sent["status"] == 200


async def test_a_button_of_what_is_over_says_so(scene: Scene):
    await stored_story(scene.tools.database, told())
    await scene.say("/deadlines")
    message = scene.last_message()
    scene.clock.turn(days=60)
    for name in ("🔔 1", "📅 1"):
        await scene.press(message["buttons"][name], message["id"])
        assert "That is over" in scene.last_message()["params"]["text"]


def window(fact, **about) -> Window:
    return Window(stated=Stated(number=12, fact=fact, article=article(**about)), story_id=1)


def test_a_calendar_file_says_the_hour_or_the_day():
    file = calendar_file(window(deadline()), NOW).decode()
    assert file.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTSTART:20261231T090000Z\r\n" in file
    assert "UID:f12@pilotwatch\r\n" in file
    assert "URL:https://news.example/1\r\n" in file
    whole = deadline()
    assert whole.time is not None
    all_day = replace(whole, time=replace(whole.time, clock=None))
    file = calendar_file(window(all_day), NOW).decode()
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in file


@settings(max_examples=50, deadline=None)
@given(facts, texts, texts)
def test_any_calendar_file_has_the_lines_of_a_calendar(fact, title, url):
    whole = replace(fact, time=deadline().time)
    file = calendar_file(window(whole, title=title, url=url), NOW)
    lines = file.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    assert [line for line in lines if line.startswith(b"END:")] == [
        b"END:VALARM",
        b"END:VEVENT",
        b"END:VCALENDAR",
    ]


async def test_a_topic_is_reminded_in_its_own_language_and_zone(scene: Scene):
    await stored_story(scene.tools.database, told())
    await scene.say("/help", chat=FORUM)
    scene.sandbox.topic(FORUM, 5, name="政策")
    scene.sandbox.member(FORUM, "administrator", user=READER)
    await scene.settle()
    await scene.say("/language zh", chat=FORUM, thread=5)
    await scene.say("/settings zone America/New_York", chat=FORUM, thread=5)
    await scene.say("/deadlines", chat=FORUM, thread=5)
    message = scene.last_message()
    await scene.press(message["buttons"]["🔔 1"], message["id"], chat=FORUM)
    async with scene.tools.database.read() as session:
        forum = await db.chats.get(session, FORUM["id"])
        times = sorted(await session.scalars(select(DeliveryRow.not_before)))
    assert forum is not None
    assert (forum.language, forum.timezone) == ("en", "Asia/Shanghai")
    # Nine in the morning in New York, in winter.
    assert {at.hour for at in times} == {14}
    scene.clock.at = times[0]
    since = scene.seen
    (reminder,) = await scene.deliver()
    assert "还剩14天" in reminder
    (call,) = scene.calls("sendMessage", since)
    assert str(call["params"]["message_thread_id"]) == "5"
