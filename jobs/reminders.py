"""Reminders of deadlines: owed when somebody wishes them, owed anew when the last day moves."""

from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec

import db.chats
import db.deadlines
import db.deliveries
import db.facts
import db.stories
from db.engine import Database, Session
from domain.chat import Chat, Destination
from domain.deadlines import Window, Wish, meant, reminders, windows, wish
from domain.delivery import Delivery, Lane, Owed
from domain.digest import Reminder
from jobs.ports import Rejected

_LAST_ONE = timedelta(hours=15)
"""The reminder of the last day is of use until that day is over."""
_LOOK_BACK = timedelta(days=2)
"""Somewhere it is still yesterday."""


async def open_windows(
    session: Session, now: datetime, story_ids: Collection[int] | None = None
) -> list[Window]:
    """Return what can still be done, the soonest first; `story_ids`: of these stories only."""
    told = await db.deadlines.told(session, (now - _LOOK_BACK).date(), story_ids=story_ids)
    return windows(told)


async def open_now(database: Database, now: datetime) -> list[Window]:
    """Return what can still be done, the same for everybody who asks in this moment."""

    async def read() -> list[Window]:
        async with database.read() as session:
            return await open_windows(session, now)

    key = ("open windows", (now - _LOOK_BACK).date())
    return await database.shared.get(key, db.stories.TABLES, read)


async def window_of(session: Session, number: int, now: datetime) -> Window | None:
    """Return the window that a fact tells of, as it stands now; None where it is gone or over."""
    every = await open_windows(session, now)
    told = next((one for one in every if one.stated.number == number), None)
    if told is not None:
        return told
    stated = await db.facts.get(session, number)
    if stated is None or stated.fact.type != "deadline" or stated.fact.time is None:
        return None
    story = await db.deadlines.story_of(session, stated.article.id)
    of_story = [one for one in every if story is not None and one.story_id == story]
    if story is None or not of_story:
        return None
    return meant(wish(Window(stated=stated, story_id=story), 0), of_story)


async def remind(
    database: Database, chat: Chat, at: Destination, window: Window, now: datetime
) -> int:
    """Owe a destination the reminders of a window; return how many are new."""
    async with database.write() as session:
        return await _owe(session, at, chat.timezone, window, now)


async def forget(database: Database, at: Destination, window: Window) -> int:
    """Remind a destination of a window no more; return how many reminders were still to come."""
    if window.story_id is None:
        return 0
    async with database.write() as session:
        waiting = await db.deliveries.waiting_reminders(session, window.story_id)
        own = [
            number
            for number, destination, payload in waiting
            if destination == at and meant(msgspec.convert(payload, Wish), [window]) is not None
        ]
        return await db.deliveries.withdraw(session, own)


async def move(session: Session, story_ids: Collection[int], now: datetime) -> int:
    """Owe anew, and tell at once, where the last day of something is another one now."""
    told = 0
    for story_id in story_ids:
        waiting = await db.deliveries.waiting_reminders(session, story_id)
        every = await open_windows(session, now, [story_id]) if waiting else []
        done: set[tuple[Destination, str, str]] = set()
        for owed_id, destination, payload in waiting:
            wished = msgspec.convert(payload, Wish)
            window = meant(wished, every)
            if window is None or window.last == wished.last or wished.moved_from:
                continue
            await db.deliveries.withdraw(session, [owed_id])
            who = (destination, wished.kind, wished.about)
            if who in done:
                continue
            done.add(who)
            told += await _tell_moved(session, destination, window, wished, now)
    return told


async def reminder_of(session: Session, delivery: Delivery, now: datetime) -> Reminder:
    """Return what a delivery reminds of, as it stands now.

    Raises:
        Rejected: There is no such deadline any more.
    """
    wished = msgspec.convert(delivery.payload, Wish)
    stories = None if wished.story_id is None else [wished.story_id]
    window = meant(wished, await open_windows(session, now, stories))
    if window is None:
        raise Rejected("the deadline is gone")
    return Reminder(window=window, moved_from=wished.moved_from, at=now)


async def _tell_moved(
    session: Session, destination: Destination, window: Window, wished: Wish, now: datetime
) -> int:
    chat = await db.chats.at(session, destination)
    if chat is None:
        return 0
    moved = _owed(destination, window, wish(window, 0, moved_from=wished.last), now, None)
    await db.deliveries.owe(session, [moved], now)
    await _owe(session, destination, chat.timezone, window, now)
    return 1


async def _owe(
    session: Session, destination: Destination, timezone: str, window: Window, now: datetime
) -> int:
    times = reminders(window.last, timezone, now)
    # Of two that are late together only the nearer one is of use.
    ends = [*(at for _, at in times[1:]), *(at + _LAST_ONE for _, at in times[-1:])]
    rows = [
        _owed(destination, window, wish(window, days), at, end)
        for (days, at), end in zip(times, ends, strict=True)
    ]
    return await db.deliveries.owe(session, rows, now)


def _owed(
    destination: Destination,
    window: Window,
    wished: Wish,
    at: datetime,
    end: datetime | None,
) -> Owed:
    what = f"moved:{wished.moved_from}" if wished.moved_from else str(wished.days)
    return Owed(
        destination=destination,
        kind="reminder",
        key=f"reminder:s{window.story_id}:{wished.kind}:{wished.about}:{wished.last}:{what}",
        lane=Lane.ALERT,
        payload=msgspec.to_builtins(wished),
        story_id=window.story_id,
        not_before=at,
        expires_at=end,
    )
