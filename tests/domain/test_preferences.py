"""When a chat is told, and what somebody there said of a story."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.preferences import Listener, Preferences, Quiet, end_of_quiet
from domain.rule import Objection, Rule, Sieve
from tests.builders import NOW, destination, story

NIGHT = Quiet(start=22 * 60, until=7 * 60)
NOON = Quiet(start=12 * 60, until=13 * 60)
SHANGHAI = "Asia/Shanghai"


def utc(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "at", "end"),
    [
        (NIGHT, utc(14), utc(23)),  # 22:00 in Chengdu
        (NIGHT, utc(13, 59), None),
        (NIGHT, utc(22, 59), utc(23)),
        (NIGHT, utc(23), None),
        (NIGHT, utc(18), utc(23)),  # two in the morning
        (NOON, utc(4, 30), utc(5)),
        (NOON, utc(5), None),
        (None, utc(18), None),
    ],
)
def test_quiet_hours_are_those_of_the_chats_clock(quiet, at, end):
    assert end_of_quiet(quiet, SHANGHAI, at) == end


def test_quiet_hours_end_at_their_local_minute_also_across_a_clock_change():
    # In Berlin the clocks go forward on 28 March 2027 at two.
    late = datetime(2027, 3, 27, 23, 0, tzinfo=UTC)
    assert end_of_quiet(NIGHT, "Europe/Berlin", late) == datetime(2027, 3, 28, 5, 0, tzinfo=UTC)


@given(
    st.integers(0, 1439),
    st.integers(1, 1439),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - made aware below
    st.sampled_from((SHANGHAI, "Europe/London", "America/New_York", "Asia/Kathmandu")),
)
def test_what_is_held_back_is_told_within_a_day_and_then_at_once(start, length, at, zone):
    quiet, moment = Quiet(start=start, until=(start + length) % 1440), at.replace(tzinfo=UTC)
    end = end_of_quiet(quiet, zone, moment)
    if end is not None:
        assert moment < end <= moment + timedelta(hours=25)
        assert end_of_quiet(quiet, zone, end) is None


def listener(**given) -> Listener:
    return Listener(
        destination=destination(),
        preferences=Preferences(**given.pop("preferences", {})),
        **given,
    )


def test_what_somebody_said_of_a_story_goes_before_every_rule():
    strict = {"rule": Rule(exclude=("zone",))}
    for verdict, found in (("relevant", None), ("irrelevant", Objection("verdict"))):
        one = listener(preferences=strict, verdicts={1: verdict})
        assert one.objection(story(), Sieve()) == found
        assert one.alert_objection(story(), Sieve()) == found
        assert one.news_objection(story(), Sieve()) == found
    assert listener(preferences=strict, verdicts={2: "relevant"}).objection(story(), Sieve())


def test_what_comes_during_a_mute_is_told_when_it_ends_or_after_the_quiet_hours_it_ends_in():
    one = listener(preferences={"muted_until": NOW})  # nine in Chengdu
    assert one.told_at(NOW - timedelta(minutes=1)) == NOW
    assert one.told_at(NOW + timedelta(minutes=1)) == NOW + timedelta(minutes=1)
    assert one.spoken(NOW - timedelta(minutes=1)) == NOW - timedelta(minutes=1)
    quiet = Quiet(start=8 * 60, until=10 * 60)
    both = listener(preferences={"muted_until": NOW, "quiet": quiet})
    assert both.told_at(NOW - timedelta(days=1)) == NOW + timedelta(hours=1)
    assert one.alert_objection(story(), Sieve()) is None
    assert one.objection(story(), Sieve()) is None


def test_news_of_what_is_followed_keeps_only_to_words_that_are_never_wanted():
    wanted = listener(preferences={"rule": Rule(include=("quantum",), farthest="official")})
    assert wanted.news_objection(story(), Sieve()) is None
    never = listener(preferences={"rule": Rule(exclude=("zone",))})
    assert never.news_objection(story(), Sieve()) == Objection("exclude", "zone")
