"""Whoever is nobody gets nothing done: every command, in every disguise that Telegram knows."""

from typing import Any, get_args

import pytest

from bot.app import add_handlers
from bot.command import Command, Pressed
from bot.commands import COMMANDS, PRESSED
from bot.rights import Where, Who
from bot.settings import Settings
from bot.telegram import build
from tests.bot.scene import FORUM, GROUP, OPERATOR, READER, TOKEN, Scene

pytestmark = pytest.mark.usefixtures("no_hurry")

TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
A_BOT = {"id": 5005, "is_bot": True, "first_name": "Robot"}
A_CHANNEL = {"id": -1007007, "type": "channel", "title": "Elsewhere"}
PERSON = {**OPERATOR, "is_bot": False}
FORWARDED = {"type": "user", "date": 0, "sender_user": {**PERSON}}

# How a command of an operator's may seem to come, without his having said it here and now.
DISGUISES: dict[str, dict[str, Any]] = {
    "forwarded": {"from": PERSON, "forward_origin": FORWARDED},
    "said through another bot": {"from": PERSON, "via_bot": A_BOT},
    "edited afterwards": {"from": PERSON, "edit_date": 5},
    "said by a bot": {"from": A_BOT},
    "posted by the linked channel": {
        "from": TELEGRAM,
        "sender_chat": A_CHANNEL,
        "is_automatic_forward": True,
    },
}
SENDERS: dict[str, dict[str, Any]] = {
    "a channel as sender": {"from": CHANNEL_BOT, "sender_chat": A_CHANNEL},
    "Telegram itself": {"from": TELEGRAM},
    "another group as sender": {"from": ANONYMOUS, "sender_chat": GROUP},
    "nobody at all": {},
}


async def say(scene: Scene, text: str, how: dict[str, Any]) -> list[str]:
    message = {"message_id": 900, "date": 0, "chat": FORUM, "text": text, **how}
    scene.sandbox.update({"message": message})
    return [call["params"]["text"] for call in await scene.settle("sendMessage")]


@pytest.mark.parametrize("name", DISGUISES)
async def test_no_command_is_carried_out_that_was_not_said_here(scene: Scene, name: str):
    await scene.say("/help", chat=FORUM)
    for command in COMMANDS:
        assert await say(scene, f"/{command.name}", DISGUISES[name]) == [], command.name


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("name", SENDERS)
async def test_who_is_no_person_settles_nothing(scene: Scene, name: str):
    await scene.say("/help", chat=FORUM)
    for command in COMMANDS:
        answers = await say(scene, f"/{command.name}", SENDERS[name])
        if command.who in ("operator", "owner"):
            assert answers == [], command.name
        elif command.who == "chat_admin":
            assert answers == ["Only administrators of this group can do that."], command.name


async def test_a_name_like_an_operators_opens_nothing(scene: Scene):
    twin = {"id": 6006, "first_name": OPERATOR["first_name"], "username": "olga"}
    for command in COMMANDS:
        if command.who in ("operator", "owner"):
            (no,) = await scene.say(f"/{command.name}", twin)
            assert no == "This is for the operators of this bot only.", command.name


@pytest.mark.parametrize("data", ["", "v1:", "v1:prove:x", "v2:sub:both", "v1:sub:all", "\x00" * 9])
async def test_invented_buttons_are_no_longer_valid(scene: Scene, data: str):
    await scene.say("/start")
    answer = await scene.press(data or "-", scene.last_message()["id"], force=True)
    assert answer["text"] == "This button is no longer valid."


def test_every_line_says_who_may_and_where():
    lines: tuple[Command | Pressed, ...] = (*COMMANDS, *PRESSED)
    for line in lines:
        assert line.who in get_args(Who)
        assert line.where in get_args(Where)


def test_every_way_in_leads_through_the_one_door():
    app = build(Settings.read({"TELEGRAM_BOT_TOKEN": TOKEN}), lambda ended: None)
    add_handlers(app)
    doors = {handler.callback.__name__ for group in app.handlers.values() for handler in group}
    assert doors == {
        "on_migration",
        "on_message",
        "on_document",
        "on_channel_post",
        "on_press",
        "on_membership",
    }
    assert {handler.__name__ for handler in app.error_handlers} == {"on_error"}


async def test_the_reader_is_still_answered(scene: Scene):
    assert await scene.say("/help", READER)
