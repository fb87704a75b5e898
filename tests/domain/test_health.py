"""When a source is in trouble, and when it is not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.candidate import usual_tier
from domain.health import CONFIRMATIONS, followed, may_follow, moved, rhythm, silence, trouble
from domain.identity import place, registrable
from domain.source import failed, pace
from tests.builders import NOW, source

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_source_that_is_read_and_has_news_is_well():
    assert trouble(source(rhythm=DAY, last_new_at=NOW - DAY), NOW) is None


def test_one_failure_is_no_incident_three_in_a_row_are():
    one = source()
    seen = []
    for _ in range(3):
        one = failed(one, NOW, "no answer", code="timeout")
        seen.append(trouble(one, NOW))
    assert seen == [None, None, "failing"]
    assert one.failing_since == NOW


def test_a_page_that_was_taken_away_is_not_asked_for_again():
    gone = failed(source(), NOW, "taken away", code="http_410")
    assert (gone.state, trouble(gone, NOW)) == ("gone", "gone")


def test_a_source_is_quiet_against_its_own_rhythm_only():
    daily = source(rhythm=DAY, last_new_at=NOW - 6 * DAY)
    monthly = source(rhythm=30 * DAY, last_new_at=NOW - 60 * DAY)
    unknown = source(rhythm=None, last_new_at=NOW - 90 * DAY)
    busy = source(rhythm=HOUR, last_new_at=NOW - 2 * DAY)
    assert [trouble(one, NOW) for one in (daily, monthly, unknown, busy)] == [
        "quiet", None, None, None,
    ]  # fmt: skip
    assert silence(daily, NOW) == 6 * DAY
    assert silence(replace(daily, state="paused"), NOW) is None


def test_a_source_that_is_due_and_not_read_is_noticed_but_not_after_a_pause_of_ours():
    late = source(next_at=NOW - HOUR, last_read_at=NOW - 2 * HOUR)
    assert trouble(late, NOW) == "unread"
    assert trouble(late, NOW, since=NOW - timedelta(minutes=1)) is None
    assert trouble(replace(late, state="paused"), NOW) is None


def test_a_new_address_is_believed_after_three_readings_and_followed_to_its_owner_only():
    own = source(url="http://sc.gov.cn/feed", etag='"1"')
    for _ in range(CONFIRMATIONS - 1):
        own = moved(own, "https://www.sc.gov.cn/feed")
        assert followed(own) == own
    own = followed(moved(own, "https://www.sc.gov.cn/feed"))
    assert (own.url, own.etag, own.moves) == ("https://www.sc.gov.cn/feed", None, 0)
    other = source(url="https://a.example/feed")
    for _ in range(CONFIRMATIONS):
        other = moved(other, "https://parked.test/feed")
    assert followed(other) == other
    assert trouble(other, NOW) == "moved"
    assert trouble(moved(other, None), NOW) is None


def test_an_address_that_changes_its_mind_is_not_followed():
    one = source(url="https://a.example/feed")
    for n in range(5):
        one = moved(one, f"https://a.example/feed{n}")
    assert one.moves == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.chengdu.gov.cn/a", "http://gxj.chengdu.gov.cn/b", True),
        ("https://cd.gov.cn/a", "https://sc.gov.cn/b", False),
        ("https://a.co.uk/", "https://b.co.uk/", False),
        ("https://a.example/", "https://b.a.example/", True),
        ("https://10.0.0.1/", "https://10.0.0.2/", False),
        ("http://[::1]/", "http://[::2]/", False),
    ],
)
def test_owners_are_told_apart_by_their_names(one, other, same):
    assert (registrable(one) == registrable(other)) is same
    assert may_follow(source(url=one, moved_to=other)) is same


def test_a_rhythm_needs_some_dates_and_is_not_fooled_by_a_burst():
    assert rhythm([NOW] * 20) is None
    assert rhythm([NOW - n * DAY for n in range(4)]) is None
    assert rhythm([NOW - n * DAY for n in range(10)]) == DAY
    assert rhythm([None, *(NOW - n * DAY for n in range(10))]) == DAY


@given(st.lists(st.datetimes(), max_size=30))
def test_any_dates_make_a_rhythm_or_none(dates):
    found = rhythm(dates)
    assert found is None or timedelta() < found <= 90 * DAY


@given(st.none() | st.timedeltas(timedelta(minutes=1), 90 * DAY))
def test_a_source_is_looked_at_no_more_often_than_asked_and_not_much_less(often):
    one = source(rhythm=often)
    assert one.interval <= pace(one) <= 4 * one.interval


@given(st.text(max_size=60))
def test_any_address_has_a_place_and_an_owner(text):
    assert isinstance(place(text), str)
    assert isinstance(registrable(text), str)


def test_addresses_of_one_page_are_one_place():
    same = ("http://A.example/x/", "https://a.example/x", "https://a.example/x?utm_source=y#z")
    assert len({place(one) for one in same}) == 1


@pytest.mark.parametrize(
    ("url", "tier"),
    [
        ("https://www.chengdu.gov.cn/x", "official"),
        ("https://notgov.cn/x", "media"),
        ("http://sc.people.com.cn/", "state_media"),
        ("https://a.example/", "media"),
    ],
)
def test_the_usual_tier_is_told_by_the_address(url, tier):
    assert usual_tier(url) == tier
