"""What a chat wants of the stories, and why one is not for it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.highlights import SECTIONS
from domain.rule import (
    USUAL,
    By,
    Objection,
    Rule,
    Sieve,
    admits,
    count_admitted,
    objection,
    read_objection,
    written,
)
from domain.source import TIERS
from tests.builders import article, coverage, deadline, document, fact, relevance, story

MEASURE = fact(type="measure", value=None, unit=None, counted=None, status="in_force")


def told(title: str = "Pilot zone grows", *facts, **given):
    return story(coverage(article(title=title, **given), facts=facts))


def test_the_usual_rule_wants_every_story():
    assert admits(told(language="other", tier="reprint"), USUAL)


@pytest.mark.parametrize(
    ("rule", "by"),
    [
        (Rule(exclude=("zone",)), "exclude"),
        (Rule(include=("quantum",)), "include"),
        (Rule(farthest="interpretation"), "tier"),
        (Rule(languages=("zh",)), "language"),
        (Rule(minimum=0.95), "minimum"),
        (Rule(kinds=("measures", "deadlines")), "kinds"),
        (Rule(barred=("grows",)), "barred"),
    ],
)
def test_each_part_of_a_rule_keeps_out_what_it_says(rule: Rule, by: By):
    found = objection(told(), rule)
    assert found is not None
    assert found.by == by


@pytest.mark.parametrize(
    "rule",
    [
        Rule(exclude=("quantum",)),
        Rule(include=("zone", "quantum")),
        Rule(farthest="media"),
        Rule(languages=("en",)),
        Rule(minimum=0.9),
        Rule(kinds=("news",)),
        Rule(barred=("quantum",)),
    ],
)
def test_each_part_of_a_rule_lets_through_what_it_says(rule: Rule):
    assert admits(told(), rule)


def test_an_objection_names_the_word():
    assert objection(told("招聘：先导区"), Rule(exclude=("robot", "招聘"))) == Objection(
        "exclude", "招聘"
    )


def test_words_are_looked_for_in_title_and_text():
    assert not admits(told(text="A quantum computer"), Rule(exclude=("quantum",)))
    assert admits(told(text="A quantum computer"), Rule(include=("quantum",)))


def test_what_operators_left_out_is_looked_for_in_titles_only():
    assert admits(told(text="A quantum computer"), Rule(barred=("quantum",)))


def test_any_article_may_bring_a_wanted_word_and_the_first_alone_an_unwanted_one():
    two = story(
        coverage(article(id=1, tier="official", title="Notice")),
        coverage(article(id=2, tier="reprint", title="A quantum leap")),
    )
    assert admits(two, Rule(include=("quantum",)))
    assert admits(two, Rule(exclude=("quantum",)))
    assert not admits(two, Rule(exclude=("notice",)))


def test_one_official_article_makes_a_story_official():
    reprint = coverage(article(id=2, tier="reprint"))
    official = coverage(article(id=3, tier="interpretation"))
    rule = Rule(farthest="interpretation")
    assert not admits(story(reprint), rule)
    assert admits(story(reprint, official), rule)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_chinese_is_one_language_in_either_script(language: str):
    assert admits(told(language=language), Rule(languages=("zh",)))
    assert not admits(told(language=language), Rule(languages=("en",)))


def test_a_story_is_of_every_kind_that_it_has_something_of():
    both = told("Zone", deadline(), MEASURE)
    for kind in ("deadlines", "measures"):
        assert admits(both, Rule(kinds=(kind,)))
    assert not admits(both, Rule(kinds=("documents",)))
    assert admits(told("Zone", document(role="primary")), Rule(kinds=("documents",)))
    assert not admits(told("Zone", document(role="cited")), Rule(kinds=("documents",)))


def test_what_is_hardly_sure_or_denied_makes_no_kind():
    unsure = told("Zone", replace(deadline(), confidence="low"))
    denied = told("Zone", replace(MEASURE, status="negated"))
    for one in (unsure, denied):
        assert not admits(one, Rule(kinds=("deadlines", "measures")))


def test_firm_alerts_need_a_document_a_measure_or_a_deadline():
    firm, sieve = Rule(level="firm"), Sieve()
    assert sieve.alert_objection(told(), firm) == Objection("level")
    with_one = replace(told("Zone", deadline()), id=2)
    assert sieve.alert_objection(with_one, firm) is None
    assert admits(told(), firm)


def test_the_most_relevant_article_counts():
    weak = replace(coverage(), relevance=(relevance("adjacent"),))
    assert not admits(story(weak), Rule(minimum=0.75))
    assert admits(story(weak, coverage(article(id=2))), Rule(minimum=0.75))


def test_what_would_have_matched_is_counted():
    some = [replace(told(title), id=at) for at, title in enumerate(("robots", "parks", "a robot"))]
    assert count_admitted(some, Rule(include=("robot*",))) == 2


rules = st.builds(
    Rule,
    kinds=st.sets(st.sampled_from(SECTIONS), min_size=1).map(
        lambda chosen: tuple(one for one in SECTIONS if one in chosen)
    ),
    languages=st.sampled_from(((), ("en",), ("zh",))),
    minimum=st.sampled_from((0.0, 0.75, 0.95)),
    include=st.lists(st.sampled_from(("zone", "quantum", "算力")), max_size=2).map(tuple),
    exclude=st.lists(st.sampled_from(("grows", "robot*")), max_size=2).map(tuple),
    farthest=st.sampled_from(TIERS),
)


@given(st.lists(rules, min_size=1, max_size=8))
def test_one_sieve_for_many_rules_says_what_each_says_alone(some: list[Rule]):
    sieve = Sieve()
    stories = [replace(told(), id=1), replace(told("算力券", deadline(), language="zh-Hans"), id=2)]
    for rule in some:
        for one in stories:
            assert sieve.objection(one, rule) == objection(one, rule)


@given(rules, st.sampled_from(("zone", "robot*", "无关")))
def test_a_further_word_that_is_never_wanted_lets_nothing_more_through(rule: Rule, word: str):
    stricter = replace(rule, exclude=(*rule.exclude, word))
    for one in (told(), told("算力券", deadline(), language="zh-Hans")):
        assert admits(one, rule) or not admits(one, stricter)


@pytest.mark.parametrize("one", [Objection("muted"), Objection("exclude", "pilot zone")])
def test_an_objection_is_read_as_it_was_written(one: Objection):
    assert read_objection(written(one)) == one


@pytest.mark.parametrize("text", [None, "", "told in a digest", "left out by nobody"])
def test_other_reasons_are_no_objection(text: str | None):
    assert read_objection(text) is None
