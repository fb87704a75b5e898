"""Numbers, units and the words that compare."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts import quantities_en, quantities_zh
from domain.facts.numerals import digits, english, han, plain
from domain.facts.page import page
from domain.text.fold import fold


def zh(text):
    return [_shown(one) for one in quantities_zh.quantities(fold(text), ())]


def en(text):
    return [_shown(one) for one in quantities_en.quantities(text, ())]


def _shown(one):
    high = f"~{plain(one.high)}" if one.high is not None else ""
    return f"{plain(one.value)}{high} {one.unit} {one.comparator}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规模突破2600亿元", "260000000000 CNY gt"),
        ("总投资約40億元", "4000000000 CNY approx"),
        ("1亿2000万元", "120000000 CNY eq"),
        ("３，１２０．５万元", "31205000 CNY eq"),
        ("两千三百家", "2300 count eq"),
        ("百分之六十五", "65 percent eq"),
        ("近八成", "80 percent approx"),
        ("四分之一", "25 percent eq"),
        ("1.6万P算力", "16000 PFLOPS eq"),
        ("2EFLOPS", "2000 PFLOPS eq"),
        ("10亿亿次/秒", "100 PFLOPS eq"),
        ("用地约180亩", "120000.6 m2 approx"),
        ("3.2平方公里", "3200000 m2 eq"),
        ("5.2PB", "5200000000000000 byte eq"),
        ("每年上限从150万元到300万元不等", "1500000~3000000 CNY range"),
        ("20—30家", "20~30 count range"),
        ("300余家", "300 count gt"),
        ("70个以上", "70 count ge"),
        ("1 200 家", "1200 count eq"),
    ],
)
def test_chinese_quantities_are_normalised(text, expected):
    assert zh(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RMB 20 billion", "20000000000 CNY eq"),
        ("RMB1.5bn", "1500000000 CNY eq"),
        ("a 2-billion-yuan fund", "2000000000 CNY eq"),
        ("100 million billion calculations per second", "100 PFLOPS eq"),
        ("about 15,000 petaflops", "15000 PFLOPS approx"),
        ("18-20 percent", "18~20 percent range"),
        ("four-fifths of them", "80 percent eq"),
        ("1.2 square kilometers", "1200000 m2 eq"),
        ("more than 90 key enterprises", "90 count gt"),
        ("Thirty-eight large models", "38 count eq"),
        ("$25 million", "25000000 USD eq"),
    ],
)
def test_english_quantities_are_normalised(text, expected):
    assert en(text) == [expected]


UPPER_ZH = [
    "不超过",
    "不得超过",
    "不应超过",
    "不能超过",
    "不高于",
    "未超过",
    "没有超过",
    "最高",
    "至多",
    "最高不超过",
    "不突破",
]
LOWER_ZH = ["不低于", "不少于", "不得低于", "不应低于", "从未低于", "至少", "最低", "不得少于"]
UPPER_EN = [
    "no more than", "not more than", "cannot exceed", "must not exceed", "may not be over",
    "up to", "at most", "capped at", "a maximum of", "without exceeding", "no greater than",
]  # fmt: skip
LOWER_EN = ["at least", "no less than", "no fewer than", "must not fall below", "never below"]


@given(st.sampled_from(UPPER_ZH), st.integers(2, 9999))
def test_an_upper_bound_is_never_read_as_more_in_chinese(words, number):
    assert zh(f"补贴{words}{number}万元") == [f"{number * 10000} CNY le"]


@given(st.sampled_from(LOWER_ZH), st.integers(2, 9999))
def test_a_lower_bound_is_never_read_as_less_in_chinese(words, number):
    assert zh(f"规模{words}{number}万元") == [f"{number * 10000} CNY ge"]


@given(st.sampled_from(UPPER_EN), st.integers(2, 999))
def test_an_upper_bound_is_never_read_as_more_in_english(words, number):
    assert en(f"grants {words} {number} million yuan") == [f"{number * 10**6} CNY le"]


@given(st.sampled_from(LOWER_EN), st.integers(2, 999))
def test_a_lower_bound_is_never_read_as_less_in_english(words, number):
    assert en(f"it {words} {number} percent") == [f"{number} percent ge"]


@pytest.mark.parametrize(
    "text",
    ["5G基站", "L4级自动驾驶", "第3届大会", "2024人工智能大会", "10+3行动", "AI+制造", "3D打印"],
)
def test_numbers_in_names_are_no_quantities(text):
    assert zh(text) == []


@pytest.mark.parametrize("text", ["Phase 2", "No. 97", "the 14th plan", "COVID-19", "version 3.5"])
def test_numbers_in_english_names_are_no_quantities(text):
    assert en(text) == []


def test_a_sum_said_again_in_another_currency_is_one_sum():
    text = "总投资109亿元（约合15.2亿美元），"
    assert len(page(text, "", "zh", date(2025, 1, 1)).quantities) == 1


@given(st.integers(0, 10**12 - 1))
def test_digits_with_separators_are_read_back(number):
    assert digits(f"{number:,}") == Decimal(number)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("一千二百", 1200),
        ("十二", 12),
        ("二〇二五", 2025),
        ("三万五千", 35000),
        ("两亿", 200000000),
    ],
)
def test_chinese_numerals_are_read(words, value):
    assert han(words) == value


def test_english_numerals_are_read():
    assert english("twenty-six") == 26
    assert english("two hundred and five") == 205
