"""The data of buttons: short, and worth nothing when somebody invents it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import callback


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
        None,
        5,
    ],
)
def test_other_data_is_nothing(data: object):
    assert callback.read(data) is None


@given(st.text(st.characters()))
def test_invented_data_never_breaks_anything(text: str):
    press = callback.read(text)
    assert press is None or len(text) <= 64
