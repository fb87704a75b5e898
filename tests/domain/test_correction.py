"""A wrong fact: what may be put right, and that a decision outlives rereading."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.correction import Correction, NoSuchField, NotInTheQuote, apply, change, corrected
from tests.builders import deadline, evidence, fact
from tests.domain.ledger.builders import measure

TEXT = "算力券每家企业每年最高500万元，按60%抵扣，8月31日前申报。"
QUOTED = (evidence("每家企业每年最高500万元，按60%抵扣，8月31日前", TEXT),)


@pytest.mark.parametrize("text", ["500万", "5000000", "5,000,000", "500万元"])
def test_a_number_is_put_right_where_the_quote_says_it(text):
    wrong = fact(value="5000", unit="CNY", evidence=QUOTED)
    changes = change(wrong, "value", text)
    assert apply(wrong, changes).value == "5000000"


def test_a_number_that_the_quote_does_not_say_is_refused():
    with pytest.raises(NotInTheQuote):
        change(fact(value="5000", evidence=QUOTED), "value", "600万")


def test_an_amount_of_a_measure_is_put_right_by_its_role():
    wrong = measure(evidence=QUOTED)
    right = apply(wrong, change(wrong, "rate", "60"))
    assert [one["value"] for one in right.attributes["amounts"]] == ["60", "5000000"]
    assert wrong.attributes["amounts"][0]["value"] == "60"
    with pytest.raises(NoSuchField):
        change(wrong, "pool", "500万")


def test_a_day_is_put_right_where_the_quote_has_its_month_and_day():
    wrong = deadline(evidence=QUOTED)
    right = apply(wrong, change(wrong, "date", "2026-08-31"))
    assert right.time
    assert (right.time.start, right.time.end, right.time.role) == (
        "2026-08-31",
        "2026-08-31",
        "deadline",
    )
    with pytest.raises(NotInTheQuote):
        change(wrong, "date", "2026-09-30")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("comparator", "le"),
        ("status", "planned"),
        ("unit", "CNY"),
        ("unit", "percent"),
        ("subject", "算力券"),
    ],
)
def test_a_word_of_the_contract_is_taken(name, text):
    assert (
        getattr(apply(fact(evidence=QUOTED), change(fact(evidence=QUOTED), name, text)), name)
        == text
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("comparator", "less"),
        ("status", "wrong"),
        ("unit", "yuan"),
        ("subject", " "),
        ("subject", "长" * 200),
        ("evidence", "x"),
        ("id", "x"),
        ("date", "tomorrow"),
        ("value", "many"),
        ("value", "NaN"),
    ],
)
def test_what_is_no_field_or_no_value_of_it_is_refused(name, text):
    with pytest.raises(NoSuchField):
        change(fact(evidence=QUOTED), name, text)


@given(st.text(max_size=60), st.sampled_from(["value", "cap", "date", "unit", "subject", "x"]))
def test_anything_typed_is_taken_or_refused_and_nothing_else(text, name):
    try:
        found = change(measure(evidence=QUOTED), name, text)
    except (NoSuchField, NotInTheQuote):
        return
    assert apply(measure(evidence=QUOTED), found).evidence == QUOTED


def decision(one, state="hidden", **changes):
    return Correction(
        fact_id=one.id, type=one.type, quote=one.evidence[0].quote, state=state, changes=changes
    )


def test_a_decision_holds_for_the_same_fact_and_for_one_known_by_its_words():
    one = fact(evidence=QUOTED)
    made = decision(one)
    assert corrected([one], [made]) == {one.id: made}
    renamed = replace(one, id="other", subject="better", value="7")
    assert corrected([renamed], [made]) == {"other": made}


def test_words_that_two_facts_share_decide_nothing():
    one = fact(evidence=QUOTED)
    alike = [replace(one, id=name) for name in ("a", "b")]
    assert corrected(alike, [decision(one)]) == {}
    assert corrected([replace(one, id="a", type="event")], [decision(one)]) == {}
