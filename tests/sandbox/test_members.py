"""Who is where, who may what, and what the bot is told of it."""

import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
)

from sandbox.cast import CHANNEL_ID, GROUP_ID, OPERATOR_ID, READER_ID
from sandbox.server import Sandbox


async def test_a_block_is_told_and_felt_and_taken_back(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "/start")
    sandbox.member(READER_ID, "kicked")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(READER_ID, "x")
    sandbox.say(READER_ID, "/start")
    updates = await bot.get_updates(timeout=5)
    changes = [u.my_chat_member for u in updates if u.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]
    assert await bot.send_message(READER_ID, "x")


@pytest.mark.parametrize(
    ("chat", "status", "refusal"),
    [
        (GROUP_ID, "kicked", "Forbidden: bot was kicked from the supergroup chat"),
        (GROUP_ID, "left", "Forbidden: bot is not a member of the supergroup chat"),
        (GROUP_ID, "restricted", "Not enough rights to send text messages to the chat"),
        (CHANNEL_ID, "kicked", "Forbidden: bot was kicked from the channel chat"),
        (CHANNEL_ID, "left", "Forbidden: bot is not a member of the channel chat"),
        (CHANNEL_ID, "member", "Need administrator rights in the channel chat"),
        (READER_ID, "deactivated", "Forbidden: user is deactivated"),
    ],
)
async def test_a_bot_that_is_not_wanted_is_told_so(
    sandbox: Sandbox, bot: Bot, chat: int, status: str, refusal: str
):
    sandbox.member(chat, status)
    with pytest.raises((Forbidden, BadRequest)) as refused:
        await bot.send_message(chat, "x")
    assert str(refused.value) == refusal


async def test_who_may_what_in_a_group(sandbox: Sandbox, bot: Bot):
    owner = await bot.get_chat_member(GROUP_ID, OPERATOR_ID)
    reader = await bot.get_chat_member(GROUP_ID, READER_ID)
    itself = await bot.get_chat_member(GROUP_ID, bot.id)
    assert (owner.status, reader.status, itself.status) == ("creator", "member", "administrator")
    assert {m.user.id for m in await bot.get_chat_administrators(GROUP_ID)} == {OPERATOR_ID, bot.id}
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(GROUP_ID, 4242)
    assert await bot.get_chat_member_count(GROUP_ID) == 4
    for status in ("restricted", "administrator", "kicked", "left"):
        sandbox.member(GROUP_ID, status, user=READER_ID)
        assert (await bot.get_chat_member(GROUP_ID, READER_ID)).status == status


async def test_a_member_who_changes_is_told_only_to_a_bot_that_asks(sandbox: Sandbox, bot: Bot):
    assert sandbox.member(GROUP_ID, "administrator", user=READER_ID) == {"update_id": None}
    await bot.get_updates(allowed_updates=["chat_member"])
    sandbox.member(GROUP_ID, "member", user=READER_ID)
    [update] = await bot.get_updates(timeout=5)
    assert update.chat_member is not None
    assert update.chat_member.difference()["status"] == ("administrator", "member")


async def test_chats_of_every_kind_are_described(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    assert (await bot.get_chat(READER_ID)).first_name == "Alex"
    assert (await bot.get_chat(GROUP_ID)).is_forum
    assert (await bot.get_chat("@pilot_zone_bulletin")).id == CHANNEL_ID
    assert await bot.leave_chat(GROUP_ID)
    with pytest.raises(Forbidden):
        await bot.get_chat(GROUP_ID)


async def test_a_channel_speaks_without_a_person(sandbox: Sandbox, bot: Bot):
    sandbox.say(OPERATOR_ID, "news", chat=CHANNEL_ID)
    [update] = await bot.get_updates(timeout=5)
    assert update.channel_post is not None
    assert (update.channel_post.from_user, update.effective_user) == (None, None)
    sent = await bot.send_message(CHANNEL_ID, "more news")
    assert sent.sender_chat is not None


async def test_a_hidden_administrator_writes_in_the_groups_name(sandbox: Sandbox, bot: Bot):
    sandbox.say(OPERATOR_ID, "/poll", chat=GROUP_ID, anonymous=True)
    [update] = await bot.get_updates(timeout=5)
    message = update.message
    assert message is not None
    assert message.from_user is not None
    assert message.sender_chat is not None
    assert (message.from_user.id, message.sender_chat.id) == (1087968824, GROUP_ID)


async def test_a_group_becomes_a_supergroup(sandbox: Sandbox, bot: Bot):
    group, supergroup = -500, -1005000000000
    sandbox.say(READER_ID, "hello", chat={"id": group, "type": "group", "title": "Old"})
    sandbox.fault("sendMessage", chat=group, migrate_to=supergroup)
    for _ in range(2):
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(group, "x")
        assert moved.value.new_chat_id == supergroup
    assert (await bot.send_message(supergroup, "x")).chat.title == "Old"
