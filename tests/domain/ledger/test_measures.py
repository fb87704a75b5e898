"""The same measure from several sources is one; what contradicts it stands beside it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.measures import agree, compare, join, sameness
from tests.builders import evidence
from tests.domain.ledger.builders import amount, measure, stated


def test_the_same_measure_from_three_sources_is_one_row_led_by_the_official_one():
    told = [stated(measure(), source=1), stated(measure("发放算力券"), source=2, tier="official")]
    told.append(stated(measure(), source=3, tier="reprint"))
    (entry,) = join(told)
    assert entry.lead.article.tier == "official"
    assert entry.sources == 3
    assert entry.disputed == ()


def test_another_cap_is_shown_beside_it_not_settled():
    told = [stated(measure(), source=1, tier="official")]
    other = measure("算力券", amount("rate", "60", "percent"), amount("cap", "3000000"))
    told.append(stated(other, source=2))
    (entry,) = join(told)
    assert [one.article.source_id for one in entry.disputed] == [2]
    assert entry.sources == 1


def test_amounts_need_no_language():
    english = stated(measure("compute vouchers"), source=2)
    (entry,) = join([stated(measure(), tier="official"), english])
    assert entry.confirmed == (english,)


def test_one_common_amount_across_languages_is_a_coincidence():
    one = measure("算力券", amount("cap", "5000000"), amount("rate", "60", "percent"))
    other = measure("rent relief", amount("cap", "5000000"), instrument="rent")
    assert sameness(one, other) == 0
    assert len(join([stated(one, source=1), stated(other, source=2)])) == 2


def test_two_awards_of_one_article_stay_two():
    first = measure(
        "国家级人工智能企业技术中心奖励", amount("fixed", "3000000"), instrument="award"
    )
    second = measure("省级人工智能企业技术中心奖励", amount("fixed", "1000000"), instrument="award")
    told = [stated(first, id=7), stated(second, id=7)]
    assert len(join(told)) == 2


def test_a_role_that_only_one_names_contradicts_nothing():
    less = stated(measure("算力券", amount("cap", "5000000")))
    assert agree(stated(measure()), less)


@given(st.permutations([("official", "5000000"), ("media", "5000000"), ("reprint", "3000000")]))
def test_the_order_of_arrival_makes_no_difference(order):
    told = [
        stated(
            measure("算力券", amount("rate", "60", "percent"), amount("cap", cap)),
            source=at,
            tier=tier,
        )
        for at, (tier, cap) in enumerate(order)
    ]
    (entry,) = join(told)
    assert entry.lead.article.tier == "official"
    assert [one.article.tier for one in entry.confirmed] == ["media"]
    assert [one.article.tier for one in entry.disputed] == ["reprint"]


def test_versions_are_compared_amount_by_amount():
    before = [measure(), measure("首版次软件奖励", amount("fixed", "1000000"), instrument="award")]
    after = [
        measure(
            "算力券", amount("rate", "50", "percent"), amount("cap", "8000000"), amount("pool", "1")
        ),
        measure("数据采购补贴", amount("cap", "2000000"), instrument="subsidy"),
    ]
    changed, new, gone = compare(before, after)
    shifts = [(one.role, one.direction) for one in changed.shifts]
    assert shifts == [("pool", "new"), ("rate", "down"), ("cap", "up")]
    assert (new.before, new.after) == (None, after[1])
    assert (gone.before, gone.after) == (before[1], None)


def test_what_has_not_changed_comes_last_without_shifts():
    (same,) = compare([measure()], [measure()])
    assert same.shifts == ()
    assert compare([], []) == ()


def test_another_unit_is_a_change_of_no_direction():
    before = [measure("算力券", amount("cap", "5", "CNY"))]
    after = [measure("算力券", amount("cap", "6", "percent"))]
    (changed,) = compare(before, after)
    assert [one.direction for one in changed.shifts] == ["changed"]


def test_a_measure_that_was_put_in_other_words_is_known_by_its_kind_and_an_amount():
    before = measure("市经信局", amount("pool", "100000000"), amount("rate", "50", "percent"))
    after = measure("市级财政", amount("pool", "100000000"), amount("rate", "60", "percent"))
    old = "每年发放总额不超过1亿元的算力券，按不超过50%给予补助"
    new = "市级财政每年发放算力券总额不超过1亿元，按不超过60%给予补助"
    (changed,) = compare(
        [replace(before, evidence=(evidence(old, old),))],
        [replace(after, evidence=(evidence(new, new),))],
    )
    assert [(one.role, one.direction) for one in changed.shifts] == [("rate", "up")]


def test_in_the_same_words_but_another_figure_two_articles_contradict_each_other():
    official = stated(
        measure(
            "支持模型备案",
            amount("fixed", "1000000"),
            instrument="award",
            evidence=(evidence("对首次通过国家备案的大模型，给予一次性奖励100万元"),),
        ),
        source=1,
        tier="official",
    )
    paper = stated(
        measure(
            "每年发放算力券",
            amount("fixed", "800000"),
            instrument="award",
            evidence=(evidence("首次通过国家备案的大模型，一次性奖励80万元"),),
        ),
        source=2,
    )
    (entry,) = join([paper, official])
    assert entry.lead is official
    assert entry.disputed == (paper,)


def test_an_english_report_of_the_programme_alone_confirms_it():
    official = stated(
        measure("支持企业使用算力", amount("pool", "150000000"), amount("rate", "30", "percent")),
        tier="official",
    )
    report = stated(
        measure("The city will issue vouchers", amount("pool", "150000000"), instrument="other"),
        source=2,
    )
    (entry,) = join([official, report])
    assert entry.confirmed == (report,)
