"""Repairs by operators: done, remembered and in the audit log."""

import pytest

import db.audit
from jobs.repair import NoSuchStory, NothingToRepair, merge_stories, split_story
from tests.builders import NOW, new_article, stored_story


async def noted(database):
    async with database.read() as session:
        return [
            (entry.actor_id, entry.action, entry.subject, entry.detail)
            for entry in await db.audit.latest(session, 10)
        ]


async def test_a_merge_is_noted_under_the_story_that_stays(database):
    stays, goes = await stored_story(database), await stored_story(database)
    story = await merge_stories(database, stays, goes, now=NOW, actor_id=5)
    assert (story.id, len(story.coverage)) == (stays, 2)
    assert await noted(database) == [(5, "story.merge", f"story {stays}", {"other": goes})]


async def test_a_split_is_noted_with_the_articles_that_left(database):
    number = await stored_story(database, new_article(), new_article())
    stays, new = await split_story(database, number, [1], now=NOW)
    assert [len(half.coverage) for half in (stays, new)] == [1, 1]
    (entry,) = await noted(database)
    assert entry == (None, "story.split", f"story {number}", {"new": new.id, "articles": [1]})


async def test_what_cannot_be_repaired_leaves_no_trace(database):
    number = await stored_story(database)
    with pytest.raises(NoSuchStory):
        await merge_stories(database, number, 999, now=NOW)
    with pytest.raises(NothingToRepair):
        await split_story(database, number, [], now=NOW)
    assert await noted(database) == []
