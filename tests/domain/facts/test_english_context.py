"""Days and shares that English text says in passing: told by what stands around them."""

import time
from datetime import date

import pytest

from domain.facts.page import page
from domain.reading import read

PUBLISHED = date(2025, 12, 20)


def times(text, published=PUBLISHED):
    found = page(text, "", "en", published).times
    return [(text[one.start : one.end], one.first.isoformat(), one.clock) for one in found]


def numbers(text):
    found = page(text, "", "en", PUBLISHED).quantities
    return [(text[one.number_start : one.end], float(one.value), one.unit) for one in found]


CALENDAR = """Dates

January
16  Close of the consultation
28, 18:00  Bids due

February 2026
1  The regulation enters into force
Mon 23 - Last orders
24-25: Robot football
"""


def test_a_calendar_names_its_month_once_above_its_days():
    assert [(said, day) for said, day, _ in times(CALENDAR)] == [
        ("16", "2026-01-16"),
        ("28, 18:00", "2026-01-28"),
        ("February 2026", "2026-02-01"),
        ("1", "2026-02-01"),
        ("Mon 23", "2026-02-23"),
        ("24-25", "2026-02-24"),
    ]


def test_a_day_that_is_not_the_weekday_before_it_is_none():
    text = "February 2026\nTue 23 - Last orders\n24: Football\n25: Dinner\n"
    assert [day for _, day, _ in times(text)][1:] == ["2026-02-24", "2026-02-25"]


def test_numbered_lines_without_a_month_above_them_are_no_calendar():
    assert times("1: Scope of support\n2: Standards\n3: Procedure\n") == []
    text = "May\n" + "A paragraph that goes on. " * 12 + "\n1: Scope\n2: Standards\n"
    assert times(text) == []


def test_the_hours_of_an_agenda_are_of_the_day_above_them():
    text = "Monday, 19 October 2026\n09:30 Opening\n14:00 Signing of 32 projects\n"
    assert times(text)[1:] == [
        ("09:30", "2026-10-19", "09:30"),
        ("14:00", "2026-10-19", "14:00"),
    ]


@pytest.mark.parametrize(
    ("text", "said", "day"),
    [
        ("Tickets went on sale this morning at ten.", "this morning", "2025-12-20"),
        ("It was signed last night.", "last night", "2025-12-19"),
        ("On the 19th the province put its plan into force.", "On the 19th", "2025-12-19"),
        ("RSVP by the 9th.", "by the 9th", "2026-01-09"),
        ("Award night: the 10th.", "the 10th", "2025-12-10"),
        ("four days, 27-30 nov, hall 7", "27-30 nov", "2025-11-27"),
        ("the window is open till 11 jan", "11 jan", "2026-01-11"),
    ],
)
def test_a_day_said_in_passing(text, said, day):
    assert [(one, first) for one, first, _ in times(text)][-1:] == [(said, day)]


def test_on_the_nineteenth_is_of_the_month_that_was_named_before():
    text = "In May 2025 it was drafted. On the 19th the council passed it."
    assert times(text)[-1][:2] == ("On the 19th", "2025-05-19")


@pytest.mark.parametrize("text", ["On the 5th floor.", "the 3rd edition of the forum", "on may 5"])
def test_an_ordinal_of_something_else_is_no_day(text):
    assert times(text) == []


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Users may deduct half of the fee.", ("half", 50, "percent")),
        ("Start-ups pay a third of that.", ("a third", 33.33, "percent")),
        ("Of these, two thirds of orders came late.", ("two thirds", 66.67, "percent")),
        ("They meet three-quarters of the cost.", ("three-quarters", 75, "percent")),
    ],
)
def test_shares_in_words_are_quantities(text, share):
    assert share in numbers(text)


@pytest.mark.parametrize(
    "text",
    ["the first half of the year", "half of 2026", "half the time", "a quarter of a century"],
)
def test_parts_of_a_time_are_no_shares(text):
    assert numbers(text) == []


def test_a_scale_behind_a_range_is_of_both_its_ends():
    (found,) = page("The guide is RMB 2.25-2.35bn for 2026.", "", "en", PUBLISHED).quantities
    assert (str(found.value), str(found.high)) == ("2250000000.00", "2350000000.00")


def test_a_list_of_named_sums_has_its_currency_at_the_end():
    text = "A bachelor gets 1,000, a master 2,000, doctorate 4,500 yuan a month."
    assert [one[1:] for one in numbers(text)] == [(1000, "CNY"), (2000, "CNY"), (4500, "CNY")]
    text = "Awards: silver 500,000, bronze 300,000 yuan."
    assert [one[1:] for one in numbers(text)][-1:] == [(300_000, "CNY")]
    assert numbers("It employs 3,200, and pays 40 million yuan.")[0][1:] == (40_000_000, "CNY")


def test_a_short_sentence_with_one_day_says_whole_what_happened():
    text = "The zone holds a Demo Day, scheduled for 30 January 2026."
    (event,) = read(text, title="Chengdu AI pilot zone", published="2025-12-20").facts
    assert "Demo Day" in event.subject


def test_whom_it_is_for_comes_with_the_clause_that_says_which_of_them():
    text = (
        "Companies that rent computing power in the city can have up to 40% of the cost "
        "reimbursed, with a cap of 2 million yuan per company and year."
    )
    (measure,) = read(text, title="Chengdu AI pilot zone", published="2025-12-20").facts
    assert measure.attributes["eligible"] == "Companies that rent computing power in the city"


@pytest.mark.parametrize(
    "nonsense", ["\nmay" + "." * 99_000 + "x", "half of " * 12_000, "a third of " * 9_000]
)
def test_nonsense_that_looks_like_days_and_shares_takes_no_time(nonsense):
    begun = time.process_time()
    read(f"The Chengdu AI pilot zone. {nonsense}", published="2025-12-20")
    assert time.process_time() - begun < 2
