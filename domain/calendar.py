"""When a digest is due: a local minute in an IANA zone, once for each local date."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.chat import EVERY_DAY, Subscription

_LATEST = {
    "daily": timedelta(hours=12),
    "weekly": timedelta(days=3),
    "instant": timedelta.max,
}


def next_digest(subscription: Subscription, now: datetime) -> datetime:
    """Return the next moment (UTC, after `now`) at which a daily or weekly digest is due.

    Never a second time for the local date of the last one. A local time that a clock change skips
    is taken later by the length of the gap; one that it repeats is taken the first time
    (PEP 495, fold=0).
    """
    zone = ZoneInfo(subscription.timezone)
    day = now.astimezone(zone).date()
    while True:
        at = _local(day, subscription.minute, zone)
        if at > now and _wanted(subscription, day):
            return at
        day += timedelta(days=1)


def missed(subscription: Subscription, now: datetime) -> bool:
    """Tell whether a digest is too late to be sent: what it would hold comes with the next one.

    A daily one is sent up to twelve hours late, a weekly one up to three days: beyond that it
    would come in the middle of the next one's time.
    """
    at = last_due(subscription, now)
    return at is not None and now - at > _LATEST[subscription.kind]


def last_due(subscription: Subscription, now: datetime) -> datetime | None:
    """Return the last moment up to now at which it was due; None if that is still to come.

    After days of downtime that is today's or yesterday's, not the first one that was missed.
    """
    if subscription.next_at is None or subscription.next_at > now:
        return None
    zone = ZoneInfo(subscription.timezone)
    day = now.astimezone(zone).date()
    while (at := _local(day, subscription.minute, zone)) > subscription.next_at:
        if at <= now and _wanted(subscription, day):
            return at
        day -= timedelta(days=1)
    return subscription.next_at


def local_date(subscription: Subscription, at: datetime) -> date:
    """Return the date on the subscriber's calendar."""
    return at.astimezone(ZoneInfo(subscription.timezone)).date()


def _wanted(subscription: Subscription, day: date) -> bool:
    if subscription.last_date is not None and day <= subscription.last_date:
        return False
    if subscription.kind == "weekly":
        return day.weekday() == subscription.weekday
    # No day at all would be no digest: that is what ending it is for.
    return bool((subscription.days or EVERY_DAY) >> day.weekday() & 1)


def _local(day: date, minute: int, zone: ZoneInfo) -> datetime:
    at = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
    return at.astimezone(UTC)
