"""A document number is one number however it is written, and a slip is not another document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents.number import is_slip, key, parse

BRACKETS = ("〔〕", "[]", "［］", "()", "（）", "【】", "{}", "  ")


@pytest.mark.parametrize(
    "spelling",
    [
        "成办发〔2020〕97号",
        "成办发[2020]97号",
        "成办发（2020）97号",
        "成办发 【２０２０】 97 号",
        "成办发〔2020〕第97号",
        "成办发〔二〇二〇〕九十七号",
        "成辦發〔2020〕97號",
        "成办发 2020 97",
        "成办发〔2020〕097号",
    ],
)
def test_every_spelling_is_one_number(spelling):
    assert str(parse(spelling)) == "成办发〔2020〕97号"


@given(
    agency=st.text("成办发府规经信科字川国高管委市区局", min_size=1, max_size=6),
    year=st.integers(1990, 2049),
    serial=st.integers(1, 99999),
    brackets=st.sampled_from(BRACKETS),
    space=st.sampled_from(("", " ", "\u3000")),
    word=st.sampled_from(("", "第")),
)
def test_brackets_width_and_spaces_never_make_another_number(
    agency, year, serial, brackets, space, word
):
    wide = str(serial).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    for digits in (str(serial), wide):
        left, right = brackets
        written = f"{agency}{space}{left}{year}{right}{space}{word}{digits}{space}号"
        assert str(parse(written)) == f"{agency}〔{year}〕{serial}号"


@given(st.text(max_size=80))
def test_any_text_at_all_is_a_number_or_none_and_its_own_spelling_is_the_same(text):
    number = parse(text)
    again = parse(str(number)) if number else None
    assert number is None or (again is not None and key(again) == key(number))


def test_a_romanised_number_is_the_chinese_one():
    spelled, chinese = parse("Cheng Jing Xin Gui [2024] No. 3"), parse("成经信规〔2024〕3号")
    assert spelled
    assert chinese
    assert key(spelled) == key(chinese)
    assert str(spelled) == "Cheng Jing Xin Gui 〔2024〕 No. 3"


def test_a_drafts_open_number_is_known_as_such():
    number = parse("成经信发〔2025〕X号")
    assert number
    assert number.is_open
    assert str(number) == "成经信发〔2025〕X号"


@pytest.mark.parametrize("text", ["", "97", "2020年", "成都市", "成办发97号", None])
def test_what_is_no_number_is_none(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("other", "slip"),
    [
        ("成发办〔2020〕97号", True),
        ("成办〔2020〕97号", True),
        ("成办发〔2020〕79号", True),
        ("成办发〔2020〕7号", True),
        ("成办发〔2020〕197号", True),
        ("成办发〔2020〕87号", True),
        ("成办发〔2021〕97号", False),
        ("成办发〔2020〕105号", False),
        ("成府函〔2020〕97号", False),
        ("成发办〔2020〕79号", False),
        ("成办发〔2020〕97号", False),
        ("成办发〔2020〕X号", False),
    ],
)
def test_one_slip_of_the_pen_may_be_the_same_number(other, slip):
    one, two = parse("成办发〔2020〕97号"), parse(other)
    assert one
    assert two
    assert is_slip(one, two) is slip
    assert is_slip(two, one) is slip


def test_short_serials_are_never_taken_for_each_other():
    one, two = parse("成办发〔2020〕7号"), parse("成办发〔2020〕8号")
    assert one
    assert two
    assert not is_slip(one, two)
