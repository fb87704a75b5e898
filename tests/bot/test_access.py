"""One-time codes, a bot by invitation, and who runs it."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

import db.chats
import db.operators
import db.subscriptions
from bot.access import BY_INVITATION, new_code
from bot.app import _offer_the_bot
from bot.context import Tools, equip
from bot.render.audit import ACTIONS
from domain.chat import Destination
from domain.correction import State
from domain.proposal import Decision
from tests.bot.scene import GROUP, OPERATOR, READER, Scene

OTHER: dict[str, Any] = {"id": 5005, "first_name": "Otto", "language_code": "en"}


@pytest.fixture
def by_invitation(scene: Scene) -> Scene:
    tools = replace(scene.tools, settings=replace(scene.tools.settings, access="invite"))
    assert isinstance(tools, Tools)
    equip(scene.app.bot_data, tools)
    scene.tools = tools
    return scene


async def code_of(scene: Scene, command: str = "/invite") -> str:
    (told,) = await scene.say(command, OPERATOR)
    found = re.search(r"/start ([\w-]{22})", told)
    assert found
    return found[1]


async def roles(scene: Scene) -> dict[int, str]:
    async with scene.tools.database.read() as session:
        return dict(await db.operators.every(session))


async def test_who_was_not_invited_is_told_so_in_private_and_nothing_in_groups(by_invitation):
    assert await by_invitation.say("/latest") == [BY_INVITATION]
    assert await by_invitation.say("/start") == [BY_INVITATION]
    assert await by_invitation.say("/latest", chat=GROUP) == []
    assert "Chengdu" in (await by_invitation.say("/start", OPERATOR))[0]


async def test_a_code_lets_one_person_in_once(by_invitation):
    code = await code_of(by_invitation)
    assert "Chengdu" in (await by_invitation.say(f"/start {code}"))[0]
    assert await by_invitation.say("/latest") != [BY_INVITATION]
    assert "used already" in (await by_invitation.say(f"/start {code}", OTHER))[0]
    assert await by_invitation.say("/latest", OTHER) == [BY_INVITATION]


async def test_a_button_is_no_way_in(by_invitation):
    await by_invitation.say("/help", OPERATOR)
    sent = by_invitation.last_message()
    answer = await by_invitation.press("v1:sub:daily", sent["id"], READER, force=True)
    assert answer["text"] == BY_INVITATION


async def test_an_invitation_is_taken_back(by_invitation):
    code = await code_of(by_invitation)
    await by_invitation.say(f"/start {code}")
    assert str(READER["id"]) in (await by_invitation.say("/users", OPERATOR))[0]
    await by_invitation.say(f"/users remove {READER['id']}", OPERATOR)
    assert await by_invitation.say("/latest") == [BY_INVITATION]


async def test_who_is_let_in_no_more_is_told_nothing_more_and_keeps_his_wishes(by_invitation):
    await by_invitation.say(f"/start {await code_of(by_invitation)}")
    await by_invitation.say("/subscribe instant")
    await by_invitation.say(f"/users remove {READER['id']}", OPERATOR)
    assert "To 1 chat:" in (await by_invitation.say("/broadcast Hello", OPERATOR))[0]
    await by_invitation.say(f"/start {await code_of(by_invitation)}")
    assert "To 2 chats:" in (await by_invitation.say("/broadcast Hello", OPERATOR))[0]
    async with by_invitation.tools.database.read() as session:
        (kept,) = await db.subscriptions.of(session, Destination(chat_id=READER["id"]))
    assert kept.kind == "instant"


async def test_who_knocks_with_a_wrong_code_is_nobody_to_be_told_anything(by_invitation):
    assert "mistyped" in (await by_invitation.say("/start no-such-code", OTHER))[0]
    assert "To 1 chat:" in (await by_invitation.say("/broadcast Hello", OPERATOR))[0]


async def test_a_new_operator_can_be_told_of_trouble_at_once(by_invitation):
    await by_invitation.say(f"/start {await code_of(by_invitation, '/invite admin')}", OTHER)
    async with by_invitation.tools.database.read() as session:
        chat = await db.chats.get(session, OTHER["id"])
    assert chat is not None
    assert chat.state == "active"


async def test_who_came_is_shown_by_name_in_the_readers_language(by_invitation):
    await by_invitation.say(f"/start {await code_of(by_invitation)}")
    (told,) = await by_invitation.say("/users", OPERATOR)
    assert told.count(f"{READER['first_name']} (<code>{READER['id']}</code>) – ") == 2
    assert "private chat, English" in told


async def test_a_code_is_worth_nothing_when_its_time_is_over(by_invitation):
    code = await code_of(by_invitation)
    by_invitation.clock.turn(days=7)
    assert "too old" in (await by_invitation.say(f"/start {code}"))[0]


async def test_only_an_owner_makes_operators_and_unmakes_them(scene: Scene):
    await scene.say(f"/start {await code_of(scene, '/invite admin')}")
    assert (await roles(scene))[READER["id"]] == "admin"
    assert "Only an owner" in (await scene.say("/invite admin", READER))[0]
    assert "Only an owner" in (await scene.say(f"/admins remove {OPERATOR['id']}", READER))[0]
    assert "no more" in (await scene.say(f"/admins remove {READER['id']}", OPERATOR))[0]
    assert await roles(scene) == {OPERATOR["id"]: "owner"}


async def test_the_last_owner_cannot_remove_himself(scene: Scene):
    told = await scene.say(f"/admins remove {OPERATOR['id']}", OPERATOR)
    assert "last owner" in told[0]
    assert await roles(scene) == {OPERATOR["id"]: "owner"}


async def test_a_bot_that_is_nobodys_is_claimed_once(scene: Scene):
    code = await new_code(scene.tools, "owner", None, scene.clock())
    newer = await new_code(scene.tools, "owner", None, scene.clock())
    assert "too old" in (await scene.say(f"/start {code}"))[0]
    assert "You are an owner" in (await scene.say(f"/start {newer}"))[0]
    assert (await roles(scene))[READER["id"]] == "owner"
    assert "too old" in (await scene.say(f"/start {newer}", OTHER))[0]


async def test_no_code_works_in_a_group(scene: Scene):
    code = await new_code(scene.tools, "owner", None, scene.clock())
    await scene.say(f"/start {code}", chat=GROUP)
    assert READER["id"] not in await roles(scene)


async def test_an_owner_who_uses_a_lesser_code_stays_one(scene: Scene):
    await scene.say(f"/start {await code_of(scene, '/invite admin')}", OPERATOR)
    assert await roles(scene) == {OPERATOR["id"]: "owner"}


async def test_what_was_changed_is_shown_with_who_did_it(scene: Scene):
    await code_of(scene)
    (told,) = await scene.say("/audit 5", OPERATOR)
    assert "invitation made" in told
    assert str(OPERATOR["id"]) in told


async def test_no_code_is_in_the_database_or_the_audit_log(scene: Scene):
    code = await code_of(scene)
    (told,) = await scene.say("/audit", OPERATOR)
    assert code not in told


async def test_the_console_shows_a_code_only_while_the_bot_is_nobodys(scene: Scene, capsys):
    await _offer_the_bot(scene.tools, scene.app)
    assert capsys.readouterr().out == ""
    async with scene.tools.database.write() as session:
        await session.run_sync(lambda one: one.connection().exec_driver_sql("DELETE FROM operator"))
    await _offer_the_bot(scene.tools, scene.app)
    found = re.search(r"/start ([\w-]{22})\n", capsys.readouterr().out)
    assert found
    assert "You are an owner" in (await scene.say(f"/start {found[1]}"))[0]


def test_every_change_that_is_noted_has_its_words():
    rooms = [Path(__file__).parents[2] / room for room in ("bot", "jobs")]
    code = "".join(file.read_text("utf-8") for room in rooms for file in room.rglob("*.py"))
    noted = set(re.findall(r'action="([a-z]+\.[a-z_]+)"', code))
    noted |= set(re.findall(r'_note\(ask, session, "([a-z]+\.[a-z_]+)"', code))
    noted |= {f"fact.{state}" for state in get_args(State) if state != "reported"}
    noted |= {f"{what}.{state}" for what in ("proposal", "suggestion") for state in DECIDED}
    assert len(noted) > 15
    assert noted - ACTIONS.keys() == set()


DECIDED = tuple(one for one in get_args(Decision) if one != "open")


async def test_a_change_is_told_in_the_operators_language_without_any_code(scene: Scene):
    await scene.say("/language", OPERATOR)
    await scene.press("v1:lang:zh", scene.last_message()["id"], OPERATOR)
    await scene.say("/invite", OPERATOR)
    (told,) = await scene.say("/audit", OPERATOR)
    assert "生成邀请码 reader" in told
    assert not re.search(r'[{}"]', told)
    (refused,) = await scene.say("/audit everything", OPERATOR)
    assert "/audit 50" in refused
