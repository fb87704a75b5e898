"""What destinations set: kept as they say, each for itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

import db.chats
import db.preferences
import db.verdicts
from domain.preferences import UNSET, Preferences, Quiet
from domain.rule import USUAL, Rule
from tests.builders import NOW, destination, stored_chat, stored_story, subscribed

EVERYTHING = Preferences(
    rule=Rule(
        kinds=("documents", "news"),
        languages=("zh",),
        minimum=0.8,
        include=("算力", "robot*"),
        exclude=("招聘\x00",),
        farthest="interpretation",
        level="firm",
    ),
    quiet=Quiet(start=1320, until=0),
    muted_until=NOW + timedelta(days=3),
    silent=True,
)


async def put(database, wanted, at=None):
    async with database.write() as session:
        await db.preferences.put(session, at or destination(), wanted, NOW)


async def of(database, at=None):
    async with database.read() as session:
        return await db.preferences.of(session, at or destination())


async def test_where_nothing_was_set_everything_is_as_usual(database):
    assert await of(database) == UNSET


async def test_what_is_set_comes_back_but_for_what_no_database_can_hold(database):
    await stored_chat(database)
    await put(database, EVERYTHING)
    found = await of(database)
    assert found.rule.exclude == ("招聘\ufffd",)
    rule = Rule(**{**_fields(found.rule), "exclude": EVERYTHING.rule.exclude})
    assert Preferences(**{**_fields(found), "rule": rule}) == EVERYTHING


def _fields(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


async def test_words_that_operators_left_out_are_not_kept_with_the_chats_own(database):
    await stored_chat(database)
    await put(database, Preferences(rule=Rule(barred=("marathon",))))
    assert (await of(database)).rule == USUAL


async def test_each_topic_has_its_own_and_setting_again_replaces(database):
    await stored_chat(database)
    await put(database, EVERYTHING, destination(thread_id=5))
    assert await of(database) == UNSET
    await put(database, Preferences(silent=True), destination(thread_id=5))
    assert await of(database, destination(thread_id=5)) == Preferences(silent=True)


async def test_a_chat_that_is_not_known_sets_nothing(database):
    with pytest.raises(IntegrityError):
        await put(database, EVERYTHING)


async def test_alerts_go_to_whoever_wants_them_and_can_be_told_with_what_each_has_set(database):
    await subscribed(database, destination(1), "instant")
    await subscribed(database, destination(2, 5), "instant")
    await subscribed(database, destination(3), "instant")
    await subscribed(database, destination(4), "daily")
    own = Preferences(silent=True, language="zh", timezone="Asia/Tokyo")
    await put(database, own, destination(2, 5))
    await subscribed(database, destination(2, 6), "instant")
    await put(database, Preferences(silent=True), destination(2))
    async with database.write() as session:
        await db.chats.suspend(session, 3, "blocked", NOW)
        await db.chats.set_timezone(session, 2, "Europe/London", NOW)
        found = await db.preferences.listeners(session)
    assert [(one.destination, one.preferences, one.timezone) for one in found] == [
        (destination(1), UNSET, "Asia/Shanghai"),
        (destination(2, 5), own, "Asia/Tokyo"),
        (destination(2, 6), Preferences(silent=True), "Europe/London"),
    ]


@pytest.mark.parametrize("above", [UNSET, EVERYTHING, Preferences(quiet=Quiet(start=0, until=60))])
@pytest.mark.parametrize("own", [EVERYTHING, Preferences(silent=False, rule=Rule(minimum=0.9))])
async def test_a_topic_has_what_it_set_whatever_its_chat_has_set(database, above, own):
    await stored_chat(database)
    topic = destination(thread_id=5)
    await put(database, above)
    await put(database, own, topic)
    found = await of(database, topic)
    assert (found.quiet, found.silent) == (own.quiet, own.silent)
    assert found.is_muted(NOW) == own.is_muted(NOW)
    assert found.rule.minimum == own.rule.minimum


async def test_a_topic_that_set_one_thing_follows_its_chat_in_the_others(database):
    await stored_chat(database)
    topic = destination(thread_id=5)
    await put(database, replace(await of(database, topic), silent=True), topic)
    await put(database, replace(EVERYTHING, silent=False))
    found = await of(database, topic)
    assert found == replace(await of(database), silent=True)
    await put(database, replace(found, quiet=None, rule=USUAL, muted_until=None), topic)
    await put(database, replace(EVERYTHING, quiet=Quiet(start=1, until=2)))
    found = await of(database, topic)
    assert (found.quiet, found.rule) == (None, USUAL)
    assert not found.is_muted(NOW)
    async with database.read() as session:
        assert await db.preferences.above(session, topic) == await of(database)
        assert await db.preferences.above(session, destination()) == UNSET


async def test_a_topics_language_and_zone_are_its_own_and_its_chats_stay(database):
    await stored_chat(database)
    topic = destination(thread_id=5)
    await put(database, Preferences(language="zh", timezone="Europe/London"), topic)
    async with database.read() as session:
        there, here = await db.chats.at(session, topic), await db.chats.at(session, destination())
        assert await db.chats.at(session, destination(99)) is None
        assert await db.preferences.zones(session, 7) == {5: "Europe/London"}
    assert there
    assert here
    assert (there.language, there.timezone) == ("zh", "Europe/London")
    assert (here.language, here.timezone) == ("en", "Asia/Shanghai")


async def test_who_is_muted_is_so_until_the_time_has_come(database):
    await stored_chat(database)
    await put(database, Preferences(muted_until=NOW))
    before, everybody = NOW - timedelta(seconds=1), [destination(), destination(8)]
    async with database.read() as session:
        assert await db.preferences.muted(session, everybody, before) == {destination()}
        assert await db.preferences.muted(session, everybody, NOW) == set()


async def test_a_topic_is_muted_with_its_chat_unless_it_says_otherwise(database):
    await stored_chat(database)
    loud, quiet = destination(thread_id=5), destination(thread_id=6)
    await put(database, Preferences(muted_until=NOW + timedelta(days=1)))
    await put(database, Preferences(muted_until=None), loud)
    async with database.read() as session:
        found = await db.preferences.muted(session, [loud, quiet], NOW)
    assert found == {quiet}


async def test_the_last_word_on_a_story_counts_and_only_where_it_was_said(database):
    number = await stored_story(database)
    await stored_chat(database)
    here, there = destination(), destination(thread_id=5)
    async with database.write() as session:
        for verdict in ("irrelevant", "relevant"):
            await db.verdicts.put(session, here, number, verdict, user_id=7, now=NOW)
        await db.verdicts.put(session, there, number, "irrelevant", user_id=None, now=NOW)
        assert await db.verdicts.of(session, here, [number, 99]) == {number: "relevant"}
        assert await db.verdicts.of(session, here, []) == {}
        assert await db.verdicts.about(session, [number]) == {
            here: {number: "relevant"},
            there: {number: "irrelevant"},
        }
        assert await db.verdicts.drop(session, here, number)
        assert not await db.verdicts.drop(session, here, number)
        assert await db.verdicts.of(session, here, [number]) == {}
