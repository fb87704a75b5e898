"""When a digest goes out, and what it holds."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

import db.deliveries
import db.sources
import db.stories
import db.subscriptions
from db.engine import Database, Session
from domain.calendar import local_date, next_digest
from domain.chat import Destination, Subscription
from domain.delivery import Lane, Owed
from domain.digest import Digest, Item

log = logging.getLogger(__name__)

# What a destination that never had a digest is told about.
FIRST_WINDOW = timedelta(days=7)

BATCH = 500


async def owe_due(database: Database, now: datetime) -> int:
    """Put every digest whose minute has come into the outbox; return how many.

    Owing it and setting the next date are one transaction: never twice, never lost.
    """
    owed = 0
    while True:
        async with database.write() as session:
            due = await db.subscriptions.due(session, now, BATCH)
            owed += await db.deliveries.owe(session, [_owed(sub, now) for sub in due], now)
            for subscription in due:
                await _advance(session, subscription, now)
        if len(due) < BATCH:
            return owed


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
        return await compose(session, destination, kind="now", since=since, until=now)


async def compose(
    session: Session,
    destination: Destination,
    *,
    kind: Literal["daily", "weekly", "now"],
    since: datetime,
    until: datetime,
) -> Digest:
    """Gather what a digest over a window holds, marking what this destination has had."""
    stories = await db.stories.fresh(session, since, until)
    alerted = await db.deliveries.alerted(session, destination, [story.id for story in stories])
    return Digest(
        kind=kind,
        since=since,
        until=until,
        items=tuple(Item(story=story, alerted=story.id in alerted) for story in stories),
        health=await db.sources.health(session, until),
    )


def _owed(subscription: Subscription, now: datetime) -> Owed:
    day = local_date(subscription, subscription.next_at or now)
    return Owed(
        destination=subscription.destination,
        kind="digest",
        key=f"digest:{subscription.kind}:{day.isoformat()}",
        lane=Lane.DIGEST,
        payload=_window(subscription.kind, subscription.covered_until, now),
    )


def _asked(destination: Destination, *, since: datetime, until: datetime) -> Owed:
    return Owed(
        destination=destination,
        kind="digest",
        key=f"digest:now:{until.isoformat(timespec='seconds')}",
        lane=Lane.INTERACTIVE,
        payload=_window("now", since, until),
    )


def _window(kind: str, since: datetime, until: datetime) -> dict[str, str]:
    return {"kind": kind, "since": since.isoformat(), "until": until.isoformat()}


async def _advance(session: Session, subscription: Subscription, now: datetime) -> None:
    sent_for = local_date(subscription, subscription.next_at or now)
    await db.subscriptions.advance(
        session,
        subscription.id,
        next_at=next_digest(replace(subscription, last_date=sent_for), now),
        covered_until=now,
        last_date=sent_for,
    )


async def _standing(session: Session, destination: Destination) -> list[Subscription]:
    every = await db.subscriptions.of(session, destination)
    return [subscription for subscription in every if subscription.kind != "instant"]


def _since(standing: list[Subscription], now: datetime) -> datetime:
    return min(
        (subscription.covered_until for subscription in standing), default=now - FIRST_WINDOW
    )
