"""Facts: exact evidence or none, the same after storing as before, found by type and words."""

from datetime import date, timedelta
from typing import get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

import db.articles
import db.facts
from db.columns import storable
from domain.facts.fact import (
    FACT_TYPES,
    Comparator,
    Confidence,
    Evidence,
    Fact,
    Field,
    Moment,
    Precision,
    Status,
    TimeRole,
)
from tests.builders import (
    NOW,
    deadline,
    document,
    evidence,
    fact,
    moment,
    new_article,
    stored_source,
    stored_story,
)


async def kept(database, *articles, source_id=None):
    at = source_id or (await stored_source(database)).id
    async with database.write() as session:
        return await db.articles.add_all(session, at, articles, NOW)


async def found(database, **query):
    async with database.read() as session:
        return await db.facts.search(session, **query)


async def subjects(database, **query):
    return [stated.fact.subject for stated in await found(database, **query)]


def benefit(subject: str, instrument: str) -> Fact:
    return fact(type="measure", subject=subject, attributes={"instrument": instrument})


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
maybe = st.none() | words
days = st.dates(min_value=date(1, 1, 1)).map(date.isoformat)
json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
moments = st.builds(
    Moment,
    role=st.sampled_from(get_args(TimeRole)),
    start=days,
    end=days,
    precision=st.sampled_from(get_args(Precision)),
    text=words,
    clock=maybe,
)


@st.composite
def quotes(draw) -> Evidence:
    start, quote = draw(st.integers(0, 100_000)), draw(words)
    field = draw(st.sampled_from(get_args(Field)))
    return Evidence(start=start, end=start + len(quote), quote=quote, field=field)


