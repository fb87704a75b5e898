"""Grouping as it happens: across sources and languages, inside one reading, remembered, linked."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

import db.articles
import db.links
import db.repairs
import db.revisions
import db.signatures
import db.stories
from db.engine import connect
from db.models import SignatureRow
from db.statements import table_of
from domain.reading import signature_of
from domain.signature import finding_keys
from jobs.grouping import link_same_facts, placed, placed_all
from jobs.trial_grouping import Shown, TrialGrouping
from tests.builders import NOW, new_article, relevance, stored_source
from tests.db.counting import statements_of
from tests.domain.test_likeness import EN, PARK, ZH

DAY = timedelta(days=1)


def signed(text, title, *, at=NOW, band="core", **about):
    article = new_article(text=text, title=title, published=at, band=band, **about)
    reading = replace(
        article.reading,
        relevance=(relevance(band),),
        signature=signature_of(text, title, at.date()),
    )
    return replace(article, reading=reading)


async def comes(database, source, *articles, now=NOW, backlog=False):
    async with database.write() as session:
        there = await placed_all(session, source, articles, now, backlog=[backlog] * len(articles))
        await db.articles.add_all(session, source.id, there, now)
        await link_same_facts(session, there, now)
    return [article.story_id for article in there]


async def test_coverage_in_two_languages_from_two_sources_is_one_story(database):
    official = await stored_source(database, tier="official")
    media = await stored_source(database)
    (first,) = await comes(database, media, signed(EN, "First vouchers", at=NOW))
    (second,) = await comes(database, official, signed(ZH, "首批算力券发放", at=NOW), now=NOW + DAY)
    (other,) = await comes(database, media, signed(PARK, "二期封顶"))
    assert first == second != other
    async with database.read() as session:
        story = await db.stories.get(session, first)
    assert story is not None
    assert story.lead.article.tier == "official"


async def test_articles_of_one_reading_find_each_other(database):
    source = await stored_source(database)
    first, second, third = await comes(
        database, source, signed(ZH, "首批算力券发放"), signed(PARK, "封顶"), signed(EN, "Vouchers")
    )
    assert first == third != second


async def test_what_is_off_every_topic_is_in_no_story_and_finds_none(database):
    source = await stored_source(database)
    await comes(database, source, signed(ZH, "首批算力券发放"))
    off = signed(EN, "Vouchers", band="off")
    async with database.write() as session:
        assert (await placed(session, source, off, NOW, backlog=False)).story_id is None


async def test_what_is_split_off_by_a_person_draws_its_own_coverage(database):
    one, two = await stored_source(database), await stored_source(database)
    (number,) = await comes(database, one, signed(ZH, "首批算力券发放"))
    (same,) = await comes(database, two, signed(ZH + "（转载）", "转载：算力券"))
    assert same == number
    async with database.write() as session:
        new = await db.repairs.split(session, story_id=number, article_ids=[2], now=NOW)
    (third,) = await comes(database, two, signed(EN, "First vouchers"))
    assert third in (number, new)


async def test_coverage_of_a_merged_story_comes_to_the_one_that_stays(database):
    one, two = await stored_source(database), await stored_source(database)
    (vouchers,) = await comes(database, one, signed(ZH, "首批算力券发放"))
    (park,) = await comes(database, one, signed(PARK, "封顶"))
    async with database.write() as session:
        await db.repairs.merge(session, into=park, other=vouchers, now=NOW)
    assert await comes(database, two, signed(EN, "First vouchers")) == [park]


async def test_the_same_figures_months_later_are_a_link_not_a_story(database):
    source = await stored_source(database)
    (then,) = await comes(database, source, signed(ZH, "首批算力券发放", at=NOW - 90 * DAY))
    again = "回顾：去年首批算力券发到213家单位，合计4860万元，最大一笔320万元。下一批何时来？"
    (now,) = await comes(database, source, signed(again, "算力券下一批何时来"))
    (other,) = await comes(database, source, signed(PARK, "封顶"))
    assert len({then, now, other}) == 3
    async with database.read() as session:
        linked = await db.links.of_story(session, now)
        assert set(linked) == {then}
        assert {"n:count:2.13e+2", "n:CNY:4.86e+7"} <= set(linked[then])
        assert set(await db.links.of_story(session, then)) == {now}
        assert await db.links.of_story(session, other) == {}


async def test_an_edited_article_is_found_by_what_it_says_now(database):
    one, two = await stored_source(database), await stored_source(database)
    (number,) = await comes(database, one, signed(PARK, "封顶"))
    async with database.write() as session:
        await db.articles.revise(session, 1, signed(ZH, "首批算力券发放"), NOW)
    assert await comes(database, two, signed(EN, "First vouchers")) == [number]


async def test_an_edit_says_what_it_changed_and_stays_in_its_story(database):
    source = await stored_source(database)
    (number,) = await comes(database, source, signed(ZH, "首批算力券发放"))
    corrected = signed(ZH.replace("发放", "核发"), "更正：首批算力券发放")
    async with database.write() as session:
        await db.articles.revise(session, 1, corrected, NOW + DAY)
        (edit,) = await db.revisions.of_story(session, number)
        story = await db.stories.get(session, number)
    assert (edit.article_id, edit.at) == (1, NOW + DAY)
    (change,) = edit.changes
    assert (change.kind, change.before, change.after) == (
        "title",
        "首批算力券发放",
        "更正：首批算力券发放",
    )
    assert story is not None
    assert story.lead.article.revision == 2


async def test_sixty_other_stories_cost_no_more_statements_than_none(database):
    source = await stored_source(database)
    numbers = range(1000)
    others = [
        signed(f"成都第{n}号园区签约{n + 1000}家企业，投资{n + 2000}万元。", f"园区{n}")
        for n in numbers[:60]
    ]
    await comes(database, source, *others)
    with statements_of(database) as statements:
        await comes(database, source, signed(ZH, "首批算力券发放"))
    assert len(statements) <= 20


async def test_a_key_that_everybody_has_finds_nobody(database, monkeypatch):
    monkeypatch.setattr("db.signatures._COMMON", 2)
    source = await stored_source(database)
    for n in range(3):
        await comes(database, source, signed(f"第{n}条。12月22日，成都213家。", f"标题{n}"))
    weights = finding_keys(signature_of("12月22日，成都213家。", "", NOW.date()))
    async with database.read() as session:
        found = await db.signatures.alike(
            session, {"n:count:2.13e+2": weights["n:count:2.13e+2"]},
            since=NOW - DAY, until=NOW + DAY, limit=5,
        )  # fmt: skip
    assert found == []


async def test_old_rows_that_only_find_are_forgotten_and_exact_facts_stay(database):
    source = await stored_source(database)
    await comes(database, source, signed(ZH, "首批算力券发放", at=NOW - 90 * DAY))
    async with database.write() as session:
        assert await db.signatures.forget(session, NOW - 60 * DAY) > 0
        rows = await session.scalars(table_of(SignatureRow).select().with_only_columns(
            table_of(SignatureRow).c.key
        ))  # fmt: skip
        kept = set(rows)
    assert kept
    assert {key[0] for key in kept} <= set("n#t")


async def test_who_else_says_so_is_asked_of_an_index(sqlite_url):
    asked = "SELECT article_id, key FROM article_signature WHERE key IN ('a') AND at > '2026'"
    database = connect(sqlite_url)  # SQLite's plan is read: PostgreSQL's depends on how full it is
    async with database.read() as session:
        plan = await session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))
    await database.close()
    assert "USING COVERING INDEX" in " ".join(str(row) for row in plan)


async def test_a_trial_groups_whatever_is_shown(database):
    trial = TrialGrouping(database)

    def shown(number, text, title, source):
        return Shown(id=number, title=title, text=text, published=NOW, source=source, tier="media")

    first = await trial.place(shown("a", ZH, "首批算力券发放", "one"))
    second = await trial.place(shown("b", EN, "First vouchers", "two"))
    third = await trial.place(shown("c", "Rain is expected in Lisbon.", "Weather", "two"))
    assert first == second != third
