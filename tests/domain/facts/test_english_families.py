"""Families of sentences and the facts in them: written from the language, not from the rules."""

import pytest

from tests.domain.facts.families import Example, family, unmet

ENGLISH = (
    "en_figures",
    "en_passages",
    "en_targets",
    "en_status",
    "en_times",
    "en_nothing",
    "en_measures",
    "en_deadlines",
    "en_events",
    "en_investments",
    "en_documents",
    "en_support",
    "en_voices",
    "en_news",
)
MOST_OPEN = 39
"""Sentences of `en_open` that are not read yet; lower it with every one that is."""


@pytest.mark.parametrize(
    "example", [pytest.param(e, id=f"{n}-{e.text[:60]}") for n in ENGLISH for e in family(n)]
)
def test_a_sentence_holds_the_facts_that_a_reader_finds_in_it(example: Example):
    assert unmet(example) == ([], [])


def test_the_sentences_that_are_not_read_yet_become_fewer():
    still_open = [example.text for example in family("en_open") if unmet(example) != ([], [])]
    assert len(still_open) <= MOST_OPEN, still_open
