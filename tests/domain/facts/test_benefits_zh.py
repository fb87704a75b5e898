"""What a sentence of a support policy promises, and how its sums fall into benefits."""

import re
from decimal import Decimal

import pytest

from domain.facts.fact import Fact
from domain.reading import read
from tests.domain.facts import benefit_pages_zh, benefits_zh

COMPARED = {"≤": "le", "≥": "ge", ">": "gt", "<": "lt"}
SCALES = {"万": 10_000, "亿": 100_000_000}
AMOUNT = re.compile(
    r"(?P<role>\w+) (?P<sign>[≤≥><]?)(?P<value>[\d.]+)(?P<scale>[万亿]?)"
    r"(?:~(?P<high>[\d.]+)(?P<high_scale>[万亿]?))?(?P<percent>%?(?:~[\d.]+%)?)"
    r"(?:/(?P<period>\w+))?(?: (?P<currency>[A-Z]{3}))?"
)
EVERY = [
    (text, expected)
    for family in (
        benefits_zh.ONE_BENEFIT,
        benefits_zh.RATES,
        benefits_zh.POOLS,
        benefits_zh.PER_UNIT,
        benefits_zh.TIERS,
        benefits_zh.SEVERAL,
        benefits_zh.CONDITIONS,
        benefits_zh.LABELLED,
        benefits_zh.PASSAGES,
    )
    for text, expected in family
]


def _number(digits: str, scale: str) -> str:
    return f"{(Decimal(digits) * SCALES.get(scale, 1)).normalize():f}"


def _wanted(line: str) -> list[tuple[str, ...]]:
    """One amount of an expectation, in the words of a fact's amount."""
    found = []
    for part in line.split(" + "):
        one = AMOUNT.fullmatch(part.strip())
        assert one is not None, part
        high = one["high"] and _number(one["high"], one["high_scale"] or "")
        unit = "percent" if one["percent"] else one["currency"] or "CNY"
        if "~" in one["percent"]:
            high = _number(one["percent"].strip("%~").split("~")[-1].strip("%"), "")
        comparator = "range" if high else COMPARED.get(one["sign"], "eq")
        value = _number(one["value"], one["scale"])
        found.append((one["role"], value, high or "", unit, comparator, one["period"] or ""))
    return sorted(found)


def _said(fact: Fact, wanted: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A fact's amounts; thresholds and periods only where the expectation has them."""
    amounts = fact.attributes["amounts"]
    roles = {one[0] for one in wanted}
    with_period = {one[:2] for one in wanted if one[5]}
    return sorted(
        (
            one["role"],
            one["value"],
            one.get("value_high") or "",
            one["unit"],
            one["comparator"],
            (one.get("period") or "") if (one["role"], one["value"]) in with_period else "",
        )
        for one in amounts
        if one["role"] != "threshold" or "threshold" in roles
    )


def _read(text: str, title: str = "若干政策措施") -> list[Fact]:
    facts = read(text, title=title, published="2025-08-28").facts
    return [fact for fact in facts if fact.type == "measure"]


@pytest.mark.parametrize(("text", "expected"), EVERY, ids=[text for text, _ in EVERY])
def test_a_sentence_promises_what_it_says(text: str, expected: str) -> None:
    wanted = [_wanted(line) for line in expected.split(" | ")]
    everything = [one for line in wanted for one in line]
    assert sorted(_said(fact, everything) for fact in _read(text)) == sorted(wanted)


@pytest.mark.parametrize(("title", "text", "expected"), benefit_pages_zh.PAGES)
def test_a_page_promises_what_it_says(title: str, text: str, expected: str) -> None:
    wanted = [_wanted(line) for line in expected.split(" | ") if line]
    everything = [one for line in wanted for one in line]
    assert sorted(_said(fact, everything) for fact in _read(text, title)) == sorted(wanted)


@pytest.mark.parametrize("text", benefits_zh.NOTHING)
def test_a_sum_that_nobody_receives_is_no_benefit(text: str) -> None:
    assert _read(text) == []
