"""When a digest goes out, and what it holds."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zlib import crc32
from zoneinfo import ZoneInfo

import db.deliveries
import db.facts
import db.ledger
import db.preferences
import db.sources
import db.stories
import db.subscriptions
from db.engine import Database, Session
from db.subscriptions import Step
from domain.calendar import last_due, local_date, missed, next_digest
from domain.chat import Destination, Subscription
from domain.delivery import Lane, Owed
from domain.digest import Digest, Item, SourceHealth
from domain.facts.fact import FactType
from domain.ledger.moves import Move, moves
from domain.preferences import Listener
from domain.rule import Sieve
from domain.story import Story
from jobs.listening import listener
from jobs.subscribing import FIRST_WINDOW

log = logging.getLogger(__name__)

A_WEEK = timedelta(days=6)
"""From here on a digest has a picture of what has moved."""
_METRICS: tuple[FactType, ...] = ("metric",)
MOST_TOLD = 500
"""Articles of one window whose figures are looked into."""

BATCH = 500

LATE_FOR_ALL = timedelta(days=3)
"""After so long no digest is sent any more, whatever its rhythm."""
LATE = timedelta(minutes=15)
"""A digest that is owed so long after its minute says so."""
UNNOTICED = timedelta(minutes=1)
"""An audience that is served within its minute is not spread."""


async def owe_due(database: Database, now: datetime, *, per_second: float = 29) -> int:
    """Put every digest whose minute has come into the outbox; return how many.

    Owing it and setting the next date are one transaction: never twice, never lost. What was
    missed for long is left to the next one.
    """
    async with database.read() as session:
        # Nearly every tick ends here, and takes no turn of those who write.
        if not await db.subscriptions.due(session, now, 1):
            return 0
    owed, window, plans = 0, timedelta(), Plans(now)
    while True:
        async with database.write() as session:
            due = await db.subscriptions.due(session, now, BATCH)
            if len(due) == BATCH and not window:
                window = _window(await db.subscriptions.count_due(session, now), per_second)
            muted = await db.preferences.muted(session, [one.destination for one in due], now)
            planned = [(one, plans.of(one, muted=one.destination in muted)) for one in due]
            letters = [_owed(one, plan, now, window) for one, plan in planned if not plan.missed]
            owed += await db.deliveries.owe(session, letters, now)
            steps = [_step(one, plan, now) for one, plan in planned]
            await db.subscriptions.advance_all(session, steps)
        if len(due) < BATCH:
            return owed


async def put_off(database: Database, now: datetime) -> int:
    """Set the next date of what suspended chats have missed; return how many digests.

    It would stay due for ever, and every tick would pass over it. What it covers stays as it is:
    the first digest after the chat's return tells everything since the last one.
    """
    number = 0
    while True:
        async with database.write() as session:
            before = now - LATE_FOR_ALL
            silent = await db.subscriptions.waiting_for_return(session, before, BATCH)
            steps = [
                Step(one.id, next_digest(one, now), one.covered_until, one.last_date)
                for one in silent
            ]
            await db.subscriptions.advance_all(session, steps)
        number += len(silent)
        if len(silent) < BATCH:
            return number


async def set_anew(database: Database, now: datetime) -> int:
    """Set due times anew where the calendar has changed (a new tzdata); return how many changed.

    Only what lies ahead: what is due already is due. Chats share few times, so that this is one
    short query, however many they are.
    """
    ZoneInfo.clear_cache()
    changed = 0
    async with database.write() as session:
        for shared in await db.subscriptions.times(session, now):
            at = next_digest(shared, now)
            if at != shared.next_at:
                changed += await db.subscriptions.set_next(session, shared, at)
    if changed:
        log.info(
            "%d digests have another time: the rules of their time zones have changed", changed
        )
    return changed


async def owe_now(database: Database, destination: Destination, now: datetime) -> bool:
    """Owe a digest of everything since the last one to somebody who asked; False if just done."""
    async with database.write() as session:
        standing = await _standing(session, destination)
        since = _since(standing, now)
        new = await db.deliveries.owe(session, [_asked(destination, since=since, until=now)], now)
        for subscription in standing:
            await db.subscriptions.advance(
                session,
                subscription.id,
                next_at=subscription.next_at,
                covered_until=now,
                last_date=subscription.last_date,
            )
    return new > 0


async def preview(database: Database, destination: Destination, now: datetime) -> Digest:
    """Return the digest that `owe_now` would send, without sending or changing anything."""
    async with database.read() as session:
        since = _since(await _standing(session, destination), now)
        found = await contents(session, since, now)
        one = await listener(session, destination, found.numbers)
        return await digest_of(session, one, "now", found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a window holds, whoever asks."""

    since: datetime
    until: datetime
    stories: tuple[Story, ...]
    health: SourceHealth
    moves: tuple[Move, ...] = ()
    sieve: Sieve = field(default_factory=Sieve, compare=False)
    """What is shared by all who ask: chats with equal rules are told the same."""

    @property
    def numbers(self) -> list[int]:
        """The numbers of its stories."""
        return [story.id for story in self.stories]


