"""The data of buttons: short, and worth nothing when somebody invents it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import callback
from bot.commands import PRESSED
from domain.facts.fact import FACT_TYPES, FactType


def test_what_a_button_says_is_read_as_it_was_meant():
    assert callback.read(callback.data("facts", "s12.8")) == ("facts", "s12.8")
    assert callback.read(callback.facts_of_story(12)) == ("facts", "s12")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "v1",
        "v1:",
        "v2:facts:s1",
        "v1:facts:" + "9" * 41,
        "v1:FACTS:1",
        "v1:facts:s1\n",
        "v1:facts:",
        "v1:facts:x",
        "v1:facts:s",
        "v1:facts:s1.",
        "v1:leaf:p8.9.",
        "v1:leaf:p8..A",
        "v1:leaf:p8..__79",
        "v1:leaf:p8.0." + "A" * 60,
        "v1:sub:bogus",
        "v1:sub:weekly",
        "v1:lang:xx",
        "v1:lang:english",
        "v1:watch:1.9",
        "v1:watch:1.",
        "v1:unwatch:abc",
        "v1:unwatch:-1",
        "v1:unwatch:１",
        "v1:keep:",
        "v1:nothing:1",
        None,
        5,
    ],
)
def test_other_data_is_nothing(data: object):
    assert callback.read(data) is None


def test_every_verb_of_the_table_has_its_arguments():
    assert {one.verb for one in PRESSED} == set(callback.VERBS)


@given(st.integers(0, 999_999), st.sampled_from((None, *FACT_TYPES)), st.text(max_size=12))
def test_a_page_of_facts_is_read_as_it_was_meant_or_has_no_button(
    offset: int, kind: FactType | None, words: str
):
    page = callback.Page(offset, kind, words)
    said = callback.page_of_facts(page)
    if said is None:
        assert len(words.encode()) > 30
        return
    press = callback.read(said)
    assert press is not None
    assert callback.page(press.argument) == page


@given(st.text(st.characters()))
def test_invented_data_never_breaks_anything(text: str):
    press = callback.read(text)
    assert press is None or len(text) <= 64
