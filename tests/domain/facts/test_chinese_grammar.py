"""Chinese: quantities, the period a page reports on, benefits by position, subjects, conditions."""

import pytest

from domain.facts.fact import Fact
from domain.facts.quantities_zh import quantities
from domain.reading import read


def _facts(text: str, *, title: str = "", published: str = "2025-03-31") -> tuple[Fact, ...]:
    return read(text, title=title, published=published).facts


@pytest.mark.parametrize(
    ("text", "value", "comparator", "unit"),
    [
        ("营业收入 1 512.6 亿元", "151260000000", "eq", "CNY"),
        ("在用智能算力 14 500 PFLOPS", "14500", "eq", "PFLOPS"),
        ("约占全国的七成七", "77", "approx", "percent"),
        ("占三分之一强", "33.33", "gt", "percent"),
        ("每年以2400万元为限", "24000000", "le", "CNY"),
        ("产值跨过300亿元", "30000000000", "gt", "CNY"),
    ],
)
def test_a_quantity_is_read_in_every_spelling(
    text: str, value: str, comparator: str, unit: str
) -> None:
    (found,) = quantities(text, ())
    assert (f"{found.value.normalize():f}", found.comparator, found.unit) == (
        value,
        comparator,
        unit,
    )


def test_a_change_to_another_unit_is_no_range() -> None:
    found = quantities("纯利跌12.7%至2.6亿港元", ())
    assert [(one.high, one.unit) for one in found] == [(None, "percent"), (None, "HKD")]


def test_the_scale_behind_a_range_is_that_of_both_ends() -> None:
    (found,) = quantities("3至5亿元", ())
    assert (str(found.value), str(found.high)) == ("300000000", "500000000")


def test_the_year_end_of_a_report_is_that_of_the_year_it_reports_on() -> None:
    (fact,) = _facts("年末全市共有高新技术企业14732家。", title="2024年统计公报")
    assert fact.time is not None
    assert (fact.time.end, fact.status) == ("2024-12-31", "achieved")


def test_a_cap_that_heads_its_recipients_holds_for_each() -> None:
    found = _facts("补贴分两类。年度限额，企业200万元，高校100万元。", title="算力券办法")
    written = [str(fact.attributes["amounts"]) for fact in found]
    assert ["'cap', 'value': '2000000'" in written[0], "'1000000'" in written[1]] == [True, True]
    assert all("'role': 'cap'" in one for one in written)


def test_what_an_applicant_must_have_is_no_fact() -> None:
    assert not _facts("申报单位须具有研发人员50人。", title="申报指南")


def test_a_phrase_of_adverbs_alone_is_no_subject() -> None:
    found = _facts("人工智能产业营业收入达860亿元，按计划全年要突破1200亿元。")
    assert all("营业收入" in fact.subject for fact in found)


def test_a_title_is_of_the_kind_that_its_last_word_says() -> None:
    (fact,) = _facts("根据《成都市科技计划项目管理办法》（成科规〔2023〕2号）办理。")
    assert fact.attributes["kind"] == "measures"


def test_the_bodies_above_the_date_at_the_foot_have_issued_the_page() -> None:
    text = "成府发〔2025〕2号\n\n现印发你们。\n\n成都市成华区人民政府\n2025年3月14日\n"
    (fact,) = (one for one in _facts(text, title="若干措施") if one.type == "policy_document")
    assert fact.attributes["issuers"] == ["成都市成华区人民政府"]
