"""Searching: the right articles, newest first, the same from both databases, always up to date."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

import db.articles
import db.corrections
import db.facts
import db.search
import db.sources
import db.terms
from db import address
from db.engine import connect
from db.migrate import downgrade, migrate
from domain.search.key import article_of, key_of, lowest_key
from domain.search.phrase import occur_in
from domain.search.query import Query, Unclear, parse
from jobs.indexing import index_waiting
from tests.builders import NOW, deadline, entry, fact, new_article, stored_source
from tests.db.counting import rows_in


async def kept(database, *articles, source_id=None, now=NOW):
    at = source_id or (await stored_source(database)).id
    async with database.write() as session:
        numbers = await db.articles.add_all(session, at, articles, now)
        await db.search.put_waiting(session, len(articles))
    return numbers


async def titles(database, text, **how):
    query = parse(text, NOW) if isinstance(text, str) else text
    async with database.read() as session:
        answers = await db.search.find(session, query, **how)
    return [one.article.title for one in answers.found]


async def test_an_article_is_found_by_any_word_of_title_and_text(database):
    text = "对企业购买算力服务，给予最高60%的算力券补贴。The city pays a Compute Voucher, résumé."
    await kept(database, new_article(title="成都發布措施", text=text), new_article(title="other"))
    for hit in ("算力券", "算力", "券", "发布", "發佈 成都", "VOUCHER", '"compute voucher"',
                "resume", "comput*",
                "算力券补贴", "成都 voucher", "ＣＩＴＹ", "措", "60"):  # fmt: skip
        assert await titles(database, hit) == ["成都發布措施"], hit
    for miss in (
        "算券",
        "都市",
        "vouch",
        '"voucher compute"',
        "compute 北京",
        "务给",
        "成都city",
        "6",
    ):
        assert await titles(database, miss) == [], miss


async def test_the_newest_comes_first_page_by_page(database):
    hours = [5, 3, 9, 1, 7, 3]
    told = [new_article(title=f"成都 {at}", published=NOW - timedelta(hours=at)) for at in hours]
    await kept(database, *told)
    assert await titles(database, "成都") == [f"成都 {at}" for at in sorted(hours)]
    query, before, pages = parse("成都", NOW), None, []
    while True:
        async with database.read() as session:
            answers = await db.search.find(session, query, before=before, limit=4)
        pages.append([one.article.title for one in answers.found])
        before = answers.before
        if before is None:
            break
    assert pages == [["成都 1", "成都 3", "成都 3", "成都 5"], ["成都 7", "成都 9"]]


async def test_filters_narrow_what_is_found(database):
    first, second = await stored_source(database), await stored_source(database)
    old = entry(title="成都 old", published=NOW - timedelta(days=40))
    await kept(database, new_article(old, facts=[deadline()]), source_id=first.id)
    await kept(
        database,
        new_article(title="成都 new", facts=[fact()]),
        new_article(title="成都 off", band="off"),
        new_article(title="成都 near", band="adjacent", published=NOW - timedelta(hours=2)),
        source_id=second.id,
    )
    assert await titles(database, "成都") == ["成都 new", "成都 near", "成都 old"]
    assert await titles(database, "成都 since:30d") == ["成都 new", "成都 near"]
    assert await titles(database, "成都 type:deadline,target") == ["成都 old"]
    assert await titles(database, "type:metric") == ["成都 new"]
    assert await titles(database, "成都 band:off") == ["成都 off"]
    assert await titles(database, "成都 band:core") == ["成都 new", "成都 old"]
    assert await titles(database, "成都", source_ids=[first.id]) == ["成都 old"]
    assert await titles(database, "成都", source_ids=[]) == []
    assert await titles(database, Query()) == ["成都 new", "成都 near", "成都 old"]


async def test_what_changes_is_found_as_it_stands_now(database):
    source = await stored_source(database)
    (number,) = await kept(
        database, new_article(text="算力券", facts=[fact()]), source_id=source.id
    )
    later = NOW + timedelta(hours=1)
    edited = new_article(title="edited", text="实施细则", band="adjacent", facts=[deadline()])
    async with database.write() as session:
        await db.articles.revise(session, number, edited, later)
    assert await titles(database, "算力券") == []
    assert await titles(database, "细则 type:deadline") == ["edited"]
    assert await titles(database, "细则 type:metric") == []
    assert await titles(database, "细则 band:core") == []
    async with database.write() as session:
        await db.search.drop(session, [number])
        await db.facts.replace_all(session, number, 2, [fact(subject="sandboxes")])
        await db.search.put(session, [number])
    assert await titles(database, "细则 type:metric") == ["edited"]
    async with database.read() as session:
        assert len(await db.facts.search(session, words="sandboxes")) == 1


async def test_a_removed_source_leaves_nothing_in_the_index(database):
    source, other = await stored_source(database), await stored_source(database)
    await kept(
        database, new_article(title="成都 a"), new_article(title="成都 b"), source_id=source.id
    )
    await kept(database, new_article(title="成都 c"), source_id=other.id)
    async with database.write() as session:
        await db.sources.remove(session, source.id)
    assert await titles(database, "成都") == ["成都 c"]
    assert await rows_in(database, "article_search") == 1
    assert await in_index(database, "成都") == 1


async def in_index(database, term):
    """Count the articles that the index itself leads to, known or not."""
    async with database.read() as session:
        connection = await session.connection()
        return len(list(await connection.run_sync(led_to, term)))


async def test_an_edit_leaves_nothing_of_the_words_before_in_the_index(database):
    (number,) = await kept(database, new_article(text="算力券", facts=[fact(subject="沙盒")]))
    assert await in_index(database, "力券") == await in_index(database, "沙盒") == 1
    async with database.write() as session:
        await db.articles.revise(session, number, new_article(text="细则"), NOW)
    assert await in_index(database, "力券") == await in_index(database, "沙盒") == 0
    assert await in_index(database, "细则") == 1


async def test_what_is_rolled_back_is_not_found(database):
    source = await stored_source(database)
    with pytest.raises(IntegrityError):
        await kept(database, new_article(title="成都"), new_article(), source_id=source.id + 1)
    assert await titles(database, "成都") == []
    assert await in_index(database, "成都") == 0


async def test_a_page_looks_into_so_many_articles_and_says_where_to_go_on(database, monkeypatch):
    monkeypatch.setattr(db.search, "MOST_LOOKED_AT", 25)
    # The pairs are all there, the phrase is only in the oldest.
    told = [new_article(title="成都算力", published=NOW - timedelta(days=9))]
    told += [new_article(title="都算力 成都 成都算") for _ in range(60)]
    await kept(database, *told)
    found, pages, before = [], 0, None
    while pages == 0 or before is not None:
        async with database.read() as session:
            answers = await db.search.find(session, parse("成都算力", NOW), before=before)
        found += [one.article.title for one in answers.found]
        pages, before = pages + 1, answers.before
    assert (found, pages) == (["成都算力"], 3)


@pytest.mark.parametrize(
    "hostile",
    ["\x00算力", "\ud800算力", "'; DROP TABLE article --", 'a" OR "b', "NEAR(a b)", "a AND NOT b",
     "terms:a", "a:* & !b", "{a b} : c", "^a + b*", "x " * 2000, "成" * 4000],
)  # fmt: skip
async def test_hostile_words_are_only_words(database, hostile):
    await kept(database, new_article(title="成都"))
    assert await titles(database, hostile) == []


async def test_words_of_any_length_are_found(database):
    word = "x" * 3000
    await kept(database, new_article(text=f"{word} {'字' * 3000}"))
    assert len(await titles(database, word)) == 1
    assert await titles(database, word + "x") == []
    assert len(await titles(database, "字" * 2000)) == 1


@pytest.mark.postgres
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_both_databases_give_the_answers_that_reading_every_article_gives(
    sqlite_url, postgres_url, data
):
    """Random texts and queries out of few characters, so that much is found and nearly found."""
    letters = st.text("成都算力券產产aAbé1，. \x00", max_size=12)
    words = st.lists(
        letters | st.sampled_from(['"', "*", "成都", "算力券"]), min_size=1, max_size=4
    )
    told = data.draw(st.lists(st.tuples(letters, letters, st.integers(0, 5)), max_size=8))
    asked = data.draw(st.lists(words.map(" ".join), min_size=1, max_size=4))
    given_articles = [
        new_article(title=title, text=text, published=NOW - timedelta(minutes=minutes))
        for title, text, minutes in told
    ]
    answers = []
    for url in (sqlite_url, postgres_url):
        database = connect(url)
        numbers = await kept(database, *given_articles)
        order = dict(zip(numbers, given_articles, strict=True))
        answers.append([await positions(database, order, text) for text in asked])
        await forget(database)
        await database.close()
    assert answers[0] == answers[1] == [by_reading(given_articles, text) for text in asked]


async def positions(database, order, text):
    try:
        query = parse(text, NOW)
    except Unclear:
        return None
    async with database.read() as session:
        answers = await db.search.find(session, query, limit=100)
    places = list(order)
    return [places.index(one.article.id) for one in answers.found]


def by_reading(articles, text):
    try:
        query = parse(text, NOW)
    except Unclear:
        return None
    hits = [
        (one.entry.published, at)
        for at, one in enumerate(articles)
        if occur_in(query.phrases, (one.reading.title, one.reading.text))
    ]
    return [at for _, at in sorted(hits, reverse=True)]


async def forget(database):
    async with database.write() as session:
        for one in await db.sources.every(session):
            await db.sources.remove(session, one.id)


def test_articles_from_before_searching_are_found_after_migrating(bare_url):
    migrate(bare_url)
    downgrade(bare_url, "0009")
    engine = sa.create_engine(address.synchronous(bare_url), poolclass=sa.NullPool)
    days = [datetime(2026, 11, day, 1, tzinfo=UTC) for day in (12, 11, 13)]
    with engine.begin() as connection:
        insert_as_before(connection, days)
    migrate(bare_url)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT article_id, key, types FROM article_search"))
        assert sorted(rows) == [
            (at, key_of(when, at), 2 * (at == 2)) for at, when in enumerate(days, start=1)
        ]
        for term, numbers in (("算力", {1, 2, 3}), ("补贴", {2}), ("都算", set())):
            assert {article_of(key) for key in led_to(connection, term)} == numbers


def insert_as_before(connection, days):
    rows = sa.MetaData()
    rows.reflect(connection, only=("source", "article", "fact"))
    connection.execute(
        rows.tables["source"].insert(),
        {"id": 1, "url": "https://a.example/", "kind": "feed", "title": "A", "tier": "media",
         "state": "active", "interval": 900, "failures": 0, "next_at": days[0].replace(tzinfo=None),
         "created_at": days[0].replace(tzinfo=None)},
    )  # fmt: skip
    connection.execute(
        rows.tables["article"].insert(),
        [{"id": at, "source_id": 1, "url": "", "canonical_url": "", "title": f"成都 {at}",
          "text": "算力券", "language": "zh", "content_hash": "", "revision": 1, "band": "core",
          "published": when.replace(tzinfo=None), "first_seen_at": days[2].replace(tzinfo=None),
          "relevance": []} for at, when in enumerate(days, start=1)],
    )  # fmt: skip
    connection.execute(
        rows.tables["fact"].insert(),
        {"id": 1, "article_id": 2, "revision": 1, "fact_id": "f", "position": 0, "type": "measure",
         "subject": "补贴", "status": "in_force", "attributes": {}, "confidence": "high",
         "rule": ""},
    )  # fmt: skip


def led_to(connection, term):
    if connection.dialect.name == "sqlite":
        found = "SELECT rowid FROM article_terms WHERE article_terms MATCH :term"
        return connection.execute(sa.text(found), {"term": f'"{term}"'}).scalars()
    found = "SELECT key FROM article_terms WHERE terms @@ CAST(:term AS tsquery)"
    return connection.execute(sa.text(found), {"term": f"'{term}'"}).scalars()


async def test_what_is_common_is_found_by_walking_and_what_is_rare_by_its_keys(
    database, monkeypatch
):
    told = [new_article(title="成都", published=NOW - timedelta(hours=at)) for at in range(6)]
    await kept(database, *told, new_article(title="成都 券", published=NOW - timedelta(days=9)))
    for few in (3, 100):
        monkeypatch.setattr(db.terms, "_FEW", few)
        assert await titles(database, "成都", limit=2) == ["成都", "成都"]
        assert await titles(database, "成都 券") == ["成都 券"]
        assert len(await titles(database, "成都 since:1d")) == 6


async def test_sqlite_walks_the_index_in_the_order_of_the_answers(sqlite_url):
    """Else a common word costs as much as all articles that have it."""
    database = connect(sqlite_url)
    async with database.read() as session:
        statement = db.search._among(session, parse("成都 since:30d", NOW), None, 10**18, None)
        compiled = statement.compile(
            database.engine.sync_engine, compile_kwargs={"literal_binds": True}
        )
        plan = [row[-1] for row in await session.execute(sa.text(f"EXPLAIN QUERY PLAN {compiled}"))]
    await database.close()
    assert "VIRTUAL TABLE" in plan[0]
    assert not any("TEMP B-TREE" in step for step in plan)


@given(st.datetimes(timezones=st.just(UTC)), st.integers(1, 2**29 - 1))
def test_the_order_of_answers_is_that_of_their_times_and_fits_both_databases(when, number):
    key = key_of(when, number)
    assert article_of(key) == number
    assert lowest_key(when) <= key < 2**63
    assert key_of(when + timedelta(seconds=1), 1) > key or not 1970 <= when.year < 2500


async def test_what_is_about_no_topic_is_found_when_its_turn_has_come(database):
    source = await stored_source(database)
    arrived = [new_article(title="成都 on"), *(new_article(title="成都", band="off"),) * 3]
    async with database.write() as session:
        await db.articles.add_all(session, source.id, arrived, NOW)
    assert await titles(database, "成都 band:all") == ["成都 on"]
    assert await index_waiting(database) == 3
    assert len(await titles(database, "成都 band:all")) == 4
    assert await index_waiting(database) == 0


async def test_an_article_that_is_edited_before_its_turn_is_indexed_once(database):
    source = await stored_source(database)
    async with database.write() as session:
        (number,) = await db.articles.add_all(
            session, source.id, [new_article(title="成都", band="off")], NOW
        )
        await db.articles.revise(session, number, new_article(title="成都 edited"), NOW)
    assert await index_waiting(database) == 0
    assert await titles(database, "成都 band:all") == ["成都 edited"]
