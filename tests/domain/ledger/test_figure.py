"""Which figure a value is of: unlike things are never one, the same thing is in any words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.figure import Figure, examples, figure_of, in_words, meaning
from tests.builders import evidence, fact
from tests.domain.ledger.builders import stated


def of(subject, place=None, title="Pilot zone grows", source=1, quote=None, **about) -> Figure:
    where = {"place": place} if place else {}
    said = {"unit": "count", "counted": None, "attributes": {"indicator": "enterprises", **where}}
    words = evidence(quote or subject, quote or subject)
    given = fact(subject=subject, evidence=(words,), **{**said, **about})
    return figure_of(stated(given, source=source, title=title))


@pytest.mark.parametrize(("number", "example", "counter"), list(examples()))
def test_an_example_means_its_thing_and_its_counter_example_does_not(number, example, counter):
    if number != "nothing":
        assert number in meaning(example)[0]
        assert number not in meaning(counter)[0]


SAME = [
    ("人工智能企业", "全市人工智能企业总数"),
    ("人工智能企业", "AI企业数量"),
    ("人工智能企业", "成都人工智能企業"),
    ("人工智能企业", "AI companies"),
    ("AI enterprises", "number of AI firms in the city"),
    ("规模以上人工智能企业", "AI enterprises above designated size"),
    ("人工智能产业规模", "scale of the AI industry"),
    ("在用智能算力", "intelligent computing capacity in service"),
    ("人工智能核心产业规模", "人工智能核心产业总规模"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_thing_of_one_place_is_one_figure_in_any_words(one, other):
    assert of(one, "成都") == of(other, "Chengdu", source=2)


APART = [
    ("人工智能企业", "规模以上人工智能企业"),
    ("人工智能企业", "重点人工智能企业"),
    ("人工智能企业", "人工智能相关企业"),
    ("人工智能企业", "机器人企业"),
    ("人工智能企业", "新增人工智能企业"),
    ("人工智能企业", "人工智能企业注销"),
    ("人工智能企业", "企业"),
    ("AI companies", "key AI companies"),
    ("AI companies", "listed AI companies"),
    ("AI companies", "newly registered AI companies"),
    ("独角兽企业", "准独角兽企业"),
    ("人工智能产业规模", "人工智能核心产业规模"),
    ("人工智能产业规模", "人工智能产业产值"),
    ("人工智能产业产值", "人工智能产业营业收入"),
    ("智能算力", "通用算力"),
    ("智能算力", "在用智能算力"),
    ("智能算力", "规划智能算力"),
    ("智能算力", "成都超算中心算力"),
    ("开放场景", "应用场景"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_unlike_things_of_one_place_are_figures_apart(one, other):
    assert of(one, "成都") != of(other, "成都")


@pytest.mark.parametrize(
    "elsewhere", ["武侯区", "Tianfu New Area", "全省", "Xi'an", "绵阳", "全国", "the province"]
)
def test_the_same_thing_of_another_place_is_another_figure(elsewhere):
    assert of("人工智能企业", "全市") != of("人工智能企业", elsewhere)


def test_the_city_is_that_of_the_title_and_else_the_one_that_this_is_about():
    assert of("人工智能企业", "全市").place == "chengdu"
    assert of("人工智能企业", "全市", title="绵阳发展人工智能").place == "mianyang"
    assert of("AI companies", "the city", title="Mianyang and Chengdu").place == "chengdu"


def test_a_place_that_only_the_quote_or_the_title_names_counts_if_it_is_the_only_one():
    assert of("AI companies", quote="Chengdu has 90 AI companies").place == "chengdu"
    assert of("人工智能企业", title="武侯区人工智能企业达90家").place == "wuhou-district"
    assert of("AI companies", quote="Chengdu and Mianyang: AI companies").place == ""


def test_of_no_known_place_or_kind_it_is_the_sources_or_the_articles_own():
    assert of("AI companies") == of("AI companies")
    assert of("AI companies") != of("AI companies", source=2)
    assert of("companies", "Chengdu") != of("companies", "Chengdu")


@pytest.mark.parametrize(
    "quote",
    ["较去年底净增188家", "年内新增188家", "a net increase of 188", "其中188家", "of which 188"],
)
def test_what_came_or_is_a_part_by_the_words_before_it_is_apart(quote):
    assert of("人工智能企业", "成都", quote=quote) != of("人工智能企业", "成都")


def test_what_grew_to_a_value_has_that_value():
    grown = of("人工智能企业", "成都", quote="从94家增加到200家")
    assert grown == of("人工智能企业", "成都")


def test_another_unit_is_another_figure():
    assert of("人工智能企业", "成都") != of("人工智能企业", "成都", unit="percent")


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=60))
def test_whatever_is_said_has_one_figure_and_asking_again_changes_nothing(subject, place, title):
    given = stated(fact(subject=subject, attributes={"place": place}), title=title)
    assert figure_of(given) == figure_of(given)
    assert "nothing" not in figure_of(given).things


@pytest.mark.parametrize(
    ("subject", "english", "chinese"),
    [
        ("成都市智能算力规模", "intelligent computing capacity", "智能算力"),
        ("AI companies", "AI enterprises", "人工智能企业"),
        ("全市人工智能产业规模", "AI industry scale", "人工智能产业规模"),
        ("成都超算中心峰值速度", "", ""),
    ],
)
def test_a_figure_of_known_things_is_said_in_either_language(subject, english, chinese):
    figure = of(subject, "成都")
    assert (in_words(figure, "en"), in_words(figure, "zh")) == (english, chinese)
