"""Traits: what a mention in passing, a list of cities and a late word are told by."""

import pytest

from domain.evidence import evidence
from domain.text.fold import fold
from domain.traits import traits


def of(text, title=""):
    folded = fold(text)
    return traits(folded, evidence(fold(title), folded, "chengdu-ai"))


def test_without_place_or_without_subject_there_is_nothing_to_weigh():
    assert of("成都地铁今天开通。") is None
    assert of("人工智能发展迅速。") is None


@pytest.mark.parametrize(
    "text",
    [
        "成都、沈阳、合肥获批人工智能基地。",
        "人工智能基地落户沈阳和成都。",
        "AI sites open in Beijing, Shenzhen and Chengdu.",
        "AI sites open in Chengdu, Wuhan and elsewhere.",
    ],
)
def test_a_place_in_a_row_of_cities_is_listed(text):
    assert of(text)["listed"] == 1.0


@pytest.mark.parametrize(
    "text", ["成都发布人工智能新政,深圳跟进。", "Chengdu opens an AI hub that Wuhan wanted."]
)
def test_two_cities_in_one_sentence_are_no_row(text):
    assert of(text)["listed"] == 0.0


def test_a_mention_in_passing_ends_with_its_paragraph():
    passing = "成都此前也发布过,算力券不少。"
    text = f"芜湖发布人工智能政策。\n{passing}\n算力券每年一亿元。\n大模型另有奖励。"
    assert of(text)["own"] == 0.25
    assert of(text, "芜湖新政")["own"] == 0.25
    assert of(text.replace("芜湖", "成都"))["own"] == 1.0


def test_what_comes_late_is_told_from_what_it_begins_with():
    late = of("成都今年办好民生实事。" * 20 + "发展人工智能。")
    early = of("成都发展人工智能。" + "今年办好民生实事。" * 20)
    assert late["subject_late"] > 0.9 > 0.1 > early["subject_late"]
    assert (late["starts_subject"], early["starts_subject"]) == (0.0, 1.0)
    assert of("成都办好实事。发展人工智能。", "人工智能")["subject_late"] == 0.0


def test_a_place_named_in_passing_does_not_meet_the_subject():
    passing = of("成都也来参会。" + "人工智能发展迅速。" * 60)
    told = of("成都也来参会。" + "成都人工智能发展迅速。" * 60)
    assert passing["met"] == 0.0
    assert told["met"] > 4.0


def test_the_province_in_a_title_that_also_names_the_place_is_a_scene_only():
    text = "成都发展人工智能。"
    assert of(text, "四川要闻")["first_above"] == 1.0
    assert of(text, "四川推进算力,成都先行")["first_above"] == 0.0


def test_southwest_china_is_no_region_of_its_own():
    text = "Chengdu builds AI."
    assert of(text, "Southwest China's AI race")["first_above"] == 0.0
    assert of(text, "China's AI race")["first_above"] == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "金堂县发布人工智能补助。",
        "成办规〔2026〕3号:人工智能奖励办法。",
        "Jintang County pays for artificial intelligence.",
        "Cheng Ban Gui [2026] No. 3: artificial intelligence awards.",
    ],
)
def test_counties_and_document_numbers_of_the_city_name_the_place(text):
    assert of(text)["place"] > 0.0
