"""Exports: every row once, JSON-ready, the same columns in the same order throughout."""

import json
from datetime import date

import msgspec
import pytest

import db.articles
import db.export
from tests.builders import (
    NOW,
    deadline,
    document,
    fact,
    new_article,
    relevance,
    stored_source,
    stored_story,
)


async def exported(database, table):
    async with database.read() as session:
        return [row async for row in db.export.rows(session, table)]


@pytest.fixture
async def full(database):
    source = await stored_source(database, title="成都日报", tier="official")
    told = [fact(subject="90 enterprises"), deadline(date(2026, 12, 31)), document("甲1号")]
    amount = {"role": "cap", "value": "5000000", "unit": "CNY", "comparator": "le"}
    told.append(fact(type="measure", subject="算力券", attributes={"amounts": [amount]}))
    await stored_story(
        database,
        new_article(title="One", url="https://a.example/1", published=None, facts=told),
        new_article(title="Two", facts=[fact(), document("甲1号", role="primary")]),
        source_id=source.id,
    )
    async with database.write() as session:
        off = new_article(title="Off", band="off")
        await db.articles.add_all(session, source.id, [off], NOW)
    return database


async def test_all_tables_are_json_with_the_same_columns_in_every_row(full):
    assert db.export.TABLES == (
        "articles",
        "facts",
        "stories",
        "deadlines",
        "documents",
        "measures",
    )
    for table in db.export.TABLES:
        rows = await exported(full, table)
        assert rows, table
        assert json.loads(json.dumps(rows)) == rows
        assert len({tuple(row) for row in rows}) == 1


async def test_an_empty_database_exports_nothing(database):
    for table in db.export.TABLES:
        assert await exported(database, table) == []


async def test_a_table_that_there_is_not_is_an_error(database):
    with pytest.raises(KeyError):
        await exported(database, "chats")


async def test_articles_carry_their_judgement_also_where_they_are_off(full):
    one, _, off = await exported(full, "articles")
    assert (one["title"], one["source"], one["tier"]) == ("One", "成都日报", "official")
    assert (one["published"], one["first_seen_at"]) == (None, "2026-11-23T01:00:00+00:00")
    assert one["relevance"] == json.loads(msgspec.json.encode([relevance()]))
    assert (off["title"], off["band"], off["story_id"]) == ("Off", "off", None)


async def test_a_fact_is_exported_under_the_names_of_its_contract(full):
    first = (await exported(full, "facts"))[0]
    assert list(first)[:7] == [
        "number",
        "article_id",
        "revision",
        "article",
        "url",
        "published",
        "id",
    ]
    told = fact(id=first["id"], subject="90 enterprises")
    expected = json.loads(msgspec.json.encode(told))
    assert {name: first[name] for name in expected} == expected


async def test_a_deadline_is_one_flat_row(full):
    (row,) = await exported(full, "deadlines")
    assert (row["kind"], row["end"], row["clock"]) == ("application", "2026-12-31", "17:00")
    assert (row["quote"], row["url"]) == ("90 key enterprises", "https://a.example/1")


async def test_a_story_names_its_lead_and_its_articles(full):
    (row,) = await exported(full, "stories")
    assert (row["id"], row["topic"], row["band"]) == (1, "chengdu-ai", "core")
    assert (row["title"], row["articles"]) == ("Two", [1, 2])


async def test_a_document_names_who_is_it_and_who_cites_it(full):
    (row,) = await exported(full, "documents")
    assert (row["number"], row["issuers"]) == ("甲1号", [])
    assert row["mentions"] == [
        {"article_id": 1, "role": "cited"},
        {"article_id": 2, "role": "primary"},
    ]


async def test_more_rows_than_a_page_come_once_and_in_order(database, monkeypatch):
    monkeypatch.setattr(db.export, "_PAGE", 3)
    source = await stored_source(database)
    numbers: list[int] = []
    for _ in range(4):
        told = [
            new_article(facts=[deadline(), document(f"{len(numbers) + n}号")]) for n in range(2)
        ]
        await stored_story(database, *told, source_id=source.id)
        numbers += [len(numbers) + 1, len(numbers) + 2]
    assert [row["id"] for row in await exported(database, "articles")] == numbers
    assert [row["article_id"] for row in await exported(database, "deadlines")] == numbers
    assert len(await exported(database, "facts")) == 16
    assert [row["id"] for row in await exported(database, "stories")] == [1, 2, 3, 4]
    assert len(await exported(database, "documents")) == 8
