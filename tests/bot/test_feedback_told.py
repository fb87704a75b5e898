"""Marks, saved stories, suggestions and being forgotten, over HTTP through the sandbox."""

import pytest

import db.chats
import db.operators
import db.suggestions
from bot.markup import text_of
from tests.bot.scene import GROUP, OPERATOR, READER, Scene, opened
from tests.builders import new_article, stored_source, stored_story
from tests.feed_server import item, rss, serving


async def hotpot(scene: Scene, **given) -> int:
    return await stored_story(scene.tools.database, new_article(title="Hotpot in Chengdu"), **given)


async def pressed(scene: Scene, text: str, user=READER, **where) -> str:
    """Press a button of the last message; return what was said, or what stands there then."""
    message = scene.last_message()
    await scene.press(message["buttons"][text], message["id"], user, **where)
    calls = [one for one in scene.calls() if one["method"] in ("sendMessage", "editMessageText")]
    return text_of(calls[-1]["params"]["text"])


async def test_not_relevant_is_told_no_more_and_can_be_undone(scene: Scene):
    number = await hotpot(scene)
    await scene.say("/subscribe")
    await scene.say(f"/story s{number}")
    told = await pressed(scene, "👎 Not relevant")
    assert "Not told here again, nor what follows up on it: Hotpot in Chengdu" in told
    (latest,) = await scene.say("/latest")
    assert "Hotpot" not in latest
    (why,) = await scene.say(f"/why s{number}")
    assert "Digest: none, it was called not relevant here" in text_of(why)
    await scene.say(f"/story s{number}")
    await pressed(scene, "👎 Not relevant")
    assert "the rules decide of this story again" in await pressed(scene, "Undo")
    (latest,) = await scene.say("/latest")
    assert "Hotpot" in latest


async def test_a_mark_offers_a_word_for_this_chat(scene: Scene):
    number = await hotpot(scene)
    await stored_story(scene.tools.database, new_article(title="More hotpot"))
    await scene.say(f"/story s{number}")
    await pressed(scene, "👎 Not relevant")
    told = await pressed(scene, "Never with “hotpot”")
    assert "0 of the last 2 articles would have matched." in told
    (latest,) = await scene.say("/latest")
    assert "hotpot" not in latest.lower()


async def test_relevant_goes_before_every_rule(scene: Scene):
    number = await hotpot(scene)
    await scene.say("/settings exclude hotpot")
    await scene.say(f"/story s{number}")
    told = await pressed(scene, "👍 Relevant")
    assert "whatever the rules say" in told
    (latest,) = await scene.say("/latest")
    assert "Hotpot" in latest


async def test_in_a_group_only_administrators_decide_what_is_not_told_again(scene: Scene):
    number = await hotpot(scene)
    await scene.say(f"/story s{number}", chat=GROUP)
    message = scene.last_message()
    answer = await scene.press(message["buttons"]["👎 Not relevant"], message["id"], chat=GROUP)
    assert answer["text"] == "Only administrators of this group can do that."


async def test_operators_decide_what_marks_propose(scene: Scene):
    await scene.say("/start", OPERATOR)
    number = await hotpot(scene)
    await scene.say(f"/story s{number}")
    await pressed(scene, "👎 Not relevant")
    (told,) = await scene.deliver()
    assert "Leave out for everybody what has “hotpot” in its title?" in text_of(told)
    assert "✅ Done. /rules shows it" in await pressed(scene, "✅ Do so", OPERATOR)
    (rules,) = await scene.say("/rules", OPERATOR)
    assert "Left out by title: hotpot" in text_of(rules)
    (latest,) = await scene.say("/latest", OPERATOR)
    assert "Hotpot" not in latest
    await scene.say("/rules", OPERATOR)
    assert "“hotpot” is left out no more." in await pressed(scene, "✕ hotpot", OPERATOR)
    assert "/audit" not in rules
    (audit,) = await scene.say("/audit", OPERATOR)
    assert "proposed rule accepted" in audit
    assert "word let in again" in audit


async def test_rules_show_what_waits_for_a_decision(scene: Scene):
    number = await hotpot(scene)
    await scene.say(f"/story s{number}")
    await pressed(scene, "👎 Not relevant")
    rules, question = await scene.say("/rules", OPERATOR)
    assert "1 proposal waits." in rules
    assert "hotpot" in question
    assert "this is not asked again" in await pressed(scene, "Let it be", OPERATOR)
    assert "No proposal waits." in (await scene.say("/rules", OPERATOR))[0]


async def test_a_story_is_saved_listed_and_let_go(scene: Scene):
    number = await hotpot(scene)
    (told,) = await scene.say("/saved")
    assert "Nothing is saved here" in told
    await scene.say(f"/story s{number}")
    assert "Saved; /saved lists it" in await pressed(scene, "🔖 Save")
    (told,) = await scene.say(f"/saved s{number}")
    assert "Saved; /saved lists it" in told
    (told,) = await scene.say("/saved")
    assert "Hotpot in Chengdu" in told
    assert "is not saved here any more" in await pressed(scene, "✕ 1")
    assert "Nothing is saved here" in (await scene.say("/saved"))[0]
    assert "There is no story s99" in (await scene.say("/saved s99"))[0]


