"""Digests fall due once for each local date, on the right local minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import last_due, local_date, missed, next_digest
from domain.chat import Destination, Subscription

ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
)


def subscription(**given):
    defaults = {
        "id": 1,
        "destination": Destination(chat_id=1),
        "kind": "daily",
        "covered_until": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return Subscription(**{**defaults, **given})


def test_a_daily_digest_is_due_at_its_minute_of_the_next_day_it_comes():
    nine = subscription(minute=9 * 60, timezone="Asia/Shanghai")
    assert next_digest(nine, datetime(2026, 11, 23, 0, 59, tzinfo=UTC)) == datetime(
        2026, 11, 23, 1, 0, tzinfo=UTC
    )
    assert next_digest(nine, datetime(2026, 11, 23, 1, 0, tzinfo=UTC)) == datetime(
        2026, 11, 24, 1, 0, tzinfo=UTC
    )


def test_a_weekly_digest_waits_for_its_day():
    friday = subscription(kind="weekly", weekday=4, minute=0, timezone="UTC")
    due = next_digest(friday, datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert due == datetime(2026, 11, 27, tzinfo=UTC)


def test_the_minute_that_summer_time_skips_comes_later_that_day():
    berlin = subscription(minute=2 * 60 + 30, timezone="Europe/Berlin")
    due = next_digest(berlin, datetime(2026, 3, 29, 0, 0, tzinfo=UTC))
    assert due == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert local_date(berlin, due) == date(2026, 3, 29)


def test_the_minute_that_comes_twice_in_autumn_counts_once():
    berlin = subscription(minute=2 * 60 + 30, timezone="Europe/Berlin")
    first = next_digest(berlin, datetime(2026, 10, 25, 0, 0, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = next_digest(replace(berlin, last_date=local_date(berlin, first)), first)
    assert local_date(berlin, again) == date(2026, 10, 26)


def test_a_date_that_a_zone_leaves_out_has_no_digest():
    # Samoa went from 29 to 31 December 2011.
    apia = subscription(minute=12 * 60, timezone="Pacific/Apia", last_date=date(2011, 12, 29))
    due = next_digest(apia, datetime(2011, 12, 30, 9, tzinfo=UTC))
    assert local_date(apia, due) == date(2011, 12, 31)


moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2029, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(moments, st.sampled_from(ZONES), st.integers(0, 1439), st.integers(3, 40))
def test_there_is_one_digest_for_every_local_date_whatever_the_clock_does(start, zone, minute, n):
    mine, now, dates = subscription(minute=minute, timezone=zone), start, []
    for _ in range(n):
        due = next_digest(mine, now)
        assert due > now
        dates.append(local_date(mine, due))
        mine, now = replace(mine, last_date=dates[-1]), due
    assert dates == [dates[0] + timedelta(days=day) for day in range(n)]


@given(moments, st.sampled_from(ZONES), st.integers(0, 1439))
def test_the_local_minute_is_kept_unless_the_clock_skips_it(now, zone, minute):
    due = next_digest(subscription(minute=minute, timezone=zone), now).astimezone(ZoneInfo(zone))
    late = (due.hour * 60 + due.minute - minute) % 1440
    assert late in (0, 30, 60)


def test_after_days_of_downtime_the_last_minute_counts_not_the_first():
    nine = subscription(minute=9 * 60, next_at=datetime(2026, 11, 20, 1, tzinfo=UTC))
    noon = datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert last_due(nine, noon) == datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert not missed(nine, noon)
    assert missed(nine, datetime(2026, 11, 23, 13, 1, tzinfo=UTC))


def test_a_weekly_digest_is_sent_up_to_three_days_late():
    monday = subscription(
        kind="weekly", weekday=0, minute=9 * 60, next_at=datetime(2026, 11, 23, 1, tzinfo=UTC)
    )
    assert not missed(monday, datetime(2026, 11, 26, 1, tzinfo=UTC))
    assert missed(monday, datetime(2026, 11, 26, 2, tzinfo=UTC))


def test_what_is_still_to_come_is_neither_due_nor_missed():
    nine = subscription(next_at=datetime(2026, 11, 23, 1, tzinfo=UTC))
    before = datetime(2026, 11, 23, 0, 59, tzinfo=UTC)
    assert last_due(nine, before) is None
    assert not missed(nine, before)
    assert not missed(subscription(kind="instant"), before)


@given(
    zone=st.sampled_from(ZONES),
    minute=st.integers(0, 1439),
    hours=st.integers(0, 24 * 20),
    last=st.integers(-3, 3),
)
def test_what_is_sent_late_is_never_of_a_date_that_was_sent_or_has_not_come(
    zone: str, minute: int, hours: int, last: int
):
    began = datetime(2026, 3, 20, 12, tzinfo=UTC)
    told = (began + timedelta(days=last)).date() if last < 1 else None
    wish = subscription(minute=minute, timezone=zone, last_date=told)
    wish = replace(wish, next_at=next_digest(wish, began))
    now = began + timedelta(hours=hours)
    at = last_due(wish, now)
    if at is None:
        assert wish.next_at is not None
        assert wish.next_at > now
        return
    assert wish.next_at is not None
    assert wish.next_at <= at <= now
    assert told is None or local_date(wish, at) > told
    following = next_digest(replace(wish, last_date=local_date(wish, at)), now)
    assert local_date(wish, following) > local_date(wish, at)
