"""The register of policy documents: one entry for each, however it is written."""

import asyncio
import json
from itertools import permutations

import pytest

import db.articles
import db.documents
import db.follows
from db.engine import connect
from db.migrate import downgrade, migrate
from domain.chat import Destination
from domain.follow import Wish
from tests.builders import NOW, document, fact, new_article, stored_chat, stored_source
from tests.db.counting import rows_in, select
from tests.db.test_migrations import execute


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
    assert await register(database) == [(number, "措施", "notice", "issued", [])]
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
    told = [document("甲发〔2020〕1号"), fact(), document("乙发〔2020〕2号")]
    article = new_article(facts=told)
    (number,) = await kept(database, article)
    before = await register(database), await mentions(database)
    async with database.write() as session:
        await db.documents.note(session, number, article.reading, NOW)
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


OFFICIAL = {"tier": "official"}


async def one(database, article, **about):
    """Keep one article of a source of its own; return its number."""
    source = await stored_source(database, **about)
    async with database.write() as session:
        (number,) = await db.articles.add_all(session, source.id, [article], NOW)
    return number


async def column(database, name):
    rows = await select(database, f"SELECT {name} FROM document ORDER BY id")  # noqa: S608 - ours
    return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in rows]


async def changes(database):
    return await select(
        database, "SELECT document_id, field, before, after FROM document_change ORDER BY id"
    )


TITLE = "成都市促进人工智能产业发展专项政策"


async def test_a_reprints_slip_becomes_a_variant_whoever_comes_first(database):
    slip = document("成发办〔2020〕97号", TITLE, role="primary")
    await one(database, new_article(facts=[slip]), tier="reprint")
    await one(database, new_article(facts=[document(title=TITLE, role="primary")]), **OFFICIAL)
    await one(database, new_article(facts=[slip]), tier="reprint")
    assert [row[0] for row in await register(database)] == ["成办发〔2020〕97号"]
    assert await column(database, "variants") == [["成发办〔2020〕97号"]]


async def test_a_romanised_citation_is_of_the_same_document(database):
    await kept(
        database,
        new_article(facts=[document("成经信规〔2024〕3号", "成都市算力券管理细则（试行）")]),
        new_article(facts=[document("Cheng Jing Xin Gui 〔2024〕 No. 3", "Rules for Vouchers")]),
    )
    assert [row[0] for row in await register(database)] == ["成经信规〔2024〕3号"]
    assert await column(database, "aliases") == [["Rules for Vouchers"]]


async def test_two_versions_under_one_title_are_two_documents(database):
    await kept(
        database,
        new_article(facts=[document("成办发〔2020〕97号", TITLE)]),
        new_article(facts=[document("成办发〔2024〕17号", TITLE)]),
        new_article(facts=[document(None, TITLE)]),
    )
    assert [row[0] for row in await register(database)] == [
        "成办发〔2020〕97号",
        "成办发〔2024〕17号",
    ]
    assert [row[0] for row in await mentions(database)] == [1, 2, 2]


async def test_a_document_is_announced_once_and_its_way_is_remembered(database):
    draft = document(None, TITLE + "（征求意见稿）", role="primary", stage="draft")
    final = document("成办发〔2020〕97号", TITLE, role="primary", stage="issued")
    await kept(database, new_article(facts=[document(None, TITLE)]))
    assert await changes(database) == []
    await kept(database, new_article(facts=[draft]))
    await kept(database, new_article(facts=[draft]), new_article(facts=[final]))
    await kept(database, new_article(facts=[final]))
    await one(database, new_article(facts=[document(title=TITLE, stage="repealed")]), **OFFICIAL)
    assert await changes(database) == [
        (1, "announced", None, "draft"),
        (1, "stage", "draft", "issued"),
        (1, "number", None, "成办发〔2020〕97号"),
        (1, "stage", "issued", "repealed"),
    ]


async def test_who_carries_out_and_cites_whom_follows_the_articles(database):
    notice = document("成经信发〔2025〕58号", "关于组织申报算力券的通知", role="primary")
    rules = document("成经信规〔2024〕3号", "成都市算力券管理细则")
    (number,) = await kept(database, new_article(facts=[notice, rules]))
    links = "SELECT document_id, target_id, article_id, relation FROM document_link"
    assert await select(database, links) == [(1, 2, number, "implements")]
    async with database.write() as session:
        await db.articles.revise(session, number, new_article(facts=[notice]), NOW)
    assert await select(database, links) == []
    assert [row[0] for row in await register(database)] == ["成经信发〔2025〕58号"]