async def test_saved_stories_come_in_pages(scene: Scene):
    numbers = [await hotpot(scene) for _ in range(7)]
    for number in numbers:
        await scene.say(f"/saved s{number}")
        scene.clock.turn(seconds=1)
    await scene.say("/saved")
    told = await pressed(scene, "2 more")
    assert "6. " in told
    assert "7. " in told


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/suggest", "For example: /suggest https://example.org/news/"),
        ("/suggest nonsense", "“nonsense” is no web address."),
        ("/suggest ftp://a.example/", "is no web address."),
        ("/suggest www.example.org/news", "The operators are asked"),
        ("/suggest https://known.example/feed.xml", "It is watched already"),
    ],
)
async def test_what_may_be_suggested(scene: Scene, said: str, answer: str):
    await stored_source(scene.tools.database, url="https://known.example/feed.xml")
    (told,) = await scene.say(said)
    assert answer in text_of(told)


async def test_an_address_is_suggested_once_and_nobody_suggests_without_end(scene: Scene):
    for at in range(5):
        (told,) = await scene.say(f"/suggest https://s{at}.example/")
        assert "The operators are asked" in told
    assert "Five of your suggestions wait" in (await scene.say("/suggest https://s6.example/"))[0]
    (told,) = await scene.say("/suggest https://s1.example/", {**READER, "id": 2005})
    assert "It was suggested before" in told


async def test_a_declined_suggestion_makes_room_for_another(scene: Scene):
    await scene.say("/start", OPERATOR)
    await scene.say("/suggest https://s1.example/")
    await scene.deliver()
    assert "Not watched: https://s1.example/" in await pressed(scene, "No, thanks", OPERATOR)
    message = scene.last_message()["id"]
    await scene.press("v1:decline:1", message, OPERATOR, force=True)
    async with scene.tools.database.read() as session:
        assert await db.suggestions.count_open(session, READER["id"]) == 0


async def test_what_is_suggested_is_looked_at_watched_and_thanked_for(kept, jail):
    async with serving() as feeds, opened(kept, jail) as scene:
        feeds.bodies["/zone.xml"] = rss([item(1, "Soup", "Of noodles")])
        await scene.say("/start", OPERATOR)
        await scene.say(f"/suggest {feeds.url('/zone.xml')}")
        (asked,) = await scene.deliver()
        assert "A reader suggests a source" in asked
        told = await pressed(scene, "Look at it", OPERATOR)
        assert "Watch it?" in told
        assert "Watched from now on" in await pressed(scene, "Watch it", OPERATOR)
        (thanks,) = await scene.deliver()
        assert "The source that you suggested is watched now" in thanks
        to = scene.calls("sendMessage")[-1]["params"]["chat_id"]
        assert int(to) == READER["id"]


async def known(scene: Scene, chat_id: int = READER["id"]) -> bool:
    async with scene.tools.database.read() as session:
        return await db.chats.get(session, chat_id) is not None


async def test_privacy_says_what_is_kept_and_deletes_it_after_a_second_yes(scene: Scene):
    await scene.say("/subscribe")
    (told,) = await scene.say("/privacy")
    assert "What is kept" in told
    assert "It cannot be undone" in await pressed(scene, "Delete my data")
    message = scene.last_message("editMessageText")
    await scene.press(message["buttons"]["Keep it"], message["id"])
    assert await known(scene)
    await scene.say("/privacy")
    await pressed(scene, "Delete my data")
    message = scene.last_message("editMessageText")
    await scene.press(message["buttons"]["Delete for good"], message["id"])
    said = scene.last_message("editMessageText")["params"]["text"]
    assert "Everything about you is deleted" in said
    assert not await known(scene)
    await scene.press(message["buttons"]["Delete for good"], message["id"], force=True)
    assert not await known(scene)


async def test_a_groups_data_is_deleted_by_its_administrators_only(scene: Scene):
    await scene.say("/privacy", chat=GROUP)
    message = scene.last_message()
    data = message["buttons"]["Delete this group’s data"]
    answer = await scene.press(data, message["id"], chat=GROUP)
    assert answer["text"] == "Only administrators of this group can do that."
    scene.sandbox.member(GROUP, "administrator", user=READER)
    await scene.settle()
    await scene.press(data, message["id"], chat=GROUP)
    yes = scene.last_message("editMessageText")
    await scene.press(yes["buttons"]["Delete for good"], yes["id"], chat=GROUP)
    assert not await known(scene, GROUP["id"])


async def test_whoever_runs_the_bot_stops_that_before_being_forgotten(scene: Scene):
    await scene.say("/privacy", OPERATOR)
    await pressed(scene, "Delete my data", OPERATOR)
    yes = scene.last_message("editMessageText")
    await scene.press(yes["buttons"]["Delete for good"], yes["id"], OPERATOR)
    assert "You run this bot" in scene.last_message("editMessageText")["params"]["text"]
    assert await known(scene, OPERATOR["id"])
