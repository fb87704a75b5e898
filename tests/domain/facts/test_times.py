"""Dates, periods and what part they play."""

from datetime import date

import pytest

from domain.facts import times_en, times_zh
from domain.text.fold import fold

PUBLISHED = date(2025, 9, 11)


def zh(text, published=PUBLISHED):
    return [_shown(one) for one in times_zh.times(fold(text), published)]


def en(text, published=PUBLISHED):
    return [_shown(one) for one in times_en.times(text, published)]


def _shown(one):
    days = str(one.first) if one.first == one.last else f"{one.first}..{one.last}"
    return " ".join(part for part in (days, one.part, one.clock) if part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2027年，", "2027-01-01..2027-12-31 horizon"),
        ("截至6月底", "2025-06-01..2025-06-30 as_of"),
        ("较2019年增长", "2019-01-01..2019-12-31 base"),
        ("自2025年9月1日起施行", "2025-09-01 since"),
        ("10月24日18:00前", "2025-10-24 before 18:00"),
        ("9月15日9:00至10月15日17:00", "2025-09-15..2025-10-15 before 17:00"),
        ("到6月30日下午5時為止", "2025-06-30 before 17:00"),
        ("上半年", "2025-01-01..2025-06-30 point"),
        ("2024年1—9月", "2024-01-01..2024-09-30 period"),
        ("“十五五”期间", "2026-01-01..2030-12-31 period"),
        ("二〇二七年", "2027-01-01..2027-12-31 point"),
        ("31日从成都", "2025-08-31 point"),
        ("去年12月", "2024-12-01..2024-12-31 point"),
        ("2025-09", "2025-09-01..2025-09-30 point"),
    ],
)
def test_chinese_times_are_resolved(text, expected):
    assert zh(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by 2027,", "2027-01-01..2027-12-31 horizon"),
        ("In February 2021 the", "2021-02-01..2021-02-28 point"),
        ("on Wednesday", "2025-09-10 point"),
        ("until November 9, 2025.", "2025-11-09 before"),
        ("5 pm on October 15", "2025-10-15 point 17:00"),
        ("Last year the", "2024-01-01..2024-12-31 point"),
        ("from a year earlier", "2024-01-01..2024-12-31 base"),
        ("in the first half of 2025", "2025-01-01..2025-06-30 point"),
        ("the fourth quarter", "2025-10-01..2025-12-31 point"),
        ("before the end of June 2026", "2026-06-01..2026-06-30 before"),
        ("October 17 to 19.", "2025-10-19 before"),
    ],
)
def test_english_times_are_resolved(text, expected):
    assert en(text) == [expected]


def test_a_dateline_is_no_time():
    assert zh("新华社北京3月10日电（记者）") == []
    assert en("CHENGDU, Feb. 20 (Xinhua) -- The city") == []


def test_without_a_day_of_publication_only_full_dates_are_read():
    assert zh("去年和3月5日，2024年5月6日", None) == ["2024-05-06 point"]


def test_a_day_that_does_not_exist_is_none():
    assert zh("2025年2月30日召开") == []
