"""Where the bot speaks: channels by their people, groups that shut it up and let it back in."""

from typing import Any

import pytest

import db.chats
import db.preferences
import db.subscriptions
from bot.telegram import ALLOWED_UPDATES
from db.engine import Database
from domain.chat import Destination
from domain.preferences import UNSET
from domain.rule import Rule
from tests.bot.scene import GROUP, OPERATOR, READER, Scene

CHANNEL: dict[str, Any] = {
    "id": -1006006,
    "type": "channel",
    "title": "Zone <news>",
    "username": "zonenews",
}
STRANGER: dict[str, Any] = {"id": 4004, "first_name": "Mallory", "language_code": "en"}


async def opened(scene: Scene) -> None:
    """The reader has a channel, and has spoken to the bot."""
    scene.sandbox.member(CHANNEL, "creator", user=READER)
    scene.sandbox.member(CHANNEL, "left")
    await scene.say("/help")
    await scene.settle()


async def standing(database: Database, chat_id: int) -> set[str]:
    async with database.read() as session:
        subscriptions = await db.subscriptions.of(session, Destination(chat_id=chat_id))
    return {one.kind for one in subscriptions}


async def state(database: Database, chat_id: int) -> tuple[str, str | None]:
    async with database.read() as session:
        chat = await db.chats.get(session, chat_id)
    assert chat is not None
    return chat.state, chat.state_reason


async def test_who_makes_the_bot_an_administrator_of_a_channel_is_asked_what_shall_come(
    scene: Scene, kept: Database
):
    await opened(scene)
    scene.sandbox.member(CHANNEL, "administrator")
    (asked,) = await scene.settle("sendMessage")
    assert asked["chat_id"] == READER["id"]
    assert "Zone &lt;news&gt;" in asked["params"]["text"]
    sent = scene.last_message()
    await scene.press(sent["buttons"]["Daily only"], sent["id"])
    assert await standing(kept, CHANNEL["id"]) == {"daily"}
    await scene.press(sent["buttons"]["Nothing"], sent["id"])
    assert await standing(kept, CHANNEL["id"]) == set()


async def test_a_channel_is_subscribed_by_name_and_a_strangers_never(scene: Scene, kept: Database):
    await opened(scene)
    scene.sandbox.member(CHANNEL, "administrator")
    await scene.settle()
    (said,) = await scene.say("/channel @zonenews weekly fri 18:00")
    assert "18:00" in said
    assert await standing(kept, CHANNEL["id"]) == {"weekly"}
    (no,) = await scene.say("/channel @zonenews instant", STRANGER)
    (nowhere,) = await scene.say("/channel @nowhere instant", STRANGER)
    assert no == nowhere
    assert "no such channel" in no
    assert await standing(kept, CHANNEL["id"]) == {"weekly"}
    (stopped,) = await scene.say("/channel @zonenews stop")
    assert "Nothing more" in stopped


async def test_rights_are_read_again_at_each_press(scene: Scene, kept: Database):
    await opened(scene)
    scene.sandbox.member(CHANNEL, "administrator")
    await scene.settle()
    sent = scene.last_message()
    scene.sandbox.member(CHANNEL, "member", user=READER)
    await scene.press(sent["buttons"]["Daily only"], sent["id"])
    assert "no such channel" in scene.last_message()["params"]["text"]
    assert await standing(kept, CHANNEL["id"]) == set()


async def test_a_channel_has_settings_of_its_own_and_no_button_of_this_chats(
    scene: Scene, kept: Database
):
    await opened(scene)
    scene.sandbox.member(CHANNEL, "administrator")
    await scene.settle()
    (said,) = await scene.say("/channel @zonenews settings sources official")
    assert "official only" in said
    assert scene.last_message()["buttons"] == {}
    async with kept.read() as session:
        there = await db.preferences.of(session, Destination(chat_id=CHANNEL["id"]))
        here = await db.preferences.of(session, Destination(chat_id=READER["id"]))
    assert (there.rule, here) == (Rule(farthest="interpretation"), UNSET)
    await scene.say("/channel @zonenews daily 09:00")
    assert scene.last_message()["buttons"] == {}


async def test_a_channel_in_which_the_bot_may_not_post_says_so(scene: Scene):
    await opened(scene)
    scene.sandbox.member(CHANNEL, "member")
    await scene.settle()
    (said,) = await scene.say("/channel @zonenews instant")
    assert "I may not post in Zone &lt;news&gt;" in said


@pytest.mark.parametrize("words", ["", "12", "@" + "x" * 200, "-1", "\u202e@evil"])
async def test_whatever_is_typed_as_a_channel_gets_one_clear_answer(scene: Scene, words: str):
    assert len(await scene.say(f"/channel {words}")) == 1


async def test_a_command_posted_in_a_channel_is_told_where_to_go(scene: Scene):
    await opened(scene)
    scene.sandbox.member(CHANNEL, "administrator")
    await scene.settle()
    assert await scene.say("good morning", chat=CHANNEL) == []
    (said,) = await scene.say("/subscribe daily 09:00", chat=CHANNEL)
    assert "private chat with me" in said


async def test_a_chat_that_shuts_the_bot_up_is_kept_its_owner_told_and_it_comes_back(
    scene: Scene, kept: Database
):
    scene.sandbox.member(GROUP, "creator", user=READER)
    await scene.say("/help")
    scene.sandbox.member(GROUP, "left")
    scene.sandbox.member(GROUP, "member")
    await scene.settle()
    scene.sandbox.update(_restricted_by(OPERATOR, can_send_messages=False))
    await scene.settle()
    assert await state(kept, GROUP["id"]) == ("suspended", "the bot may not write there")
    (told,) = await scene.deliver()
    assert "I cannot write in" in told
    assert scene.last_message()["params"]["chat_id"] == READER["id"]
    scene.sandbox.update(_restricted_by(OPERATOR, can_send_messages=True))
    await scene.settle()
    assert await state(kept, GROUP["id"]) == ("active", None)


async def test_who_shows_the_bot_out_himself_is_not_told_so(scene: Scene, kept: Database):
    scene.sandbox.member(GROUP, "creator", user=READER)
    await scene.say("/help")
    scene.sandbox.member(GROUP, "left")
    scene.sandbox.member(GROUP, "member")
    scene.sandbox.member(GROUP, "kicked")
    await scene.settle()
    assert await state(kept, GROUP["id"]) == ("suspended", "the bot was blocked or removed")
    assert await scene.deliver() == []


def test_only_what_is_handled_is_asked_for():
    assert set(ALLOWED_UPDATES) == {"message", "callback_query", "my_chat_member", "channel_post"}


def _restricted_by(who: dict[str, Any], *, can_send_messages: bool) -> dict[str, Any]:
    bot = {"id": 123456, "is_bot": True, "first_name": "Pilotwatch"}
    rights = (
        *("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"),
        *("can_send_polls", "can_send_other_messages", "can_add_web_page_previews"),
        *("can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
        *("can_send_video_notes", "can_send_voice_notes", "can_edit_tag"),
        "can_react_to_messages",
    )
    member = dict.fromkeys(rights, False) | {
        "user": bot,
        "status": "restricted",
        "is_member": True,
        "until_date": 0,
        "can_send_messages": can_send_messages,
    }
    return {
        "my_chat_member": {
            "chat": GROUP,
            "from": {**who, "is_bot": False},
            "date": 0,
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": member,
        }
    }