facts = st.builds(
    Fact,
    id=words,
    type=st.sampled_from(FACT_TYPES),
    subject=words,
    value=maybe,
    value_high=maybe,
    unit=maybe,
    counted=maybe,
    comparator=st.none() | st.sampled_from(get_args(Comparator)),
    status=st.sampled_from(get_args(Status)),
    time=st.none() | moments,
    attributes=st.dictionaries(words, json, max_size=3),
    evidence=st.lists(quotes(), min_size=1, max_size=4).map(tuple),
    confidence=st.sampled_from(get_args(Confidence)),
    rule=words,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(given_facts=st.lists(facts, min_size=1, max_size=3, unique_by=lambda one: one.id))
async def test_facts_come_back_from_the_tables_as_they_went_in(database, given_facts):
    (number,) = await kept(database, new_article())
    async with database.write() as session:
        await db.facts.add_all(session, [(number, 1, one) for one in given_facts])
    async with database.read() as session:
        returned = (await db.facts.of_articles(session, [number]))[number]
    assert msgspec.to_builtins(returned) == msgspec.to_builtins(tuple(given_facts))
    assert all(isinstance(one, Fact) for one in returned)


async def test_evidence_counts_code_points_on_both_engines(database):
    text = "𠮷野家在成都投资😀1亿元"
    quote = "𠮷野家在成都投资😀1亿元"
    told = fact(evidence=(evidence(quote, text),))
    await kept(database, new_article(text=text, facts=[told]))
    (stated,) = await found(database)
    assert stated.fact.evidence == told.evidence


@pytest.mark.parametrize(
    "inexact",
    [
        {"start": 3, "end": 9},
        {"start": -2, "end": 0},
        {"start": 5, "end": 3},
    ],
)
async def test_a_quote_that_does_not_fit_its_offsets_is_refused(database, inexact):
    told = fact(evidence=(evidence("90", **inexact),))
    with pytest.raises(IntegrityError, match="exact"):
        await kept(database, new_article(facts=[told]))


async def test_a_fact_without_evidence_is_refused(database):
    with pytest.raises(ValueError, match="no evidence"):
        await kept(database, new_article(facts=[fact(evidence=())]))


async def test_what_one_revision_states_twice_under_one_id_is_kept_once(database):
    twice = [fact(id="same", subject="first"), fact(), fact(id="same", subject="second")]
    await kept(database, new_article(facts=twice))
    assert await subjects(database) == ["first", twice[1].subject]


async def test_the_newest_article_comes_first_and_its_facts_in_the_texts_order(database):
    old = new_article(
        published=NOW - timedelta(days=2), facts=[fact(subject="c"), fact(subject="d")]
    )
    new = new_article(published=NOW - timedelta(days=1), facts=[fact(subject="b")])
    undated = new_article(published=None, facts=[fact(subject="a")])
    await kept(database, undated, old, new)
    assert await subjects(database) == ["a", "b", "c", "d"]
    assert await subjects(database, limit=2, offset=1) == ["b", "c"]


async def test_an_article_dated_in_the_future_is_as_new_as_it_was_seen(database):
    future = new_article(published=NOW + timedelta(days=400), facts=[fact(subject="future")])
    source = await stored_source(database)
    now = new_article(published=NOW, facts=[fact(subject="now")])
    await kept(database, now, future, source_id=source.id)
    assert await subjects(database) == ["future", "now"]
    async with database.write() as session:
        later = new_article(published=None, facts=[fact(subject="later")])
        await db.articles.add_all(session, source.id, [later], NOW + timedelta(minutes=1))
    assert (await subjects(database))[0] == "later"


async def test_facts_are_found_by_type(database):
    told = [fact(subject="metric"), deadline(subject="deadline"), document(title="document")]
    await kept(database, new_article(facts=told))
    assert await subjects(database, types=["deadline"]) == ["deadline"]
    assert await subjects(database, types={"metric", "policy_document"}) == ["metric", "document"]


async def test_every_word_must_occur_in_the_subject_a_quote_or_the_title(database):
    text = "算力券:每年发放总额不超过1亿元"
    told = fact(
        subject="Computing vouchers",
        evidence=(evidence("1亿元", text), evidence("不超过", text)),
    )
    await kept(database, new_article(title="成都发布措施", text=text, facts=[told]))
    for hit in ("vouchers", "VOUCHERS computing", "億元", "不超 成都", "  措施   Vouch "):
        assert await subjects(database, words=hit) == ["Computing vouchers"], hit
    for miss in ("vouchers 北京", "每年", "voucherz"):
        assert await subjects(database, words=miss) == [], miss


async def test_facts_of_a_kind_are_found_by_its_name_in_either_language(database):
    told = [
        benefit("企业租用算力", "voucher"),
        benefit("租用办公室", "rent"),
        fact(subject="成都智能规模", attributes={"indicator": "compute_capacity"}),
        document(title="若干工作", kind="plan"),
    ]
    text = "发放算力券，免租金。算力规模达到10000P。工作方案印发。"
    await kept(database, new_article(title="成都发布", text=text, facts=told))
    for words, subject in (
        ("voucher", "企业租用算力"),
        ("vouchers 租用", "企业租用算力"),
        ("rent", "租用办公室"),
        ("compute", "成都智能规模"),
        ('"computing power"', "成都智能规模"),
        ("plan", "若干工作"),
    ):
        assert await subjects(database, words=words) == [subject], words
    assert await subjects(database, words="voucher", types=["measure"]) == ["企业租用算力"]
    for miss in ("vouch", "loan", "compute voucher"):
        assert await subjects(database, words=miss) == [], miss


async def test_a_kind_is_found_in_chinese_where_english_states_it(database):
    told = [benefit("cost of training", "voucher"), benefit("loans to firms", "loan")]
    text = "The city hands out vouchers and pays interest on loans."
    await kept(database, new_article(title="Support", text=text, facts=told))
    assert await subjects(database, words="券") == ["cost of training"]
    assert await subjects(database, words="贴息") == ["loans to firms"]


async def test_what_holds_the_word_itself_is_found_behind_many_others_of_its_kind(
    database, monkeypatch
):
    monkeypatch.setattr(db.facts, "_MOST_FOR_A_KIND", (2, 2))
    monkeypatch.setattr(db.facts, "_KEYS", 2)
    source = await stored_source(database)
    of_kind, words = benefit("new", "voucher"), fact(subject="a voucher for all")
    text = "发放算力券"
    told = [new_article(title="old voucher", facts=[words])]
    told += [new_article(title=f"{n}", text=text, facts=[fact(subject="x")]) for n in range(5)]
    told += [new_article(title="new", text=text, facts=[of_kind])]
    for one in told:
        await kept(database, one, source_id=source.id)
    assert await subjects(database, words="voucher") == ["new", "a voucher for all"]
    assert await subjects(database, words="voucher", limit=1, offset=1) == ["a voucher for all"]


@pytest.mark.parametrize("wildcard", ["%", "_", "/", "\\", "a%l", "a_b", "/%", "'", "a*l"])
async def test_wildcards_are_only_characters(database, wildcard):
    await kept(database, new_article(facts=[fact(subject="all there is")]))
    assert await subjects(database, words=wildcard) == []


async def test_hostile_words_find_nothing_and_break_nothing(database):
    await kept(database, new_article(facts=[fact()]))
    for hostile in ("a\x00b", "\ud800", "x " * 2000, "'; DROP TABLE fact --", "\\" * 500):
        assert await subjects(database, words=hostile) == []
    assert await subjects(database, words="90 " * 2000) != []


async def test_only_what_relevant_articles_say_now_is_found_and_counted(database):
    source = await stored_source(database)
    edited, _ = await kept(
        database,
        new_article(facts=[fact(subject="before")]),
        new_article(band="off", facts=[fact(subject="off")]),
        source_id=source.id,
    )
    async with database.write() as session:
        after = new_article(facts=[fact(subject="after"), fact(subject="too")])
        await db.articles.revise(session, edited, after, NOW)
        assert await db.facts.count(session) == 2
        assert await db.facts.roughly(session) == (2, True)
        number, exact = await db.facts.roughly(session, exact=1)
        assert number >= 2
        assert not exact
    assert await subjects(database) == ["after", "too"]


async def test_a_found_fact_names_its_article_and_number(database):
    await stored_story(database, new_article(title="Told", facts=[fact(time=moment())]))
    (stated,) = await found(database)
    assert stated.article.title == "Told"
    assert stated.article.source_title == "Chengdu Daily"
    assert stated.fact.time == moment()
    async with database.read() as session:
        (same,) = await db.facts.following(session, stated.number - 1, limit=5)
        assert same == stated
        assert await db.facts.following(session, stated.number, limit=5) == []


@given(st.text(st.characters()))
def test_what_is_made_storable_keeps_its_length_and_encodes(text):
    clean = storable(text)
    assert len(clean) == len(text)
    assert "\x00" not in clean
    assert clean.encode().decode() == clean
    assert storable(clean) == clean
