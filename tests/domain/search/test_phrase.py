"""Where a phrase is, and which terms lead there."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.search.phrase import (
    MOST_TERMS,
    Phrase,
    Term,
    index_terms,
    occur_in,
    plainly,
)
from domain.search.phrase import phrase as read
from domain.text.terms import terms


def phrase(text: str, begins: bool = False) -> Phrase:
    found = read(text, begins)
    assert found is not None
    return found


texts = st.text("成都算ａAbé 9，.-", max_size=40)


@pytest.mark.parametrize(
    ("wanted", "text", "there"),
    [
        ("成都", "在成都市", True),
        ("成都", "成，都", False),
        ("試驗區", "国家试验区", True),
        ("算力券", "发放算力卷", False),
        ("ai", "AI产业", True),
        ("ai", "training", False),
        ("Pilot Zone", "the PILOT-zone’s", True),
        ("pilot zone", "zone pilot", False),
        ("pilot zone", "pilot zones", False),
        ("AI产业", "发展AI 产业", True),
        ("AI产业", "AI大产业", False),
        ("成办发〔2020〕97号", "印发成办发[2020] 97号文", True),
        ("成办发〔2020〕97号", "成办发〔2020〕197号", False),
        ("1,000", "1,000 yuan", True),
        ("1,000", "21,000 yuan", False),
        ("café", "CAFES", False),
        ("résumé", "Resume", True),
        ("券", "算力券。", True),
    ],
)
def test_words_stand_whole_and_together_glyphs_anywhere(wanted: str, text: str, there: bool):
    assert phrase(wanted).occurs(plainly(text)) is there


def test_a_word_that_may_go_on_does():
    assert phrase("vouch", begins=True).occurs(plainly("a voucher"))
    assert not phrase("vouch").occurs(plainly("a voucher"))
    assert not phrase("ouch", begins=True).occurs(plainly("a voucher"))


@pytest.mark.parametrize("nothing", ["", "  ", "…", "!?", "\x00", "👍", "\ud800"])
def test_what_is_no_word_is_no_phrase(nothing: str):
    assert read(nothing) is None


def test_the_index_is_asked_for_pairs_and_words_and_for_one_glyph_by_its_beginning():
    asked = [phrase("成都市"), phrase("AI"), phrase("券")]
    assert index_terms(asked) == [
        Term("成都"),
        Term("都市"),
        Term("ai"),
        Term("券", begins=True),
    ]
    assert index_terms([phrase("97号")]) == [Term("97")]
    assert len(index_terms([phrase("成都" * 500)])) <= MOST_TERMS


def test_what_leads_to_a_text_as_well_is_another_choice_of_one_term():
    wide = replace(phrase("voucher"), others=(phrase("券"), phrase("算力包")))
    others = (Term("力包"),)
    assert index_terms([wide, phrase("AI")]) == [Term("voucher", others=others), Term("ai")]


@given(texts, texts, st.booleans())
def test_the_index_never_misses_what_occurs(text: str, said: str, begins: bool):
    wanted = read(said, begins)
    if wanted is None or not occur_in([wanted], [text]):
        return
    kept = terms([text])
    for term in index_terms([wanted]):
        assert term.text in kept or (term.begins and any(one.startswith(term.text) for one in kept))


@given(texts, st.integers(0, 40), st.integers(0, 12))
def test_what_is_cut_out_of_a_text_at_the_ends_of_words_occurs_in_it(text, start, length):
    edges = [0, *(found.end() for found in re.finditer(r"[^0-9A-Za-zａé]", text)), len(text)]
    first = edges[start % len(edges)]
    last = next((edge for edge in edges if edge >= first + length), len(text))
    wanted = read(text[first:last])
    assert wanted is None or occur_in([wanted], [text])


@given(texts, texts)
def test_places_are_where_it_is(text: str, said: str):
    wanted, plain = read(said), plainly(text)
    if wanted is None:
        return
    places = list(wanted.places(plain))
    assert bool(places) == wanted.occurs(plain)
    for start, end in places:
        assert phrase(plain[start:end]).runs == wanted.runs
