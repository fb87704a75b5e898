"""What a document comes to from many claims of it: the original's word, variants beside it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents.document import Claim, Document, changes, settle
from domain.source import TIERS

NUMBER = "成办发〔2020〕97号"


def claim(number=NUMBER, title="支持人工智能产业发展若干措施", **given):
    return Claim(title=title, number=number, **given)


def test_a_reprints_slip_does_not_overwrite_the_original_but_is_shown():
    official = claim(tier="official", role="primary", first_hand=True)
    reprints = [claim("成发办〔2020〕97号", tier="reprint", role="primary") for _ in range(5)]
    for claims in ([official, *reprints], [*reprints, official]):
        document = settle(claims)
        assert document.number == NUMBER
        assert document.variants == ("成发办〔2020〕97号",)


def test_among_equals_the_many_are_believed():
    claims = [claim("成发办〔2020〕97号"), claim(), claim()]
    assert settle(claims).number == NUMBER


def test_a_spelling_is_no_variant():
    assert settle([claim(), claim("成办发[2020] 97号")]).variants == ()


def test_the_chinese_number_is_shown_before_its_romanisation():
    claims = [claim("Cheng Ban Fa 〔2020〕 No. 97", tier="official", role="primary"), claim()]
    assert settle(claims).number == NUMBER


def test_a_number_that_was_open_is_filled_in_by_the_final_one():
    draft = claim("成经信发〔2025〕X号", tier="official", role="primary", stage="draft")
    final = claim("成经信发〔2025〕12号", tier="media", role="primary", stage="issued")
    assert settle([draft]).number == "成经信发〔2025〕X号"
    assert settle([draft, final]).number == "成经信发〔2025〕12号"
    assert settle([draft, final]).stage == "issued"


def test_a_citation_fills_gaps_and_the_document_itself_overrules():
    cited = claim(title="措施", kind="other", issuers=("市政府",))
    own = claim(tier="official", role="primary", first_hand=True, kind="measures")
    document = settle([cited, own])
    assert (document.title, document.kind, document.issuers) == (own.title, "measures", ("市政府",))
    assert document.aliases == ("措施",)


def test_the_title_is_the_documents_own_not_its_wrapping_nor_its_number():
    wrapped = claim(title="关于印发《算力券管理细则》的通知", tier="official", role="primary")
    bare = claim(title=NUMBER, tier="official", role="primary", first_hand=True)
    assert settle([bare, wrapped, claim(title="算力券管理细则")]).title == "算力券管理细则"


def test_repeal_is_told_by_another_document():
    own = claim(tier="official", role="primary", first_hand=True, stage="issued")
    assert settle([own, claim(tier="official", stage="repealed")]).stage == "repealed"
    assert settle([own, claim(tier="media", stage="repealed")]).stage == "issued"


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2025, 8, 1), "announced"),
        (date(2025, 9, 1), "in_force"),
        (date(2028, 8, 31), "in_force"),
        (date(2028, 9, 1), "expired"),
    ],
)
def test_how_it_stands_depends_on_the_day(today, status):
    document = Document(
        title="措施", stage="issued", effective_on=date(2025, 9, 1), expires_on=date(2028, 8, 31)
    )
    assert document.status(today) == status


def test_what_was_repealed_or_is_a_draft_has_no_other_status():
    assert Document(title="x", stage="repealed").status(date(2025, 1, 1)) == "repealed"
    assert Document(title="x", stage="draft").status(date(2025, 1, 1)) == "draft"
    assert Document(title="x").status(date(2025, 1, 1)) == "unknown"
    call = Document(title="关于组织申报算力券的通知", stage="issued")
    assert call.status(date(2025, 1, 1)) == "issued"


def test_what_became_of_it_is_told_and_what_was_only_learnt_is_not():
    before = Document(title="x", stage="draft", expires_on=date(2027, 1, 1))
    after = Document(
        title="x",
        number=NUMBER,
        stage="issued",
        effective_on=date(2025, 1, 1),
        expires_on=date(2028, 1, 1),
    )
    assert changes(before, after) == (
        ("stage", "draft", "issued"),
        ("number", None, NUMBER),
        ("expires_on", "2027-01-01", "2028-01-01"),
    )
    assert changes(after, after) == ()
    assert changes(Document(title="x"), after) == ()


claims = st.builds(
    Claim,
    title=st.sampled_from(("算力券管理细则", "细则", "关于印发《算力券管理细则》的通知")),
    number=st.sampled_from((None, NUMBER, "成发办〔2020〕97号", "成办发〔2020〕X号", "甲1号")),
    alias=st.sampled_from((None, "细则")),
    stage=st.sampled_from((None, "draft", "issued", "revised", "repealed")),
    role=st.sampled_from(("primary", "cited")),
    tier=st.sampled_from(TIERS),
    first_hand=st.booleans(),
)


@given(st.lists(claims, min_size=1, max_size=8))
def test_what_an_official_original_says_always_stands(told):
    original = Claim(
        title="算力券管理细则", number=NUMBER, role="primary", tier="official", first_hand=True
    )
    others = [one for one in told if one.tier != "official" and not one.first_hand]
    document = settle([*others, original])
    assert (document.title, document.number) == (original.title, NUMBER)
    assert NUMBER not in document.variants


def test_nobodys_claims_are_no_document():
    with pytest.raises(ValueError, match="nobody"):
        settle([])


def test_the_dates_and_the_title_of_a_draft_end_with_it():
    draft = claim(
        "成办发〔2020〕X号",
        title="支持人工智能产业发展若干措施（征求意见稿）",
        tier="official",
        role="primary",
        first_hand=True,
        stage="draft",
        expires_on=date(2025, 5, 22),
    )
    final = claim(tier="media", role="primary", stage="issued", effective_on=date(2025, 9, 1))
    assert settle([draft]).expires_on == date(2025, 5, 22)
    document = settle([draft, final])
    assert (document.title, document.number) == (final.title, NUMBER)
    assert (document.effective_on, document.expires_on) == (date(2025, 9, 1), None)
