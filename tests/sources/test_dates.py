"""Dates are read as a reader in their zone would read them, or not at all."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import calendar, date_in, find, from_address, from_number

NOW = datetime(2025, 9, 15, 4, tzinfo=UTC)  # noon in China, a Monday
HERE = calendar("Asia/Shanghai", NOW)


def read(text: str) -> str | None:
    moment = date_in(text, HERE)
    return moment.strftime("%Y-%m-%d %H:%M:%S %z").removesuffix(" +0800") if moment else None


DAY = "2025-09-11 00:00:00"
DATES = {
    "2025-09-11": DAY,
    "2025-9-11": DAY,
    "2025/09/11": DAY,
    "2025.09.11": DAY,
    "2025年9月11日": DAY,
    "2025年09月11日": DAY,
    "2025 年 9 月 11 日": DAY,
    "２０２５年９月１１日": DAY,
    "［2025－09－11］": DAY,
    "[2025-09-11]": DAY,
    "（2025-09-11）": DAY,
    "发布时间：2025-09-11": DAY,
    "20250911": DAY,
    "二〇二五年九月十一日": DAY,
    "二○二五年九月十一日": DAY,
    "二零二五年八月二十日": "2025-08-20 00:00:00",
    "二〇二四年十二月三十一日": "2024-12-31 00:00:00",
    "11 2025-09": DAY,
    "11\n2025.09": DAY,
    "11日 2025年09月": DAY,
    "2025-09 11": DAY,
    "2025年09月 11": DAY,
    "09-11 2025": DAY,
    "September 11, 2025": DAY,
    "Sep. 11, 2025": DAY,
    "Sept 11 2025": DAY,
    "11 September 2025": DAY,
    "11th Sep 2025": DAY,
    "2025-09-11 10:30": "2025-09-11 10:30:00",
    "2025-09-11 10:30:05": "2025-09-11 10:30:05",
    "2025-09-11 10:30:05.0": "2025-09-11 10:30:05",
    "2025年9月11日10时30分": "2025-09-11 10:30:00",
    "2025年9月11日 下午3:05": "2025-09-11 15:05:00",
    "2025年9月11日 上午3:05": "2025-09-11 03:05:00",
    "Sep 11, 2025 3:05 pm": "2025-09-11 15:05:00",
    "20250911103005": "2025-09-11 10:30:05",
    "2025-09-11T10:30:00Z": "2025-09-11 18:30:00",
    "2025-09-11T10:30:00.123+08:00": "2025-09-11 10:30:00",
    "2025-09-11T10:30:00-0500": "2025-09-11 23:30:00",
    "Thu, 11 Sep 2025 10:30:00 GMT": "2025-09-11 18:30:00",
    "Thu, 11 Sep 2025 10:30:00 +0800": "2025-09-11 10:30:00",
    "[09-11]": DAY,
    "09-11": DAY,
    "09/11": DAY,
    "09.11": DAY,
    "9月11日": DAY,
    "09月\n11": DAY,
    "11 9月": DAY,
    "Sep 11": DAY,
    "09-11 10:30": "2025-09-11 10:30:00",
    "12-31": "2024-12-31 00:00:00",
    "9月16日": "2025-09-16 00:00:00",  # not yet here, but somewhere, or a wrong clock
    "9月17日": "2024-09-17 00:00:00",
    "2月29日": "2024-02-29 00:00:00",
    "昨天": "2025-09-14 00:00:00",
    "昨天 10:30": "2025-09-14 10:30:00",
    "前天": "2025-09-13 00:00:00",
    "今天 08:05": "2025-09-15 08:05:00",
    "刚刚": "2025-09-15 00:00:00",
    "3小时前": "2025-09-15 09:00:00",
    "30分钟前": "2025-09-15 11:30:00",
    "3天前": "2025-09-12 12:00:00",
    "2 days ago": "2025-09-13 12:00:00",
    "yesterday": "2025-09-14 00:00:00",
    "2025-02-30": None,
    "2025-13-01": None,
    "9999-01-01": None,
    "1601-01-01": None,
    "2025-09-30": None,
    "1700亿元": None,
    "2025-2027年": None,
    "2025年": None,
    "2025年9月": None,
    "24/7": None,
    "3.5亿": None,
    "30%": None,
    "成发办〔2020〕97号": None,
    "第31届": None,
    "028-12345": None,
    "2025091": None,
    "202509111": None,
    "": None,
}


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_what_it_says(text):
    assert read(text) == DATES[text]


def test_with_whole_only_dates_with_a_year_count():
    assert find("会议于9月1日召开，昨天", HERE, whole=True) is None
    found = find("9月1日召开 2025-09-11 发布", HERE, whole=True)
    assert found is not None
    assert (found.start, found.end) == (7, 17)


def test_the_place_of_a_date_is_the_one_in_the_given_text():
    text = "［置顶］２０２５年９月１１日"
    found = find(text, HERE)
    assert found is not None
    assert text[found.start : found.end] == "２０２５年９月１１日"


def test_only_the_beginning_of_a_text_is_looked_at():
    assert date_in("x" * 64 + " 2025-09-11", HERE) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/202509/t20250911_1234567.html", 11),
        ("https://a.example/art/2025/9/11/art_1_2.html", 11),
        ("https://a.example/2025-09/11/c_1234.htm", 11),
        ("https://a.example/2025-09-11/1.shtml", 11),
        ("https://a.example/content/20250911/1.html", 11),
        ("https://a.example/n2/2025/0911/c1.html", None),
        ("https://a.example/1234567890.html", None),
        ("https://a.example/99/20251399/x", None),
        ("https://a.example/2030/01/01/", None),
    ],
)
def test_the_day_in_an_address_is_found(url, day):
    moment = from_address(url, HERE)
    assert (moment and moment.day) == day


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (1757556000, True),
        (1757556000000, True),
        (1757556000.5, True),
        (0, False),
        (-1, False),
        (9e15, False),
        (float("inf"), False),
        (float("nan"), False),
        (10**300, False),
    ],
)
def test_numbers_are_seconds_or_milliseconds(number, found):
    moment = from_number(number, HERE)
    assert (moment is not None) == found
    if moment is not None:
        assert moment.strftime("%Y-%m-%d %H") == "2025-09-11 10"


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "../../etc/passwd", "/etc/passwd", "a\0b"])
def test_a_zone_that_is_none_is_said(zone):
    with pytest.raises(ValueError, match="is not known; use one like Asia/Shanghai"):
        calendar(zone, NOW)


HOSTILE = [
    "年月日",
    "1",
    "2025-",
    "2025年 ",
    "1月 ",
    "二〇二五年",
    " ",
    "(09.",
    "0",
    "9月",
    "1 1 ",
    "\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_is_slow(piece):
    text = piece * (400_000 // len(piece))
    start = time.process_time()
    find(text, HERE)
    from_address(text, HERE)
    assert time.process_time() - start < 3  # measured: 0.4 s at most; a backtracking form: minutes


PIECES = st.sampled_from(
    [*HOSTILE, "月", "日", ":", "Sep", "ago", "前", "T10:30", "+08:00", "2025"]
)


@given(st.text(max_size=80) | st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_a_sensible_aware_moment_or_none(text):
    moment = date_in(text, HERE)
    assert moment is None or (moment.tzinfo is not None and moment.year >= 1990)


@given(st.dates(date(1990, 1, 2), date(2025, 9, 14)))
def test_every_day_is_read_back_in_every_usual_form(day):
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%d %B %Y", "%Y%m%d"):
        moment = date_in(f"[{day.strftime(form)}]", HERE)
        assert moment is not None
        assert moment.date() == day
