"""The look at the first word of an English time misses none of its forms."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.facts.english.dates import BEGINNING, DATE

WORDS = """
    by in on the end of early mid- late May Sept. 3 15th 2025 2027 Monday, first half Q3 H1 a year
    earlier year-end next last this month week three years ago to from until between and then same
    period following yesterday noon at 10:30 a.m. FY2025 15th Five-Year Plan third quarter no later
    than , . - park
"""
BARE = re.compile(DATE.pattern.replace(BEGINNING, ""), re.VERBOSE)


def test_the_look_is_a_part_of_the_pattern():
    assert BARE.pattern != DATE.pattern


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))
def test_every_english_time_begins_as_times_begin(text):
    spans = [one.span() for one in DATE.finditer(text)]
    assert spans == [one.span() for one in BARE.finditer(text)]
