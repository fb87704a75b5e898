"""What titles have in common, and where in the chain of a policy they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents.title import alike, is_specific, key, step

TITLE = "成都市人工智能算力券管理细则"


@pytest.mark.parametrize(
    "wrapped",
    [
        "《成都市人工智能算力券管理细则》",
        "成都市人工智能算力券管理细则（试行）",
        "成都市人工智能算力券管理细则(征求意见稿)",
        "成都市经信局关于印发《成都市人工智能算力券管理细则》的通知",
        "关于印发成都市人工智能算力券管理细则的通知",
        "关于公开征求《成都市人工智能算力券管理细则（征求意见稿）》意见的公告",
        "成都市人工智能算力券 管理细则",
        "成都市人工智能算力券管理細則",
    ],
)
def test_a_title_is_the_same_however_it_is_wrapped(wrapped):
    assert key(wrapped) == key(TITLE)


def test_other_rules_are_another_document():
    assert key(TITLE) != key("成都市人工智能算力券管理办法")
    assert key("The AI Plan (draft)") == key("AI plan")


@given(st.text(max_size=500))
def test_any_text_has_a_key_that_does_not_change_when_taken_again(text):
    assert key(key(text)).isalnum() or key(text) == ""


@pytest.mark.parametrize(
    ("title", "where"),
    [
        ("成都市建设人工智能产业新高地若干政策措施", "policy"),
        ("成都市算力券实施细则", "rules"),
        ("关于印发《成都市算力券实施细则》的通知", "rules"),
        ("关于组织申报2025年度第二批成都市人工智能算力券的通知", "notice"),
        ("2025年双流区“AI+航空”应用示范项目征集公告", "notice"),
        ("2023年度成都市人工智能专项资金拟支持项目公示", "list"),
        ("2025年第四季度成都市算力券兑付结果通告", "list"),
        ("《成都市人工智能算力券发放与核销管理办法》政策问答", "interpretation"),
        ("Compute vouchers 2026: frequently asked questions", "interpretation"),
        ("Detailed Implementation Rules of Qingyang District", "rules"),
        ("Call for applications: 2025 AI Scenario Fund", "notice"),
        ("Three-Year Action Plan", "policy"),
    ],
)
def test_a_title_says_where_in_the_chain_it_stands(title, where):
    assert step(title) == where


def test_a_drafts_title_may_differ_by_a_word_but_never_by_a_figure():
    draft = key("成都市打造人工智能产业发展高地若干政策（征求意见稿）")
    assert alike(draft, key("成都市打造人工智能产业发展新高地若干政策"))
    assert not alike(key("关于申报2024年度算力券的通知"), key("关于申报2025年度算力券的通知"))
    assert not alike(key("若干政策"), key("若干政策措施"))


def test_a_short_form_alone_names_no_document():
    assert not is_specific("若干政策")
    assert is_specific(TITLE)
