"""Every rule finds its example and lets its counter-example pass."""

import re
from pathlib import Path

import pytest

import domain.facts.rules
import domain.text
from domain.text.fold import fold
from domain.text.lexicon import Lexicon, Rule, rules_in

PACKAGES = (domain.facts.rules.__name__, domain.text.__name__)


def every_rule() -> list[tuple[str, Rule]]:
    found = []
    for package in PACKAGES:
        folder = Path(str(__import__(package, fromlist=["_"]).__file__)).parent
        for path in sorted(folder.glob("*.toml")):
            for language in ("zh", "en"):
                if path.stem != "words":
                    found += [(language, one) for one in rules_in(package, path.stem, language)]
    return found


RULES = every_rule()


@pytest.mark.parametrize(("language", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_a_rule_finds_its_example_and_not_its_counter_example(language, rule):
    lexicon = Lexicon((rule,), language)
    example, counter = fold(rule.example), fold(rule.counter)
    assert lexicon.first(example, 0, len(example)) is not None
    assert lexicon.first(counter, 0, len(counter)) is None


def test_no_two_rules_share_an_id():
    ids = [rule.id for _, rule in RULES]
    assert len(ids) == len(set(ids))


def test_every_repeat_of_a_rule_is_bounded():
    unbounded = [rule.id for _, rule in RULES if re.search(r"(?<!\\)[*+](?!\?)", _plain(rule.find))]
    assert unbounded == []


def _plain(pattern: str) -> str:
    """A pattern without its character classes, its one-letter repeats and its possessives."""
    without_classes = re.sub(r"\[[^\]]*\]|\\.", "x", pattern)
    return without_classes.replace("x*", "").replace("x+", "")
