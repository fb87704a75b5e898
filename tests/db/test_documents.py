"""The register of policy documents: one entry for each, however it is written."""

import json

import db.articles
import db.documents
from tests.builders import NOW, document, fact, new_article, stored_source
from tests.db.counting import rows_in, select


async def kept(database, *articles):
    source = await stored_source(database)
    async with database.write() as session:
        return await db.articles.add_all(session, source.id, articles, NOW)


async def register(database):
    rows = await select(
        database, "SELECT number, title, kind, stage, issuers FROM document ORDER BY id"
    )
    return [
        (*rest, issuers if isinstance(issuers, list) else json.loads(issuers))
        for *rest, issuers in rows
    ]


async def mentions(database):
    return await select(
        database, "SELECT document_id, article_id, role FROM document_mention ORDER BY 1, 2"
    )


async def test_two_spellings_of_a_number_are_one_document(database):
    first, second = await kept(
        database,
        new_article(facts=[document("成办发〔2020〕97号", "支持措施")]),
        new_article(facts=[document("成办发[2020] 97号", "关于支持措施的通知")]),
    )
    assert await register(database) == [("成办发〔2020〕97号", "支持措施", None, None, [])]
    assert await mentions(database) == [(1, first, "cited"), (1, second, "cited")]


async def test_a_document_without_a_number_is_known_by_its_title(database):
    await kept(database, new_article(facts=[document(None, "AI Plan"), document(None, "AI plan")]))
    assert await register(database) == [(None, "AI Plan", None, None, [])]


async def test_a_citation_fills_gaps_and_the_document_itself_overrules(database):
    number = "成办发〔2020〕97号"
    (first,) = await kept(database, new_article(facts=[document(number, "措施", kind="other")]))
    (second,) = await kept(
        database, new_article(facts=[document(number, "短", kind="notice", stage="issued")])
    )
    assert await register(database) == [(number, "措施", "other", "issued", [])]
    said = {"kind": "measures", "issuers": ["市政府办公厅"], "stage": "revised"}
    (third,) = await kept(
        database, new_article(facts=[document(number, "若干措施", role="primary", **said)])
    )
    expected = [(number, "若干措施", "measures", "revised", ["市政府办公厅"])]
    assert await register(database) == expected
    await kept(database, new_article(facts=[document(number, "措施", kind="plan")]))
    assert await register(database) == expected
    roles = [(article, role) for _, article, role in await mentions(database)]
    assert roles[:3] == [(first, "cited"), (second, "cited"), (third, "primary")]


async def test_an_article_that_is_a_document_and_cites_it_is_it(database):
    both = [document("甲1号", role="primary"), document("甲1号", role="cited")]
    (number,) = await kept(database, new_article(facts=both))
    assert await mentions(database) == [(1, number, "primary")]


async def test_noting_again_changes_nothing(database):
    told = [document("甲1号"), fact(), document("乙2号")]
    (number,) = await kept(database, new_article(facts=told))
    before = await register(database), await mentions(database)
    async with database.write() as session:
        await db.documents.note(session, number, told, NOW)
        await db.documents.note(session, number, [fact()], NOW)
    assert (await register(database), await mentions(database)) == before


async def test_an_edited_article_mentions_what_it_says_now(database):
    (number,) = await kept(database, new_article(facts=[document("甲1号"), document("乙2号")]))
    async with database.write() as session:
        after = new_article(facts=[document("乙2号", role="primary"), document("丙3号")])
        await db.articles.revise(session, number, after, NOW)
    assert await select(
        database,
        "SELECT document.number, role FROM document_mention "
        "JOIN document ON document.id = document_id ORDER BY document.id",
    ) == [("乙2号", "primary"), ("丙3号", "cited")]


async def test_a_document_without_any_name_is_not_entered(database):
    await kept(database, new_article(facts=[document(None, " "), document("", "")]))
    assert await rows_in(database, "document") == 0
