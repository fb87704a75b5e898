"""Numbers, money, units and dates as each language writes them; exact, never rounded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import words_for
from bot.render.dates import clock, local_time, soon, span, weekday
from bot.render.numbers import amount, axis, scaled
from tests.builders import NOW, moment

EN, ZH = words_for("en"), words_for("zh")


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        ("100000000", "CNY", "¥100 million", "1亿元"),
        ("260000000000", "CNY", "¥260 billion", "2600亿元"),
        ("5000000", "CNY", "¥5 million", "500万元"),
        ("14000000", "USD", "US$14 million", "1400万美元"),
        ("1234567", "CNY", "¥1,234,567", "123.4567万元"),
        ("500", "CHF", "CHF 500", "500 CHF"),
        ("-3500000", "CNY", "-¥3.5 million", "-350万元"),
        ("0.5", "CNY", "¥0.5", "0.5元"),
        ("1520000", "count", "1.52 million", "152万"),
        ("6000", "count", "6,000", "6000"),
        ("90", None, "90", "90"),
        ("30", "percent", "30%", "30%"),
        ("12.50", "percent", "12.5%", "12.5%"),
        ("1", "percentage_point", "1 percentage point", "1个百分点"),
        ("2.5", "percentage_point", "2.5 percentage points", "2.5个百分点"),
        ("1000", "PFLOPS", "1,000 PFLOPS", "1000 PFLOPS"),
        ("510000", "m2", "510,000 m²", "51万平方米"),
        ("2000000000000000", "byte", "2 PB", "2 PB"),
        ("30", "day", "30 days", "30天"),
        ("1", "year", "1 year", "1年"),
        ("3", "times", "3 times", "3倍"),
        ("0", "count", "0", "0"),
        ("1E+3", "count", "1,000", "1000"),
        ("many", "count", "many count", "many count"),
        ("NaN", "percent", "NaN percent", "NaN percent"),
        ("1E+999999", "count", "1E+999999 count", "1E+999999 count"),
    ],
)
def test_amounts(value: str, unit: str | None, english: str, chinese: str):
    assert amount(value, unit, EN) == english
    assert amount(value, unit, ZH) == chinese


_WORDS = {
    "trillion": 12, "billion": 9, "million": 6, "万亿": 12, "亿": 8, "万": 4,
}  # fmt: skip


@given(st.decimals(-(10**15), 10**15, places=4))
def test_a_scaled_number_is_the_number_itself(number: Decimal):
    for words in (EN, ZH):
        text = scaled(number, words).replace(",", "")
        unit = next((name for name in _WORDS if text.endswith(name)), "")
        digits = text.removesuffix(unit).strip()
        assert Decimal(digits) * Decimal(10) ** _WORDS.get(unit, 0) == number


@pytest.mark.parametrize(
    ("given_moment", "english", "chinese"),
    [
        (moment(), "2027", "2027年"),
        (
            moment(start="2025-08-28", end="2025-08-28", precision="day"),
            "28 Aug 2025",
            "2025年8月28日",
        ),
        (
            moment(start="2025-08-28", end="2025-08-30", precision="day"),
            "28 Aug 2025 – 30 Aug 2025",
            "2025年8月28日 – 2025年8月30日",
        ),
        (moment(start="2025-08-01", end="2025-08-31", precision="month"), "Aug 2025", "2025年8月"),
        (
            moment(start="2025-07-01", end="2025-09-30", precision="quarter"),
            "Q3 2025",
            "2025年第3季度",
        ),
        (
            moment(start="2025-01-01", end="2025-06-30", precision="half"),
            "H1 2025",
            "2025年上半年",
        ),
        (
            moment(start="2025-07-01", end="2025-12-31", precision="half"),
            "H2 2025",
            "2025年下半年",
        ),
        (
            moment(start="2021-01-01", end="2025-12-31", precision="plan"),
            "2021–2025",
            "2021—2025年",
        ),
        (
            moment(start="2026-10-15", end="2026-10-15", precision="day", clock="17:00"),
            "15 Oct 2026 17:00",
            "2026年10月15日 17:00",
        ),
        (moment(start="soon", end="later", text="before long"), "before long", "before long"),
    ],
)
def test_times_of_facts(given_moment, english: str, chinese: str):
    assert span(given_moment, EN) == english
    assert span(given_moment, ZH) == chinese


def test_times_are_the_readers_own():
    assert local_time(NOW, "Asia/Shanghai", EN) == "23 Nov 2026, 09:00"
    assert local_time(NOW, "America/New_York", EN) == "22 Nov 2026, 20:00"
    assert local_time(NOW, "Asia/Shanghai", ZH) == "2026年11月23日 09:00"
    assert soon(NOW, "Asia/Shanghai", EN) == "Mon 23 Nov, 09:00"
    assert soon(NOW, "Asia/Shanghai", ZH) == "11月23日周一 09:00"
    assert clock(NOW, "Asia/Kathmandu") == "06:45"
    assert [weekday(0, EN), weekday(6, ZH)] == ["Monday", "星期日"]


def test_only_three_letters_are_a_currency():
    assert amount("0", "0A\x1f", words_for("en")) == "0 0A"


@pytest.mark.parametrize(
    ("values", "unit", "english", "chinese"),
    [
        (
            ("86000000000", "102000000000"),
            "CNY",
            ("1000000000", "¥ billion"),
            ("100000000", "亿元"),
        ),
        (("4500", "18000"), "PFLOPS", ("1", "PFLOPS"), ("1", "PFLOPS")),
        (("30",), "percent", ("1", "%"), ("1", "%")),
        (("90",), "count", ("1", ""), ("1", "")),
        (("1200000",), "m2", ("1000000", "million m²"), ("10000", "万平方米")),
        ((), None, ("1", ""), ("1", "")),
    ],
)
def test_an_axis_counts_in_what_fits_its_values(values, unit, english, chinese):
    for language, (factor, name) in (("en", english), ("zh", chinese)):
        found = axis(list(map(Decimal, values)), unit, words_for(language))
        assert found == (Decimal(factor), name)