async def contents(session: Session, since: datetime, until: datetime) -> Contents:
    """Gather what happened in a window; of a week also which figures have moved."""
    stories = tuple(await db.stories.fresh(session, since, until))
    return Contents(
        since=since,
        until=until,
        stories=stories,
        health=await db.sources.health(session, until),
        moves=await _moves(session, stories) if until - since >= A_WEEK else (),
    )


async def _moves(session: Session, stories: Sequence[Story]) -> tuple[Move, ...]:
    told = [one.article.id for story in stories for one in story.coverage]
    news = await db.facts.stated_by(session, told[:MOST_TOLD], types=_METRICS)
    return moves(news, await db.ledger.of_units(session, {one.fact.unit for one in news}))


async def digest_of(
    session: Session,
    one: Listener,
    kind: Literal["daily", "weekly", "now"],
    found: Contents,
) -> Digest:
    """Make one destination's digest of a window: what it wants, marked where it has had it."""
    wanted = [story for story in found.stories if one.objection(story, found.sieve) is None]
    numbers = [story.id for story in wanted]
    alerted = await db.deliveries.alerted(session, one.destination, numbers)
    return Digest(
        kind=kind,
        since=found.since,
        until=found.until,
        items=tuple(Item(story=story, alerted=story.id in alerted) for story in wanted),
        health=found.health,
        moves=found.moves,
    )


def _window(count: int, per_second: float) -> timedelta:
    """Return over how long a large audience is spread: as long as it takes anyway.

    Else the same chats would be the last ones every day, and everything else would queue behind
    thousands of rows.
    """
    takes = timedelta(seconds=count / per_second)
    return takes if takes > UNNOTICED else timedelta()


class Plan(NamedTuple):
    """What becomes of a due digest."""

    day: date
    """The local date that it is for."""
    missed: bool
    """What it would hold comes with the next one: it is too late, or the chat is muted."""
    following: datetime


class Plans:
    """Plans for one moment: thousands of chats share a few times, and the calendar is slow."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._made: dict[tuple[object, ...], Plan] = {}

    def of(self, one: Subscription, *, muted: bool = False) -> Plan:
        """Return the plan for a digest that is due."""
        when = (one.kind, one.minute, one.weekday, one.days, one.timezone)
        times = (*when, one.next_at, one.last_date, muted)
        if times not in self._made:
            self._made[times] = self._make(one, muted=muted)
        return self._made[times]

    def _make(self, one: Subscription, *, muted: bool) -> Plan:
        now = self._now
        day = local_date(one, last_due(one, now) or now)
        if muted or missed(one, now):
            return Plan(day, True, next_digest(one, now))
        return Plan(day, False, next_digest(replace(one, last_date=day), now))


def _step(one: Subscription, plan: Plan, now: datetime) -> Step:
    if plan.missed:
        return Step(one.id, plan.following, one.covered_until, one.last_date)
    return Step(one.id, plan.following, now, plan.day)


def _owed(one: Subscription, plan: Plan, now: datetime, window: timedelta) -> Owed:
    later = now + window * _share(one.destination, plan.day) if window else None
    return Owed(
        destination=one.destination,
        kind="digest",
        key=f"digest:{one.kind}:{plan.day.isoformat()}",
        lane=Lane.DIGEST,
        payload=_span(one.kind, one.covered_until, now) | _lateness(one, now),
        not_before=later,
    )


def _lateness(one: Subscription, now: datetime) -> dict[str, str]:
    """After a downtime a digest says when it was due: "09:00" at noon looks like a mistake."""
    due = last_due(one, now)
    return {"due": due.isoformat()} if due is not None and now - due >= LATE else {}


def _share(destination: Destination, day: date) -> float:
    """Return a chat's place within the window, from 0 to 1: another one every day."""
    name = f"{destination.chat_id}:{destination.thread_id}:{day.isoformat()}"
    return crc32(name.encode()) / 2**32


def _asked(destination: Destination, *, since: datetime, until: datetime) -> Owed:
    return Owed(
        destination=destination,
        kind="digest",
        key=f"digest:now:{until.isoformat(timespec='seconds')}",
        lane=Lane.INTERACTIVE,
        payload=_span("now", since, until),
    )


def _span(kind: str, since: datetime, until: datetime) -> dict[str, str]:
    return {"kind": kind, "since": since.isoformat(), "until": until.isoformat()}


async def _standing(session: Session, destination: Destination) -> list[Subscription]:
    every = await db.subscriptions.of(session, destination)
    return [subscription for subscription in every if subscription.kind != "instant"]


def _since(standing: list[Subscription], now: datetime) -> datetime:
    return min(
        (subscription.covered_until for subscription in standing), default=now - FIRST_WINDOW
    )
