"""Which facts a reader sees first."""

from dataclasses import replace

from domain.highlights import facts_of, highlights, ordered, section
from tests.builders import article, coverage, deadline, document, fact, moment, story

VOUCHER = fact(
    type="measure",
    subject="compute vouchers",
    value=None,
    attributes={"amounts": [{"role": "cap", "value": "5000000", "unit": "CNY"}]},
)
SCALE = fact(
    type="target",
    subject="scale of the industry",
    value="260000000000",
    unit="CNY",
    comparator="gt",
    time=moment(),
)
PLAN = document("成办规〔2025〕6号", "政策措施", role="primary")
CITED = document("国发〔2025〕11号", "意见")


def numbered(count: int, **given):
    return [fact(subject=f"figure {number}", value=str(number), **given) for number in range(count)]


def test_what_binds_comes_before_what_is_aimed_at():
    chosen = highlights([*numbered(5), SCALE, VOUCHER, PLAN], 3)
    assert chosen == (PLAN, VOUCHER, SCALE)


def test_figures_do_not_crowd_out_the_one_target():
    assert SCALE in highlights([*numbered(8), SCALE], 3)


def test_what_is_said_twice_counts_once():
    again = replace(SCALE, id="again")
    assert highlights([SCALE, again], 5) == (SCALE,)
    assert ordered([SCALE, again]) == (SCALE,)


def test_cited_documents_and_doubtful_facts_stay_behind():
    doubtful = fact(type="measure", subject="rumour", confidence="low")
    assert highlights([CITED, doubtful, fact()], 1)[0].type == "metric"


def test_a_story_with_few_facts_shows_what_there_is():
    assert highlights([], 5) == ()
    assert highlights([CITED], 5) == (CITED,)


def test_a_story_stands_under_its_strongest_fact():
    def placed(*facts):
        return section(story(coverage(facts=facts)))

    assert placed(SCALE, VOUCHER, deadline(), PLAN) == "documents"
    assert placed(SCALE, VOUCHER, deadline(), CITED) == "deadlines"
    assert placed(SCALE, VOUCHER) == "measures"
    assert placed(SCALE) == "figures"
    assert placed(CITED) == "news"
    assert placed() == "news"
    assert placed(replace(VOUCHER, confidence="low")) == "news"


def test_the_facts_of_a_story_are_those_of_its_original():
    original = article(id=2, tier="official")
    told = story(coverage(facts=[SCALE]), coverage(original, facts=[PLAN]))
    assert facts_of(told) == (PLAN,)
    bare = story(coverage(facts=[SCALE]), coverage(original))
    assert facts_of(bare) == (SCALE,)


def test_a_document_that_is_only_named_comes_after_every_figure():
    cited = document(number=None, title="14th Five-Year Plan", role="cited")
    figures = [fact(value=str(number), subject=f"figure {number}") for number in range(3)]
    assert cited not in highlights([cited, *figures], 3)
