"""Signals: what the article itself says counts, and where it says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.evidence import evidence, own_text
from domain.signals import signals

TOPIC = "chengdu-ai"
MENU = "首页 北京 上海 深圳 杭州 成都\n"
LINK = "相关阅读:成都发布算力新政\n"
SAID = ("成都发布人工智能新政。\n", "芜湖也在跟进,算力券同样发放。\n", "大家都很高兴。\n")

lines = st.lists(st.sampled_from([MENU, LINK, *SAID]), max_size=12)


@given(lines)
def test_an_article_is_judged_as_if_its_menus_were_not_there(given_lines):
    bare = "".join(line for line in given_lines if line in SAID)
    text = "".join(given_lines)
    own, found = own_text(text, evidence("", text, TOPIC))
    assert own == bare
    assert found.text == evidence("", bare, TOPIC).text


@given(lines)
def test_the_words_of_every_signal_stay_the_same(given_lines):
    text = "".join(given_lines)
    found = evidence("", text, TOPIC)
    own, moved = own_text(text, found)
    assert [text[one.start : one.end] for one in found.text] == [
        own[one.start : one.end] for one in moved.text
    ]


def test_a_word_that_means_something_else_here_is_no_subject():
    found = evidence("AI urges release", "Amnesty International (AI) wrote to Chengdu.", TOPIC)
    assert {one.group for one in (*found.title, *found.text)} == {"place"}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("芜湖", "rival"),
        ("in Wuhu, a city", "rival"),
        ("全省", "above"),
        ("the governor", "above"),
        ("三季报", "company"),
        ("征求意见", "act"),
        ("岗位职责", "colour"),
    ],
)
def test_words_say_whose_affair_it_is(text, group):
    assert [one.group for one in signals(text, TOPIC)] == [group]


def test_a_latin_name_is_met_as_a_whole_word_only():
    assert signals("Wuhuan, policyholder, Chengdus", TOPIC) == []
