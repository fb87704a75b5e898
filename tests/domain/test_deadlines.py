"""Which day counts, what moves it, and when reminders come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import REMINDED, meant, reminders, windows, wish
from domain.facts.stated import Stated
from tests.builders import NOW, article, deadline, evidence


def told(number: int, day: date, *, story: int | None = 1, quote: str = "apply", **about):
    fact = replace(deadline(day, **about), evidence=(evidence(quote, quote),))
    when = NOW + timedelta(hours=number)
    one = article(id=number, published=when, first_seen_at=when)
    return story, Stated(number=number, fact=fact, article=one)


JUNE, JULY = date(2027, 6, 30), date(2027, 7, 15)


def shown(*those):
    return [(one.last, one.before) for one in windows(those)]


def test_what_several_articles_of_a_story_tell_is_told_once():
    assert shown(told(1, JUNE), told(2, JUNE)) == [(JUNE, None)]
    assert shown(told(1, JUNE, story=1), told(2, JUNE, story=2)) == [(JUNE, None)] * 2
    assert shown(told(1, JUNE, story=None), told(2, JUNE, story=None)) == [(JUNE, None)] * 2


def test_the_newest_article_says_which_day_counts():
    assert shown(told(2, JULY), told(1, JUNE)) == [(JULY, JUNE)]


def test_an_extension_moves_what_is_called_otherwise():
    moved = told(2, JULY, subject="the deadline", quote="申报时间延长至7月15日")
    assert shown(told(1, JUNE), moved) == [(JULY, JUNE)]
    other = told(2, JULY, subject="the second batch", quote="第二批申报截至7月15日")
    assert shown(told(1, JUNE), other) == [(JUNE, None), (JULY, None)]
    comment = replace(moved[1].fact, attributes={"kind": "comment"})
    assert len(windows([told(1, JUNE), (1, replace(moved[1], fact=comment))])) == 2


def test_the_soonest_comes_first():
    those = [told(1, JULY, story=1), told(2, JUNE, story=2)]
    assert [one.stated.number for one in windows(those)] == [2, 1]


def test_a_wish_finds_what_it_is_about_after_the_article_was_edited():
    (before,) = windows([told(1, JUNE)])
    wished = wish(before, 3)
    (after,) = windows([told(7, JULY)])
    assert meant(wished, [after]) == after
    extended = windows([told(1, JUNE), told(8, JULY, subject="x", quote="extended to 15 July")])
    assert meant(wished, extended) == extended[0]
    others = windows([told(7, JULY, subject="a"), told(8, JULY, subject="b")])
    assert meant(wished, others) is None
    assert meant(wished, []) is None


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.integers(0, 1500).map(lambda days: NOW - timedelta(days=365) + timedelta(days=days)),
    st.sampled_from(["Asia/Shanghai", "Europe/London", "America/New_York"]),
)
def test_reminders_are_those_that_are_still_to_come(last, now, zone):
    times = reminders(last, zone, now)
    assert [days for days, _ in times] == list(REMINDED)[len(REMINDED) - len(times) :]
    assert all(at > now for _, at in times)
    assert [at for _, at in times] == sorted(at for _, at in times)


def test_they_come_at_nine_on_the_chats_clock():
    times = reminders(date(2026, 12, 31), "Asia/Shanghai", NOW)
    assert times[-1] == (0, datetime(2026, 12, 31, 1, tzinfo=UTC))
