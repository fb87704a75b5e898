"""Articles: kept in bulk with all that was concluded, known again, revised without loss."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

import db.articles
import db.facts
import db.sources
import db.stories
from domain.article import Article, Attachment, Known
from tests.builders import (
    NOW,
    TEXT,
    document,
    entry,
    evidence,
    fact,
    new_article,
    stored_source,
    stored_story,
)
from tests.db.counting import rows_in, select, statements_of


async def kept(database, *articles, source_id=None):
    at = source_id or (await stored_source(database)).id
    async with database.write() as session:
        return await db.articles.add_all(session, at, articles, NOW)


async def the_article(database, number):
    async with database.read() as session:
        found = await db.articles.get(session, number)
    assert found is not None
    return found


async def test_an_article_comes_back_as_it_was_read(database):
    source = await stored_source(database, title="成都日报", tier="official")
    new = new_article(title="先导区", text="成都𠮷😀", url="https://a.example/?b=1&utm_source=x")
    (number,) = await kept(database, new, source_id=source.id)
    async with database.read() as session:
        assert await db.articles.get(session, number) == Article(
            id=number,
            source_id=source.id,
            source_title="成都日报",
            tier="official",
            url="https://a.example/?b=1&utm_source=x",
            title="先导区",
            text="成都𠮷😀",
            language="en",
            published=new.entry.published,
            first_seen_at=NOW,
        )
        assert await db.articles.get(session, number + 1) is None


async def test_an_article_keeps_where_its_words_were_found_and_what_is_attached(database):
    attached = (Attachment(name="附件1：申报指南.pdf", url="https://a.example/1.pdf"),)
    found = {"title": "meta ArticleTitle", "text": "page"}
    new = replace(new_article(), origins=found, quality="snippet", attachments=attached)
    (number,) = await kept(database, new)
    article = await the_article(database, number)
    assert (article.origins, article.quality, article.attachments) == (found, "snippet", attached)


async def test_numbers_come_in_the_order_of_the_articles(database):
    articles = [new_article(title=f"Item {n}") for n in range(40)]
    numbers = await kept(database, *articles)
    assert numbers == sorted(numbers)
    titles = [(await the_article(database, number)).title for number in numbers]
    assert titles == [f"Item {n}" for n in range(40)]


async def test_a_feed_is_kept_in_a_handful_of_statements(database):
    source = await stored_source(database)
    articles = [
        new_article(facts=[fact(), fact(), document(f"成办发〔2020〕{n}号")]) for n in range(30)
    ]
    with statements_of(database) as statements:
        await kept(database, *articles, source_id=source.id)
    assert len(statements) <= 26
    assert await rows_in(database, "article") == 30
    assert await rows_in(database, "evidence") == 90
    assert await rows_in(database, "document_mention") == 30


async def test_nothing_new_is_nothing_written(database):
    assert await kept(database) == []
    assert await rows_in(database, "article") == 0


async def test_a_backlog_of_thousands_is_kept_and_known_again(database):
    source = await stored_source(database)
    articles = [new_article() for _ in range(3000)]
    numbers = await kept(database, *articles, source_id=source.id)
    every = [key for article in articles for key in article.keys]
    async with database.read() as session:
        known = await db.articles.known(session, source.id, every)
    assert len(known) == len(every) == 9000
    assert {article.article_id for article in known.values()} == set(numbers)


async def test_what_a_source_brought_is_known_by_each_of_its_keys(database):
    source, other = await stored_source(database), await stored_source(database)
    new = new_article()
    (number,) = await kept(database, new, source_id=source.id)
    expected = Known(
        article_id=number,
        canonical_url=new.canonical_url,
        title=new.entry.title,
        content_hash=new.content_hash,
        revision=1,
    )
    async with database.read() as session:
        known = await db.articles.known(session, source.id, {*new.keys, "guid:unheard"})
        assert known == dict.fromkeys(new.keys, expected)
        assert await db.articles.known(session, other.id, new.keys) == {}
        assert await db.articles.known(session, source.id, ()) == {}


async def test_a_key_that_two_new_articles_claim_leads_to_the_first(database):
    source = await stored_source(database)
    first, second = new_article(guid="same"), new_article(guid="same")
    numbers = await kept(database, first, second, source_id=source.id)
    (shared,) = set(first.keys) & set(second.keys)
    async with database.read() as session:
        known = await db.articles.known(session, source.id, [shared])
    assert known[shared].article_id == numbers[0]


async def test_new_identities_are_learnt_and_old_ones_left(database):
    source = await stored_source(database)
    new = new_article()
    first, second = await kept(database, new, new_article(), source_id=source.id)
    async with database.write() as session:
        pairs = {"url:new": second, new.keys[0]: second}
        await db.articles.learn_keys(session, source.id, pairs)
        await db.articles.learn_keys(session, source.id, {})
        known = await db.articles.known(session, source.id, pairs)
    assert known["url:new"].article_id == second
    assert known[new.keys[0]].article_id == first


async def test_the_nearest_band_of_all_topics_is_the_articles(database):
    await kept(database, new_article(band="adjacent"), new_article(band="off"))
    assert await select(database, "SELECT band FROM article ORDER BY id") == [
        ("adjacent",),
        ("off",),
    ]


async def test_a_revision_keeps_what_the_article_said_before_and_the_facts_of_it(database):
    source = await stored_source(database)
    before = new_article(title="Before", facts=[fact(id="old", subject="old")])
    story = await stored_story(database, before, source_id=source.id)
    after = new_article(title="After", text=f"{TEXT} More.", facts=[fact(id="new", subject="new")])
    async with database.write() as session:
        (number,) = {
            k.article_id
            for k in (await db.articles.known(session, source.id, before.keys)).values()
        }
        await db.articles.revise(session, number, after, NOW)
    async with database.read() as session:
        (told,) = await db.stories.by_ids(session, [story])
        known = await db.articles.known(session, source.id, {*before.keys, *after.keys})
        assert [stated.fact.id for stated in await db.facts.search(session)] == ["new"]
    now = await the_article(database, number)
    assert (now.title, now.text, now.revision) == ("After", f"{TEXT} More.", 2)
    assert now.first_seen_at == NOW
    assert [stated.id for stated in told.lead.facts] == ["new"]
    assert set(known) == {*before.keys, *after.keys}
    assert {k.revision for k in known.values()} == {2}
    assert {k.content_hash for k in known.values()} == {after.content_hash}
    assert await select(
        database, "SELECT article_id, number, title, text, content_hash FROM article_revision"
    ) == [(number, 1, "Before", TEXT, before.content_hash)]
    assert await select(database, "SELECT revision, fact_id FROM fact ORDER BY revision") == [
        (1, "old"),
        (2, "new"),
    ]


async def test_an_article_is_revised_again_and_again(database):
    (number,) = await kept(database, new_article(title="One"))
    async with database.write() as session:
        for title in ("Two", "Three"):
            await db.articles.revise(session, number, new_article(title=title), NOW)
    assert (await the_article(database, number)).title == "Three"
    assert await select(database, "SELECT number, title FROM article_revision ORDER BY number") == [
        (1, "One"),
        (2, "Two"),
    ]


async def test_an_edited_article_stays_in_its_story_and_one_without_gets_one(database):
    source = await stored_source(database)
    (number,) = await kept(database, new_article(band="off"), source_id=source.id)
    async with database.write() as session:
        first = await db.stories.add(session, topic="t", band="core", backlog=False, now=NOW)
        second = await db.stories.add(session, topic="t", band="core", backlog=False, now=NOW)
        await db.articles.revise(session, number, new_article(story_id=first), NOW)
        await db.articles.revise(session, number, new_article(story_id=second), NOW)
        (told,) = await db.stories.by_ids(session, [first])
        assert told.lead.article.id == number
        assert await db.stories.get(session, second) is None


async def test_revising_an_article_that_is_gone_is_an_error(database):
    with pytest.raises(LookupError, match="no article 5"):
        async with database.write() as session:
            await db.articles.revise(session, 5, new_article(), NOW)


async def test_a_source_removed_while_it_was_read_takes_nothing_in(database):
    source = await stored_source(database)
    async with database.write() as session:
        await db.sources.remove(session, source.id)
    with pytest.raises(IntegrityError):
        await kept(database, new_article(), source_id=source.id)


async def test_all_of_a_feed_is_kept_or_nothing(database):
    source = await stored_source(database)
    inexact = fact(evidence=(evidence("90", start=3, end=9),))
    with pytest.raises(IntegrityError):
        await kept(database, new_article(), new_article(facts=[inexact]), source_id=source.id)
    for table in ("article", "article_key", "fact", "evidence"):
        assert await rows_in(database, table) == 0


async def test_the_same_entry_in_two_sources_is_two_articles(database):
    announced = entry()
    await kept(database, new_article(announced))
    await kept(database, new_article(announced))
    assert await rows_in(database, "article") == 2
