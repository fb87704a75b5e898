"""The words that set a title apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pattern import is_usable, pattern, plainly
from domain.telling_words import MOST, telling_words

OTHERS = ["Chengdu AI pilot zone grows", "成都市发放算力券", "成都人工智能先导区新增企业"] * 5


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("成都马拉松：AI机器人助跑先导区", ("马拉松",)),
        ("成都人工智能先导区举行校园招聘会", ("校园招聘会",)),
        ("Chengdu AI pilot zone hosts robot marathon", ("marathon",)),
        ("成都市发放算力券", ()),
        ("Chengdu AI pilot zone", ()),
        ("", ()),
    ],
)
def test_names_of_places_and_words_of_the_subject_tell_nothing(title, words):
    assert telling_words(title, OTHERS) == words


def test_what_other_titles_often_have_tells_nothing():
    assert telling_words("Marathon in Chengdu", [*OTHERS, *["A marathon"] * 5]) == ()


def test_what_a_liked_title_has_is_not_taken_from_it():
    assert telling_words("Marathon in Chengdu", OTHERS, liked=["The marathon of AI"]) == ()


def test_what_disliked_titles_share_comes_first():
    title = "Marathon and hotpot festival in Chengdu"
    assert telling_words(title, OTHERS, also=["Hotpot again", title])[0] == "hotpot"


@given(st.text(max_size=60))
def test_every_word_is_usable_and_occurs_in_the_title(title: str):
    words = telling_words(title, OTHERS)
    assert len(words) <= MOST
    for word in words:
        assert is_usable(word)
        assert pattern(word).occurs(plainly(title))
