"""What goes out at once."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.alerting import worth_an_alert

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("band", "backlog", "age", "told"),
    [
        ("core", False, timedelta(hours=1), True),
        ("core", False, None, True),
        ("core", False, timedelta(days=-2), True),
        ("adjacent", False, timedelta(hours=1), False),
        ("off", False, timedelta(hours=1), False),
        ("core", True, timedelta(hours=1), False),
        ("core", False, timedelta(days=30), False),
    ],
)
def test_only_fresh_news_about_the_topic_itself_is_an_alert(band, backlog, age, told):
    published = None if age is None else NOW - age
    assert worth_an_alert(band=band, backlog=backlog, published=published, now=NOW) is told
