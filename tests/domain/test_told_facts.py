"""What a story states, each fact by the article nearest to the original that states it."""

from domain.told_facts import told_facts
from tests.builders import article, coverage, deadline, document, fact, story


def test_facts_of_the_original_come_first_and_others_add_what_it_does_not_state():
    original = coverage(
        article(id=2, tier="official"), facts=[fact(subject="重点企业", value="90")]
    )
    press = coverage(
        article(id=1, tier="media"),
        facts=[fact(subject="key firms", value="90"), fact(subject="institutions", value="200")],
    )
    found = [(one.article.id, one.fact.subject) for one in told_facts(story(press, original))]
    assert found == [(2, "重点企业"), (1, "institutions")]


def test_what_is_known_is_told_by_number_and_day_not_by_its_words():
    one = [
        document(title="算力券通知", number="成经信发〔2026〕41号"),
        deadline(subject="网上申报"),
    ]
    other = [
        document(title="Voucher notice", number="成经信发〔2026〕41号"),
        deadline(subject="Bids"),
    ]
    told = story(coverage(article(id=1), facts=one), coverage(article(id=2), facts=other))
    assert {one.article.id for one in told_facts(told)} == {1}


def test_two_facts_of_one_article_with_the_same_figure_are_both_told():
    facts = [fact(subject="hospitals", value="12"), fact(subject="schools", value="12")]
    assert len(told_facts(story(coverage(facts=facts)))) == 2


def test_measures_are_the_same_by_their_sums():
    half = ({"role": "rate", "value": "50", "unit": "percent"},)
    third = ({"role": "rate", "value": "30", "unit": "percent"},)
    told = story(
        coverage(article(id=1), facts=[fact(type="measure", attributes={"amounts": half})]),
        coverage(
            article(id=2),
            facts=[
                fact(type="measure", subject="rent", attributes={"amounts": half}),
                fact(type="measure", subject="loans", attributes={"amounts": third}),
            ],
        ),
    )
    assert [one.fact.subject for one in told_facts(told)][1:] == ["loans"]
