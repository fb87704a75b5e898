"""What every match holds, and where a text can match at all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.text.lexicon import Lexicon, Rule
from domain.text.sieve import Sieve
from domain.text.sought import Sought
from domain.text.stems import stems


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        ("开工|动工", {"开工", "动工"}),
        ("(?:已|将)开工", {"已开工", "将开工"}),
        ("已?开工", {"已开工", "开工"}),
        (r"\bDeadlines?\b", {"deadline", "deadlines"}),
        (r"[^,]{0,8}园区.{2,4}", {"园区"}),
        ("(?:园区)+", {"园区"}),
        (r"(?<!未)动工(?!率)", {"动工"}),
        (r"第\d期工程", {"期工程"}),
    ],
)
def test_stems_are_the_rarest_strings_that_no_match_is_without(pattern, held):
    assert stems(pattern, re.IGNORECASE) == held


@pytest.mark.parametrize("pattern", [r"\d+", "开?", ".", "(?:开工)?", "[^开]", r"开工|\d"])
def test_a_pattern_that_can_match_anything_has_no_stems(pattern):
    assert stems(pattern) is None


def test_what_has_no_stems_is_not_sought():
    with pytest.raises(ValueError, match="no stems"):
        Sought(r"\d+")


@pytest.mark.parametrize("written", ["SUBSIDY", "ſubsidy", "Subsıdy", "subsİdy"])
def test_the_odd_letters_that_a_search_takes_for_plain_ones_are_found_too(written):
    text = f"{'İ' * 200} {'x' * 200} a {written} of ten"
    found = Sought("subsidy", re.IGNORECASE).search(text)
    assert found is not None
    assert found.group() == written


def test_a_sieve_knows_patterns_that_join_after_it_was_asked():
    sieve = Sieve()
    first = sieve.join([frozenset(["开工"])])
    assert sieve.possible(first, "今日开工,明日签约", 0, 9) == [0]
    second = sieve.join([frozenset(["投产"]), frozenset(["签约", "签署"])])
    assert sieve.possible(second, "今日开工,明日签约", 0, 9) == [1]
    assert sieve.possible(second, "今日开工,明日签约", 0, 7) == []
    assert not sieve.has(second, "今日开工,明日签约", 8, 9)


FINDS = ("已.{0,3}开工|动工", "开工(?!率)", "(?<!未)签约", "园区[一二]期", r"^成都|\bGPUs?\b")
RULES = tuple(Rule(id=find, meaning=find, find=find, example="", counter="") for find in FINDS)
TEXTS = st.text("已开工动率未签约园区一二期成都GPUs ,\n", min_size=10, max_size=60)


@pytest.mark.parametrize("lexicon", [Lexicon(RULES, "zh"), Lexicon(RULES, "en")], ids=["zh", "en"])
@settings(deadline=None)
@given(said=TEXTS, at=st.integers(0, 70), length=st.integers(0, 70))
def test_a_lexicon_hits_in_an_article_what_all_its_rules_at_once_would(lexicon, said, at, length):
    article = f"{said}{'、' * 300}"
    flags = re.MULTILINE | (re.IGNORECASE if lexicon.language == "en" else re.NOFLAG)
    once = re.compile("|".join(f"({find})" for find in FINDS), flags)
    wanted = [
        (one.start(), one.end(), FINDS[(one.lastindex or 0) - 1])
        for one in once.finditer(article, at, at + length)
    ]
    hits = [(hit.start, hit.end, hit.rule.id) for hit in lexicon.hits(article, at, at + length)]
    first = lexicon.first(article, at, at + length)
    assert hits == wanted
    assert ((first.start, first.end, first.rule.id) if first else None) == next(iter(wanted), None)
