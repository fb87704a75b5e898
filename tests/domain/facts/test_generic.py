"""Habits of news text that no labelled article showed, found on texts invented for the purpose."""

import pytest

from domain.facts.fact import Fact
from domain.reading import read


def _facts(text: str, title: str = "", published: str = "2026-05-11") -> list[Fact]:
    return list(read(text, title=title, published=published).facts)


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("培育高层次人才：≥2000人。", "ge"),
        ("全市人工智能企业>500家。", "gt"),
        ("平台算力规模≤100P。", "le"),
    ],
)
def test_a_sign_compares(text: str, comparator: str) -> None:
    assert [fact.comparator for fact in _facts(text)] == [comparator]


def test_between_two_sums_is_one_range() -> None:
    facts = _facts("Teams can apply for a grant of between 500,000 yuan and 2 million yuan.")
    (amount,) = facts[0].attributes["amounts"]
    assert (amount["value"], amount["value_high"]) == ("500000", "2000000")
    assert amount["comparator"] == "range"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("【本报成都讯】天府人工智能产业园二期昨日动工，总投资48亿元。", "天府人工智能产业园二期"),
        ("华为生态基地正式开建，总投资60亿元。", "华为生态基地"),
    ],
)
def test_a_name_is_not_cut_at_a_character_that_can_be_a_verb(text: str, subject: str) -> None:
    sums = [fact.subject for fact in _facts(text) if fact.value in ("4800000000", "6000000000")]
    assert [subject in found and "讯" not in found for found in sums] == [True]


def test_a_window_that_closes_is_not_the_last_years() -> None:
    text = "2025年规模达1350亿元。申报窗口将于6月15日开启，7月31日24时关闭。"
    days = [fact.time.end for fact in _facts(text) if fact.type == "deadline" and fact.time]
    assert days == ["2026-07-31"]


def test_a_numbered_line_counts_nothing() -> None:
    values = [fact.value for fact in _facts("03 场景牵引：每年发布场景机会清单不少于100项。")]
    assert values == ["100"]


def test_a_sum_that_tells_projects_apart_is_no_figure() -> None:
    values = [fact.value for fact in _facts("现场签约项目17个，其中10亿元以上项目6个。")]
    assert values == ["17", "6"]


def test_what_a_thing_is_like_is_not_how_many_there_are() -> None:
    text = "The city has built three 300-bed hospitals and opened 14 laboratories."
    assert "300" not in [fact.value for fact in _facts(text)]
