"""When a digest is due: a local minute in an IANA zone, once for each local date."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.chat import Subscription


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


def local_date(subscription: Subscription, at: datetime) -> date:
    """Return the date on the subscriber's calendar."""
    return at.astimezone(ZoneInfo(subscription.timezone)).date()


def _wanted(subscription: Subscription, day: date) -> bool:
    if subscription.last_date is not None and day <= subscription.last_date:
        return False
    return subscription.kind != "weekly" or day.weekday() == subscription.weekday


def _local(day: date, minute: int, zone: ZoneInfo) -> datetime:
    at = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
    return at.astimezone(UTC)
