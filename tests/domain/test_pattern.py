"""Words that people look for: as they stand, or with `*`, in either script and any case."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pattern import LONGEST, WIDEST, is_usable, pattern, plainly


def occurs(word: str, *texts: str) -> bool:
    return pattern(word).occurs(plainly(*texts))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("ai", "AI先导区"),
        ("AI", "the ai pilot zone"),
        ("pilot zone", "The Pilot\n  Zone grows"),
        ("算力", "成都算力券"),
        ("算力券", "成都算力券發放"),
        ("發放", "算力券发放"),
        ("robot*", "robotics"),
        ("robot*", "a robot"),
        ("*tech", "fintech"),
        ("ai*zone", "the AI pilot zone"),
        ("成都*算力", "成都将发放算力券"),
        ("ＡＩ", "ai"),
        ("café", "Café"),
        ("c++", "in C++ and Rust"),
        (".*", "a .* b"),
        ("[a-z]", "of [a-z] only"),
    ],
)
def test_a_word_is_found(word: str, text: str):
    assert occurs(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("ai", "training"),
        ("robot", "robotics"),
        ("tech", "fintech"),
        ("robot*", "a probot"),
        ("*tech", "technology"),
        ("ai*zone", "AI. A zone"),
        ("ai*zone", "AI " + "x" * (WIDEST + 1) + " zone"),
        ("成都*算力", "成都开会。算力不足"),
        ("算力", "算法与电力"),
        ("[a-z]", "robot"),
        ("a|b", "a"),
    ],
)
def test_a_word_is_not_found(word: str, text: str):
    assert not occurs(word, text)


def test_a_word_is_not_found_across_two_texts():
    assert not occurs("pilot zone", "pilot", "zone")


@pytest.mark.parametrize("word", ["ai", "算", "算力*", "5G", "c++", "robot*", "*tech"])
def test_a_word_says_enough(word: str):
    assert is_usable(word)


@pytest.mark.parametrize("word", ["", "*", "a*", "a", "1", "12", "**", "!?", "x" * (LONGEST + 1)])
def test_a_word_says_too_little_or_too_much(word: str):
    assert not is_usable(word)


@given(st.text(max_size=LONGEST), st.text(max_size=200))
def test_any_words_are_looked_for_in_any_text(word: str, text: str):
    assert occurs(word, text) in (True, False)


@given(st.text(st.characters(categories=["L"]), min_size=2, max_size=12), st.text(max_size=40))
def test_a_word_between_spaces_is_always_found(word: str, around: str):
    assert occurs(word, f"{around} {word} {around}")


def test_many_stars_in_a_long_text_take_no_time():
    plain = plainly("ab" * 50_000)
    began = time.process_time()
    assert not pattern("*".join(["ab"] * 13) + "*c").occurs(plain)
    assert time.process_time() - began < 3
