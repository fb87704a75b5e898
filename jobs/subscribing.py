"""What comes to a destination by itself, begun, changed and ended."""

from dataclasses import replace
from datetime import datetime, timedelta

import db.chats
import db.preferences
import db.subscriptions
from db.engine import Session
from domain.calendar import next_digest
from domain.chat import EVERY_DAY, Destination, Subscription, SubscriptionKind

FIRST_WINDOW = timedelta(days=7)
"""The first digest tells of what was new lately, not only of what comes from now on."""


def wished(
    destination: Destination,
    kind: SubscriptionKind,
    timezone: str,
    now: datetime,
    *,
    minute: int = 9 * 60,
    weekday: int = 0,
    days: int = EVERY_DAY,
) -> Subscription:
    """Return a subscription as somebody wishes it, not kept yet."""
    return Subscription(
        id=0,
        destination=destination,
        kind=kind,
        minute=minute,
        weekday=weekday,
        days=days,
        timezone=timezone,
        covered_until=now - FIRST_WINDOW,
    )


async def keep(session: Session, wanted: Subscription, now: datetime) -> None:
    """Begin what is wished, or change its times; how far its digests have come stays."""
    await db.subscriptions.put(
        session,
        destination=wanted.destination,
        kind=wanted.kind,
        minute=wanted.minute,
        weekday=wanted.weekday,
        days=wanted.days,
        timezone=wanted.timezone,
        next_at=None if wanted.kind == "instant" else next_digest(wanted, now),
        covered_until=wanted.covered_until,
        now=now,
    )


async def move_to_zone(session: Session, at: Destination, timezone: str, now: datetime) -> None:
    """Use another zone in a chat, or in one topic of it: everything that comes there moves along.

    A topic that has a zone of its own stays in it when its chat moves.
    """
    if at.thread_id:
        own = await db.preferences.of(session, at)
        await db.preferences.put(session, at, replace(own, timezone=timezone), now)
    else:
        await db.chats.set_timezone(session, at.chat_id, timezone, now)
    await follow_zone(session, at.chat_id, now)


async def follow_zone(session: Session, chat_id: int, now: datetime) -> None:
    """Let everything that comes to a chat, and to its topics, come by the zone that holds there."""
    chat = await db.chats.get(session, chat_id)
    own = await db.preferences.zones(session, chat_id)
    for one in await db.subscriptions.in_chat(session, chat_id):
        zone = own.get(one.destination.thread_id) or (chat.timezone if chat else one.timezone)
        if one.timezone != zone:
            await keep(session, replace(one, timezone=zone), now)
