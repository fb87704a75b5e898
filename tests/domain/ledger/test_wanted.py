"""Which figures are asked for: each name of an indicator, in either language."""

import pytest

from domain.ledger.wanted import asked_for, indicators, read
from tests.builders import fact
from tests.domain.ledger.builders import stated

KNOWN = [one.id for one in indicators()]


def test_there_is_a_name_in_both_languages_for_each_indicator_of_the_contract():
    assert set(KNOWN) == {
        "industry_scale", "enterprises", "compute_capacity", "growth", "utilisation", "area",
        "employees", "projects", "institutions", "patents", "models", "scenarios",
    }  # fmt: skip
    assert all(one.zh and one.en for one in indicators())


@pytest.mark.parametrize("one", indicators(), ids=KNOWN)
def test_an_example_asks_for_its_indicator_and_its_counter_example_does_not(one):
    assert read(one.example).indicator == one.id
    assert read(one.counter).indicator != one.id


@pytest.mark.parametrize("one", indicators(), ids=KNOWN)
def test_every_name_asks_for_it(one):
    for name in one.names:
        assert read(name).indicator == one.id, name


def test_further_words_have_to_be_there_and_places_in_any_language():
    here = stated(fact(subject="天府新区算力", attributes={"indicator": "compute_capacity"}))
    assert asked_for(here, read("compute 天府新区"))
    assert asked_for(here, read("compute Tianfu New Area"))
    assert not asked_for(here, read("compute Pidu"))


def test_without_words_everything_is_asked_for():
    assert asked_for(stated(fact()), read(""))
