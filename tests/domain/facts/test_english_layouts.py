"""English layouts that no sentence shows: tables of projects, capitals of a wire, calendars."""

import pytest

from domain.reading import read
from domain.text.capitals import quieted

PROJECTS = """Key AI projects of the zone, as its office for major projects listed them.

Project | Investor | Investment (billion yuan) | Capacity | State
Tianfu hub, phase 1 | China Mobile | 3.2 | 1,200 PFLOPS | in operation since May 2024
Pidu chip plant | Hikvision | 1.1 | 40,000 wafers | to be completed in June 2026
"""


def facts(text: str, kind: str, published: str = "2025-09-15"):
    return [fact for fact in read(text, published=published).facts if fact.type == kind]


def test_a_table_of_projects_says_who_puts_in_what():
    found = facts(PROJECTS, "investment")
    assert [(f.subject.split(":")[0], f.value, f.attributes["investors"]) for f in found] == [
        ("Tianfu hub, phase 1", "3200000000", ["China Mobile"]),
        ("Pidu chip plant", "1100000000", ["Hikvision"]),
    ]


def test_a_project_all_of_whose_days_are_to_come_is_planned():
    assert [fact.status for fact in facts(PROJECTS, "investment")] == ["achieved", "planned"]


def test_a_cell_with_its_own_unit_is_of_the_project_of_its_row():
    found = facts(PROJECTS, "metric")
    assert ("Tianfu hub, phase 1: Capacity", "1200", "PFLOPS") in [
        (fact.subject, fact.value, fact.unit) for fact in found
    ]


def test_what_happens_in_a_row_happens_to_its_project():
    found = [(f.subject, f.time.end) for f in facts(PROJECTS, "event") if f.time]
    assert found == [
        ("Tianfu hub, phase 1: in operation since May 2024", "2024-05-31"),
        ("Pidu chip plant: to be completed in June 2026", "2026-06-30"),
    ]


def test_a_line_of_capitals_is_read_as_if_written_plainly():
    text = "* H1 CORE AI REVENUE 74.1 BLN YUAN, UP 17.3%\n* COMPUTE UTILISATION 66% AS OF JUNE 30"
    assert quieted(text).count("REVENUE") == 0
    found = facts(f"Sept. 9 (Wire) - The pilot zone office said:\n{text}", "metric")
    assert ("66", "2025-06-30") in [(f.value, f.time.end if f.time else None) for f in found]


@pytest.mark.parametrize("text", ["AI GPU CPU RMB", "A short HEAD", "ÉTÉ ÇA ÉTÉ ÇA ÉTÉ", ""])
def test_quiet_text_is_as_long_as_before(text: str):
    assert len(quieted(text)) == len(text)


CALENDAR = """The programme invites ten teams to Chengdu; everyone is told in time what comes next.

Timetable
30 September: Information session
26 March: Visit to the supercomputing centre
12 April: Last day to accept
Notification: 9 February
"""


def test_a_calendar_without_years_is_of_the_days_to_come():
    found = {fact.time.end for fact in facts(CALENDAR, "event") if fact.time}
    assert {"2025-09-30", "2026-03-26", "2026-02-09"} <= found


def test_the_last_day_of_something_is_no_event():
    assert "2026-04-12" not in {fact.time.end for fact in facts(CALENDAR, "event") if fact.time}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The angel fund, set up in March, has backed 37 start-ups.", "2025-03-31"),
        (
            "The forum is due to be held in the western science city of Chengdu in June.",
            "2026-06-30",
        ),
    ],
)
def test_a_month_without_a_year_is_of_the_year_that_the_verb_asks_for(text: str, day: str):
    found = facts(text, "event", published="2026-01-19")
    assert [fact.time.end for fact in found if fact.time] == [day]