async def test_what_two_sources_announce_at_once_is_one_document(database):
    first, second = await stored_source(database), await stored_source(database)

    async def announced(source):
        async with database.write() as session:
            await db.articles.add_all(
                session,
                source.id,
                [new_article(facts=[document(title=TITLE, role="primary")])],
                NOW,
            )

    await asyncio.gather(*(announced(one) for one in (first, second) * 4))
    assert len(await register(database)) == 1
    assert [field for _, field, _, _ in await changes(database)] == ["announced"]
    assert len(await mentions(database)) == 8


async def test_a_register_from_before_claims_were_kept_stays_as_it_was(bare_url):
    migrate(bare_url)
    downgrade(bare_url, "0004")
    execute(
        bare_url,
        "INSERT INTO source (id, url, kind, title, tier, state, interval, failures, next_at,"
        " created_at) VALUES (900, 'https://a.example/', 'feed', 'A', 'media', 'active', 900, 0,"
        " '2026-11-23 01:00:00', '2026-11-23 01:00:00')",
        "INSERT INTO article (id, source_id, url, canonical_url, title, text, language,"
        " content_hash, revision, first_seen_at, band, relevance) VALUES (900, 900, '', '', 'x', "
        "'x', 'zh-Hans', 'x', 1, '2026-11-23 01:00:00', 'core', '[]')",
        "INSERT INTO document (id, key, number, title, kind, stage, issuers, first_seen_at) VALUES"
        " (900, '成办发〔2020〕97号', '成办发〔2020〕97号', '专项政策', 'measures', 'issued', '[]',"
        " '2026-11-23 01:00:00')",
        "INSERT INTO document_mention VALUES (900, 900, 'primary')",
    )
    migrate(bare_url)
    database = connect(bare_url)
    cited = document("成办发[2020]97号", "那项政策", stage="repealed")
    await one(database, new_article(facts=[cited]))
    assert await register(database) == [
        ("成办发〔2020〕97号", "专项政策", "measures", "issued", [])
    ]
    assert await column(database, "aliases") == [["那项政策"]]
    assert [row[0] for row in await changes(database)] == []
    await database.close()
    downgrade(bare_url, "0004")
    migrate(bare_url)


NUMBER = "成办发〔2020〕97号"


async def test_a_document_known_by_its_number_and_by_its_title_turns_out_to_be_one(database):
    first, second, third = [
        await one(database, new_article(facts=[fact_]))
        for fact_ in (document(NUMBER, NUMBER), document(None, TITLE), document(NUMBER, TITLE))
    ]
    assert [row[:2] for row in await register(database)] == [(NUMBER, TITLE)]
    kept_by = {article for _, article, _ in await mentions(database)}
    assert kept_by == {first, second, third}


async def test_who_followed_either_follows_the_one(database):
    await one(database, new_article(facts=[document(NUMBER, NUMBER)]))
    await one(database, new_article(facts=[document(None, TITLE)]))
    await stored_chat(database, 7)
    await stored_chat(database, 8)
    async with database.write() as session:
        for chat_id, key in ((7, "1"), (7, "2"), (8, "2")):
            wish = Wish(kind="document", key=key, label=key)
            await db.follows.put(session, Destination(chat_id=chat_id), wish, NOW)
    await one(database, new_article(facts=[document(NUMBER, TITLE)]))
    ((number,),) = await select(database, "SELECT id FROM document")
    async with database.read() as session:
        for chat_id in (7, 8):
            followed = await db.follows.of(session, Destination(chat_id=chat_id))
            assert [one.key for one in followed] == [str(number)]


CLAIMS = {
    "the original": (document(NUMBER, TITLE, role="primary", stage="issued"), "official"),
    "a reprint with a slip": (document("成发办〔2020〕97号", TITLE, role="primary"), "reprint"),
    "its number alone": (document(NUMBER, NUMBER), "media"),
    "its title alone": (document(None, f"关于印发《{TITLE}》的通知"), "media"),
    "its draft": (
        document(None, TITLE + "（征求意见稿）", role="primary", stage="draft"),
        "official",
    ),
}


@pytest.mark.parametrize("order", list(permutations(CLAIMS, 5))[::7], ids=lambda it: it[0])
async def test_whoever_comes_first_it_is_one_document_under_its_own_number(sqlite_url, order):
    database = connect(sqlite_url)
    for name in order:
        stated, tier = CLAIMS[name]
        await one(database, new_article(facts=[stated]), tier=tier)
    found = await register(database)
    await database.close()
    assert [(row[0], row[1], row[3]) for row in found] == [(NUMBER, TITLE, "issued")]
