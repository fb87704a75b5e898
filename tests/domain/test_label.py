"""What a measure is called in a message: the part of its subject that names the benefit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts.label import label
from tests.builders import fact


@pytest.mark.parametrize(
    ("subject", "short"),
    [
        ("算力券", "算力券"),
        (
            "支持标准 对租用本市智能算力开展模型训练与推理的企业，按实际支出给予补贴 最高300万元",
            "按实际支出给予补贴",
        ),
        ("在专项政策方面 今年全市安排 人工智能人才公寓租金补贴 每月", "人工智能人才公寓租金补贴"),
        (
            "Compute purchase support: 35% where more than half of the computing power is domestic",
            "Compute purchase support",
        ),
        (
            "Tenants pay no rent in their first year, and may claim money for computing costs",
            "Tenants pay no rent in their first year",
        ),
    ],
)
def test_a_long_subject_is_called_by_the_part_that_names_the_benefit(subject, short):
    assert label(fact(type="measure", subject=subject)) == short


def test_other_facts_are_called_by_their_whole_subject():
    subject = "成都高新区人工智能产业产值，其中智能制造、机器人、大模型与其他各个领域合计的产业产值"
    assert label(fact(type="metric", subject=subject)) == subject


@given(st.text(min_size=1))
def test_a_name_is_never_longer_than_its_subject_and_empty_only_with_it(subject):
    short = label(fact(type="measure", subject=subject))
    assert len(short) <= len(subject)
    assert bool(short) == bool(subject.split())
