"""Who signs an act stands below it, above a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents.signoff import signed


@pytest.mark.parametrize(
    ("below", "issuers", "day"),
    [
        ("成都市经济和信息化局\n2026年11月20日", ("成都市经济和信息化局",), date(2026, 11, 20)),
        ("成都市數據局\n2026 年 3 月 2 日", ("成都市數據局",), date(2026, 3, 2)),
        (
            "成都市科学技术局 成都市财政局\n二〇二五年十一月三十日\n联系人：王老师",
            ("成都市科学技术局", "成都市财政局"),
            date(2025, 11, 30),
        ),
        (
            "成都市人民政府办公厅\n2026年11月29日\n成都市支持智能体产业发展的若干措施\n第一条 略。",
            ("成都市人民政府办公厅",),
            date(2026, 11, 29),
        ),
    ],
)
def test_the_body_above_the_day_signs(below, issuers, day):
    found = signed(f"各有关单位：\n现将有关事项通知如下。\n{below}")
    assert found == (issuers, day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026年11月30日",
        "成都市经济和信息化局",
        "会议由成都市经济和信息化局主持。\n2026年11月30日",
        "成都市经济和信息化局\n2026年13月30日",
        "成都市经济和信息化局\n二零二五年十三月三日",
        "成都市经济和信息化局\n2026年11月30日举行会议",
    ],
)
def test_anything_else_signs_nothing(text):
    assert signed(text) is None


@given(st.text(alphabet="成都市局委厅 、年月日二〇2026十\n()", max_size=300))
def test_any_lines_can_be_looked_at(text):
    found = signed(text)
    assert found is None or found.issuers
