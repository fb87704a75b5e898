"""A figure over time: dated points, targets beside what came true, disagreement shown."""

import pytest

from domain.ledger.figure import figure_of
from domain.ledger.likeness import alike, compatible
from domain.ledger.metrics import series
from tests.builders import fact, moment
from tests.domain.ledger.builders import stated


def scale(value, year, subject="人工智能产业规模", place=None, **given):
    when = moment(role="as_of", start=f"{year}-01-01", end=f"{year}-12-31", text=str(year))
    where = {"place": place} if place else {}
    about = {"attributes": {"indicator": "industry_scale", **where}, "unit": "CNY", "counted": None}
    return fact(subject=subject, value=value, **{"time": when, **about, **given})


def test_a_series_is_dated_and_in_order_with_targets_beside_what_came_true():
    told = [
        stated(scale("170000000000", 2026, type="target", status="target")),
        stated(scale("85000000000", 2023)),
        stated(scale("102600000000", 2024)),
    ]
    (found,) = series(told)
    assert [(one.end.year, one.kind) for one in found.points if one.end] == [
        (2023, "actual"),
        (2024, "actual"),
        (2026, "target"),
    ]


def test_the_same_point_from_two_sources_is_confirmed_and_another_value_disputed():
    told = [
        stated(scale("102600000000", 2024, place="成都"), source=1, tier="official"),
        stated(scale("102600000000", 2024, place="全市"), source=2),
        stated(scale("130000000000", 2024, place="成都"), source=3),
    ]
    (found,) = series(told)
    (point,) = found.points
    assert point.entry.lead.article.source_id == 1
    assert [one.article.source_id for one in point.entry.confirmed] == [2]
    assert [one.article.source_id for one in point.entry.disputed] == [3]


@pytest.mark.parametrize(
    ("comparator", "value", "agrees"),
    [
        ("eq", "102600000000", True),
        ("gt", "100000000000", True),
        ("approx", "103000000000", True),
        ("eq", "103000000000", False),
        ("gt", "110000000000", False),
        ("gt", "50000000000", False),
        ("lt", "103000000000", True),
        ("lt", "100000000000", False),
    ],
)
def test_a_bound_or_a_rounded_figure_contradicts_nothing(comparator, value, agrees):
    exact = scale("102600000000", 2024)
    assert compatible(exact, scale(value, 2024, comparator=comparator)) is agrees
    assert compatible(scale(value, 2024, comparator=comparator), exact) is agrees


def test_english_and_chinese_are_one_figure_where_they_mean_the_same():
    english = "scale of the AI industry"
    told = [
        stated(scale("85000000000", 2023, place="成都"), source=1),
        stated(scale("102600000000", 2024, place="Chengdu", subject=english), source=2),
    ]
    (found,) = series(told)
    assert len(found.points) == 2
    other = scale("1", 2024, subject="employees", attributes={"indicator": "employees"})
    assert figure_of(stated(other)) != found.figure


def test_figures_without_a_time_are_of_when_they_were_told():
    where = {"place": "Chengdu"}
    told = [
        stated(fact(value=value, attributes=where), source=at)
        for at, value in enumerate(("90", "90", "95"))
    ]
    (found,) = series(told)
    (point,) = found.points
    assert (point.end, len(point.entry.confirmed), len(point.entry.disputed)) == (None, 1, 1)


def test_likeness_is_by_neighbouring_characters():
    assert alike("算力券", "算力券") == 1
    assert 0.5 < alike("发放算力券", "算力券") < 1
    assert alike("算力券", "人才公寓") == 0
    assert alike("", "算力券") == 0


def test_chinese_and_english_values_join_through_one_that_both_tell():
    english = "scale of the AI industry"
    told = [
        stated(scale("85000000000", 2023, place="成都市"), source=1, tier="official"),
        stated(scale("102600000000", 2024, place="Chengdu", subject=english), source=2),
        stated(scale("85000000000", 2023, place="Chengdu", subject=english), source=2),
    ]
    (found,) = series(told)
    assert [point.entry.lead.fact.value for point in found.points] == [
        "85000000000",
        "102600000000",
    ]
    assert found.subject == "人工智能产业规模"


def test_a_value_at_a_time_is_one_in_two_languages_whatever_the_words_say_besides():
    told = [
        stated(scale("85000000000", 2023, place="成都", subject="人工智能产业集群规模"), source=1),
        stated(scale("85000000000", 2023, place="Chengdu", subject="scale of the AI cluster"),
               source=2),
        stated(scale("85000000000", 2023, place="Chengdu", subject="scale of the robot cluster"),
               source=3),
    ]  # fmt: skip
    assert sorted(len(one.points[0].entry.every) for one in series(told)) == [1, 2]


def test_of_two_values_of_one_time_in_one_article_the_smaller_is_what_was_added():
    article = {"id": 7}
    told = [
        stated(scale("1312", 2024, unit="count"), **article),
        stated(scale("188", 2024, unit="count"), **article),
        stated(scale("1312", 2024, unit="count", comparator="gt"), **article),
    ]
    whole, added = series(told)
    assert [one.fact.value for one in whole.points[0].entry.every] == ["1312", "1312"]
    assert [point.entry.lead.fact.value for point in added.points] == ["188"]
