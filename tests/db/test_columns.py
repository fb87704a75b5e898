"""What can be stored, what is refused, and what is replaced on the way in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

import db.articles
import db.audit
import db.chats
import db.facts
import db.sources
from db.errors import DatabaseUnavailable
from tests.builders import NOW, chat, evidence, fact, new_article, stored_chat, stored_source
from tests.db.counting import select

HOSTILE = "a\x00b\ud800c\udc00d\x00"
CLEAN = "a\ufffdb\ufffdc\ufffdd\ufffd"


async def test_a_time_without_a_zone_is_refused(database):
    naive = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the point of the test
    with pytest.raises(StatementError, match="needs a time zone"):
        await stored_source(database, now=naive)
    with pytest.raises(StatementError, match="needs a time zone"):
        async with database.read() as session:
            await db.sources.due(session, naive, 10)


async def test_a_time_in_any_zone_comes_back_as_the_same_moment_in_utc(database):
    local = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    source = await stored_source(database, now=local)
    assert source.next_at == datetime(2026, 11, 23, 1, 0, 0, 123456, tzinfo=UTC)
    assert source.next_at.tzinfo is UTC


async def test_durations_are_whole_seconds_and_never_none(database):
    short = await stored_source(database, interval=timedelta(milliseconds=300))
    long = await stored_source(database, interval=timedelta(minutes=0.5))
    assert (short.interval, long.interval) == (timedelta(seconds=1), timedelta(seconds=30))


async def test_nul_and_half_characters_never_reach_the_database(database):
    source = await stored_source(database, title=HOSTILE, url=f"https://a.example/{HOSTILE}")
    new = new_article(title=HOSTILE, text=HOSTILE, guid=HOSTILE, band="core")
    async with database.write() as session:
        (number,) = await db.articles.add_all(session, source.id, [new], NOW)
        await db.audit.note(
            session,
            actor_id=None,
            action="x",
            subject=HOSTILE,
            detail={HOSTILE: [{"deep": HOSTILE}]},
            now=NOW,
        )
    async with database.read() as session:
        article = await db.articles.get(session, number)
        assert article is not None
        assert (article.title, article.text, article.source_title) == (CLEAN, CLEAN, CLEAN)
        assert (await db.audit.latest(session, 1))[0].detail == {CLEAN: [{"deep": CLEAN}]}
        assert await db.sources.by_url(session, f"https://a.example/{HOSTILE}") is not None
        assert len(await db.articles.known(session, source.id, new.keys)) == len(new.keys)


async def test_evidence_stays_exact_where_characters_were_replaced(database):
    text = f"{HOSTILE}90 enterprises\x00"
    told = fact(subject=HOSTILE, evidence=(evidence("90 enterprises\x00", text),))
    source = await stored_source(database)
    async with database.write() as session:
        new = new_article(text=text, facts=[told])
        await db.articles.add_all(session, source.id, [new], NOW)
    async with database.read() as session:
        (stated,) = await db.facts.search(session, words="enterprises")
        article = await db.articles.get(session, stated.article.id)
    (words,) = stated.fact.evidence
    assert article is not None
    assert article.text[words.start : words.end] == words.quote == "90 enterprises\ufffd"


async def test_the_largest_numbers_of_telegram_fit(database):
    for chat_id in (2**52 - 1, -(2**52)):
        assert (await stored_chat(database, chat_id)).id == chat_id


async def test_a_number_that_no_database_holds_is_refused_without_harm(database):
    with pytest.raises((OverflowError, StatementError, DatabaseUnavailable)):
        await stored_chat(database, 2**63)
    await stored_chat(database, 8)


async def test_chinese_is_stored_readably_in_json(database):
    async with database.write() as session:
        await db.chats.remember(session, chat(), NOW)
        await db.audit.note(
            session, actor_id=1, action="x", subject="x", detail={"名": "成都"}, now=NOW
        )
    ((stored,),) = await select(database, "SELECT CAST(detail AS TEXT) FROM audit")
    assert stored == '{"名":"成都"}'
