"""What a Chinese notice says is due, by when, and what is not."""

import pytest

from domain.reading import read
from tests.domain.facts import deadlines_zh


def _due(text: str) -> list[tuple[str, str, str]]:
    facts = read(text, title="关于组织申报人工智能项目的通知", published="2025-08-20").facts
    return [
        (str(fact.attributes["kind"]), fact.time.end, fact.time.clock or "")
        for fact in facts
        if fact.type == "deadline" and fact.time
    ]


@pytest.mark.parametrize(("text", "expected"), deadlines_zh.DUE + deadlines_zh.TABLES)
def test_a_notice_says_what_is_due(text: str, expected: str) -> None:
    wanted = [one.split(" ") for one in expected.split(" | ")]
    found = _due(text)
    assert [(day, clock) for _, day, clock in found] == [
        (one[1], one[2] if len(one) > 2 else "") for one in wanted
    ]
    kinds = [kind in one[0].split("/") for (kind, _, _), one in zip(found, wanted, strict=True)]
    assert all(kinds), found


@pytest.mark.parametrize("text", deadlines_zh.NOT_DUE)
def test_a_day_on_which_nobody_has_to_act_is_no_deadline(text: str) -> None:
    assert _due(text) == []
