"""What people type after /search, in both languages, and what nobody can look for."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.search.query import ON_TOPIC, Query, Unclear, parse, phrases_of

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def read(text: str) -> Query:
    return parse(text, NOW)


def runs(text: str) -> list[tuple[str, ...]]:
    return [one.runs for one in read(text).phrases]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("成都 算力", [("成都",), ("算力",)]),
        ("成都，算力；AI", [("成都",), ("算力",), ("ai",)]),
        ("“人工智能 产业”", [("人工智能", "产业")]),
        ('"artificial intelligence" 成都', [("artificial", "intelligence"), ("成都",)]),
        ('"unclosed phrase', [("unclosed",), ("phrase",)]),
        ('"compute', [("compute",)]),
        ('"pilot zone" "compute voucher', [("pilot", "zone"), ("compute",), ("voucher",)]),
        ("“compute", [("compute",)]),
        ("compute”", [("compute",)]),
        ("「算力 券", [("算力",), ("券",)]),
        ("‘pilot zone’ 成都", [("pilot", "zone"), ("成都",)]),
        ("‘compute", [("compute",)]),
        ("成都‘人工智能 产业’", [("成都",), ("人工智能", "产业")]),
        ("China’s AI", [("china", "s"), ("ai",)]),
        ("「算力券」", [("算力券",)]),
        ("成办发〔2020〕97号", [("成办发", "2020", "97", "号")]),
        ("1,000 yuan", [("1", "000"), ("yuan",)]),
        ("AI ai ＡＩ", [("ai",)]),
        ("10:30 http://a.example", [("10", "30"), ("http", "a", "example")]),
        ('成都"人工智能"pilot', [("成都",), ("人工智能",), ("pilot",)]),
    ],
)
def test_words_and_phrases(text: str, phrases: list[tuple[str, ...]]):
    assert runs(text) == phrases


def test_a_word_with_a_star_may_go_on():
    (one,) = read("comput*").phrases
    assert one.begins
    (glyphs,) = read("算力*").phrases
    assert not glyphs.begins  # Chinese is found in the midst of longer words anyway


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("since:30d", "2026-10-24T09:30:00+08:00"),
        ("since:2w", "2026-11-09T09:30:00+08:00"),
        ("近：3个月", "2026-08-25T09:30:00+08:00"),
        ("since:30", "2026-10-24T09:30:00+08:00"),
        ("since: 7", "2026-11-16T09:30:00+08:00"),
        ("since:yesterday", "2026-11-22T00:00:00+08:00"),
        ("since:昨天", "2026-11-22T00:00:00+08:00"),
        ("自：今天", "2026-11-23T00:00:00+08:00"),
        ("since:2026-11", "2026-11-01T00:00:00+08:00"),
        ("since: today", "2026-11-23T00:00:00+08:00"),
        ("since:2026-10-05", "2026-10-05T00:00:00+08:00"),
        ("since:2026", "2026-01-01T00:00:00+08:00"),
        ("自:2026年10月", "2026-10-01T00:00:00+08:00"),
        ("自:2026年10月8日", "2026-10-08T00:00:00+08:00"),
        ("SINCE:1Y", "2025-11-23T09:30:00+08:00"),
    ],
)
def test_how_far_to_look_back(text: str, since: str):
    query = read(f"算力 {text}")
    assert query.since is not None
    assert query.since.isoformat() == since
    assert runs(f"算力 {text}") == [("算力",)]


def test_filters_in_any_order_and_language():
    query = read("source:经信局 算力 type:measure,目标 band:all")
    assert (query.source, query.types) == ("经信局", ("measure", "target"))
    assert query.bands == ("core", "adjacent", "off")
    assert read('来源："Chengdu Daily" 类型：措施').source == "Chengdu Daily"
    assert read('算力 source:"Chengdu Daily').source == "Chengdu Daily"
    assert read('"compute since:30d').since is not None
    assert read("算力").bands == ON_TOPIC
    assert read("type:measure") == Query(types=("measure",))
    assert read("type:measure type:target").types == ("target",)


@pytest.mark.parametrize(
    ("text", "what", "word"),
    [
        ("", "words", ""),
        ("… ?!", "words", ""),
        ("算力 since:abc", "since", "abc"),
        ("since:2026-13-01", "since", "2026-13-01"),
        ("since:", "since", ""),
        ("since:99999d", "since", "99999d"),
        ("type:nonsense", "type", "nonsense"),
        ("type:", "type", ""),
        ("band:none", "band", "none"),
        ("算力 来源：", "source", ""),
    ],
)
def test_what_nobody_can_look_for_says_what_is_wrong(text: str, what: str, word: str):
    with pytest.raises(Unclear) as unclear:
        read(text)
    assert (unclear.value.what, unclear.value.word) == (what, word)


def test_words_without_filters_may_all_go_on():
    assert [(one.runs, one.begins) for one in phrases_of('vouch "of the" 成都', begins=True)] == [
        (("vouch",), True),
        (("of", "the"), False),
        (("成都",), False),
    ]


@given(st.text() | st.text('成都 ab:"“”*,;since0d来源：', max_size=40))
def test_any_text_is_read_or_refused(text: str):
    try:
        query = read(text)
    except Unclear:
        return
    assert query != Query()
