"""How the weights of relevance are found."""

import random

from bench.fitting import Labelled, cross_validated, fitted, said
from domain.judging import IS_OWN, TOUCHES


def row(**known):
    return dict.fromkeys((*TOUCHES, *IS_OWN), 0.0) | known


def cases():
    chance = random.Random(1)
    for _ in range(40):
        yield Labelled(row(place=chance.uniform(2, 3), about=2.0), None, "core")
        yield Labelled(row(place=chance.uniform(2, 3), about=0.5), None, "adjacent")
        yield Labelled(row(place=chance.uniform(0, 1), about=2.0), None, "off")


def test_what_tells_the_cases_apart_is_found_also_without_the_case_itself():
    assert all(
        band == answer
        for (_, _, band), (answer, _) in zip(cases(), cross_validated(list(cases())), strict=True)
    )


def test_a_trait_that_speaks_against_its_meaning_is_left_out():
    upside_down = [
        Labelled(row(place=2.0, title_rival=1.0), None, "core"),
        Labelled(row(place=0.0, title_rival=0.0), None, "off"),
    ]
    touches, _ = fitted([*upside_down, *cases()])
    assert touches["title_rival"] == 0.0
    assert touches["place"] > 0


def test_articles_that_were_moved_teach_what_is_off():
    away = row(place=2.5, place_late=2.0)
    taught = [one._replace(moved=away) if one.band == "core" else one for one in cases()]
    assert said(fitted(list(cases())), away) != "off"
    assert said(fitted(taught), away) == "off"


def test_what_nothing_is_judged_by_is_off():
    assert said(({"": 1.0}, {"": 1.0}), None) == "off"
