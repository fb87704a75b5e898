"""One spelling for all forms of a word, and the terms by which an index finds it."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text.terms import LONGEST, is_glyph, spelled, terms, visible


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("ＡＩ４Ｓ", "ai4s"),
        ("算力券", "算力券"),
        ("產業試驗區", "产业试验区"),
        ("İSTANBUL", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("成\u200b都\ufe0f", "成都"),
        ("\uf900", "岂"),
        ("don't", "don t"),
        ("〔2020〕97號", " 2020 97号"),
        ("ガス", "カス"),
        ("👍🏽 ok", "   ok"),
    ],
)
def test_every_form_of_a_word_has_one_spelling(written: str, spelling: str):
    assert spelled(visible(written)) == spelling


def test_an_index_keeps_pairs_of_glyphs_the_last_one_alone_and_other_words_whole():
    assert terms(["成都算力券，AI产业 GPT-4"]) == {
        *("成都", "都算", "算力", "力券", "券"),
        *("ai", "产业", "业", "gpt", "4"),
    }
    assert terms(["x" * 500]) == {"x" * LONGEST}
    assert terms(["", "…", " \n"]) == set()


def test_every_character_has_its_spelling_which_is_its_own():
    every = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    once = spelled(every)
    assert len(once) == len(every)
    assert spelled(once) == once
    assert all(one == " " or one.isalnum() for one in set(once))


def test_terms_hold_nothing_that_a_database_would_read_as_more_than_letters():
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    for term in terms(every):
        assert not any(one.isascii() and one.isupper() for one in term)
        assert all(one.isalnum() for one in term)
        assert not set(term) & set("'\"*&|!():<\\ ")


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_keeps_its_places(text: str):
    shown = visible(text)
    assert len(spelled(shown)) == len(shown)
    assert visible(shown) == shown or unicodedata.normalize("NFC", shown) != shown


@given(st.text("成都算力券ab é,", max_size=30))
def test_every_glyph_of_a_text_begins_a_term_and_every_pair_is_one(text: str):
    plain, found = spelled(visible(text)), terms([text])
    for at, one in enumerate(plain):
        if is_glyph(one):
            assert any(term.startswith(one) for term in found)
            if is_glyph(plain[at + 1 : at + 2] or " "):
                assert plain[at : at + 2] in found
