"""What the ledger is asked for, on both engines: figures by name, measures with their kin, rows."""

import db.export
import db.ledger
from domain.ledger.wanted import read
from domain.search.query import Query
from tests.bot.test_documents import measure
from tests.builders import document, entry, fact, new_article, stored_source, stored_story

COMPUTE = {"indicator": "compute_capacity"}


async def kept(database, *facts, title: str = "News", **about) -> int:
    source = await stored_source(database, **about)
    article = new_article(entry(title=title), facts=facts)
    return await stored_story(database, article, source_id=source.id)


async def figures(database, words: str) -> set[str]:
    async with database.read() as session:
        return {one.fact.subject for one in await db.ledger.figures(session, read(words))}


async def test_figures_are_found_by_their_indicator_and_by_its_names_in_any_language(database):
    await kept(database, fact(subject="峰值速度", attributes=COMPUTE))
    await kept(database, fact(subject="智能算力占比", attributes={"indicator": "other"}))
    await kept(database, fact(subject="Computing power of Pidu"), fact(subject="computers sold"))
    for words in ("compute", "算力", "computing power"):
        assert await figures(database, words) == {
            "峰值速度",
            "智能算力占比",
            "Computing power of Pidu",
        }
    assert len(await figures(database, "")) == 4


async def test_words_that_are_no_indicator_are_looked_for_as_they_stand(database):
    await kept(database, fact(subject="机器人产量"), fact(subject="无人机产量"))
    assert await figures(database, "机器人") == {"机器人产量"}
    assert await figures(database, "100%_") == set()


async def test_measures_come_with_all_that_may_be_the_same(database):
    policy = document("甲发〔2025〕1号", role="primary")
    await kept(database, policy, measure())
    await kept(database, policy, measure(cap="3000000", subject="算力补贴"))
    await kept(database, measure(subject="场地租金"), title="Rent")
    async with database.read() as session:
        (kin,), matched = await db.ledger.measures(session, "算力券")
        every, _ = await db.ledger.measures(session, "")
    assert {one.fact.subject for one in kin.stated} == {"算力券", "算力补贴"}
    assert len(matched) == 1
    assert kin.document is not None
    assert kin.document.number == "甲发〔2025〕1号"
    assert [one.document is None for one in every] == [True, False]


async def test_metrics_of_the_same_units_are_what_news_is_compared_with(database):
    await kept(database, fact(subject="一", unit="PFLOPS"), fact(subject="二", unit=None))
    async with database.read() as session:
        found = await db.ledger.of_units(session, {"PFLOPS"})
        assert [one.fact.subject for one in found] == ["一"]
        assert len(await db.ledger.of_units(session, {"PFLOPS", None})) == 2
        assert await db.ledger.of_units(session, set()) == []


async def test_what_a_search_finds_is_exported_with_the_columns_of_the_whole(database):
    await kept(database, fact(), measure(), document("甲发〔2025〕1号", role="primary"))
    async with database.read() as session:
        for table in ("facts", "measures", "articles", "documents"):
            whole = [row async for row in db.export.rows(session, table)]
            pages = [page async for page in db.export.found(session, table, Query())]
            found = [row for page in pages for row in page]
            assert sorted(map(repr, found)) == sorted(map(repr, whole)), table
