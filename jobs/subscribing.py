"""What comes to a destination by itself, begun, changed and ended."""

from dataclasses import replace
from datetime import datetime, timedelta

import db.chats
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


async def move_to_zone(session: Session, chat_id: int, timezone: str, now: datetime) -> None:
    """Use another zone in a chat: everything that comes to it, or a topic in it, moves along."""
    await db.chats.set_timezone(session, chat_id, timezone, now)
    for one in await db.subscriptions.in_chat(session, chat_id):
        if one.timezone != timezone:
            await keep(session, replace(one, timezone=timezone), now)
