"""What can be followed, and where it occurs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.follow import about, entry_label, terms_in, wish
from tests.builders import evidence, fact


@pytest.mark.parametrize("text", ["", "a", "9", "97", "…", "长" * 60, "  "])
def test_what_says_too_little_or_too_much_cannot_be_followed(text):
    assert wish(text) is None


def test_a_name_is_the_same_thing_in_both_languages():
    chinese, english = wish("成都科学城"), wish("Chengdu Science City")
    assert chinese
    assert english
    assert (chinese.kind, chinese.key) == (english.kind, english.key) == ("place", chinese.key)
    assert chinese.label == "成都科学城"


def test_what_no_gazetteer_knows_is_a_term():
    found = wish("  Ｅｍｂｏｄｉｅｄ   robots ")
    assert found
    assert (found.kind, found.key, found.label) == ("term", "embodied robots", "Embodied robots")


@pytest.mark.parametrize(
    ("term", "occurs"),
    [
        ("算力补贴", True),
        ("算力補貼", False),
        ("gpu", True),
        ("gp", False),
        ("train", False),
        ("模型", False),
    ],
)
def test_latin_terms_end_where_words_end_and_han_ones_anywhere(term, occurs):
    found = terms_in("算力補貼來了", "The GPU was trained.", [term])
    assert bool(found) is occurs


@given(st.text(min_size=2, max_size=30), st.text(max_size=50), st.text(max_size=50))
def test_a_wish_is_found_in_any_text_that_holds_it_on_its_own(name, before, behind):
    found = wish(name)
    if found is None or found.kind != "term":
        return
    text = f"{before} \n{found.label}\n {behind}"
    assert terms_in("", text, [found.key]) == [found.key]


def test_a_fact_is_about_a_term_by_its_subject_or_its_words():
    one = fact(subject="算力券", evidence=(evidence("90 key enterprises"),))
    assert about(one, ["算力券"])
    assert about(one, ["enterprises"])
    assert not about(one, ["robots"])


def test_an_entry_has_a_name_in_each_language_and_its_id_where_it_is_gone():
    found = wish("成都科学城")
    assert found
    assert entry_label(found.key, "en") == "Chengdu Science City"
    assert entry_label(found.key, "zh") == "成都科学城"
    assert entry_label("nowhere", "en") == "nowhere"
