"""When a source is read again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.source import LONGEST_WAIT, Source, failed, succeeded

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def source(**given):
    return Source(**{"id": 1, "url": "https://example.org/feed", "next_at": NOW, **given})


@given(st.integers(0, 10_000), st.integers(1, 10**7))
def test_a_failing_source_is_always_tried_again_and_never_sooner_than_its_rhythm(failures, seconds):
    interval = timedelta(seconds=seconds)
    after = failed(source(failures=failures, interval=interval), NOW, "no answer")
    wait = after.next_at - NOW
    assert interval <= wait <= max(interval, LONGEST_WAIT)
    assert after.failures == failures + 1


def test_failures_in_a_row_double_the_wait():
    first = failed(source(interval=timedelta(minutes=15)), NOW, "no answer")
    second = failed(first, NOW, "no answer")
    assert first.next_at - NOW == timedelta(minutes=15)
    assert second.next_at - NOW == timedelta(minutes=30)


def test_a_server_that_asks_for_patience_gets_it_for_a_day_at_most():
    patient = failed(source(), NOW, "busy", retry_after=timedelta(hours=3))
    endless = failed(source(), NOW, "busy", retry_after=timedelta(days=400))
    assert patient.next_at - NOW == timedelta(hours=3)
    assert endless.next_at - NOW == LONGEST_WAIT


def test_success_resumes_the_usual_rhythm_and_forgets_the_failures():
    broken = failed(failed(source(), NOW, "no answer"), NOW, "no answer")
    after = succeeded(broken, NOW, etag='"1"', last_modified=None, body_hash="x")
    assert (after.failures, after.error) == (0, None)
    assert after.next_at == NOW + after.interval
    assert not after.never_read
