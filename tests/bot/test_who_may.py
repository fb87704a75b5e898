"""Every command, said by everybody, everywhere: what comes back is what the table says."""

from typing import Any

import pytest

from bot.commands import COMMANDS, PRESSED
from bot.dispatch import REFUSALS
from bot.rights import STAFF, Asker, refusal
from tests.bot.scene import FORUM, GROUP, OPERATOR, READER, Scene

pytestmark = pytest.mark.usefixtures("no_hurry")

ADMIN: dict[str, Any] = {"id": 3003, "first_name": "Ada", "language_code": "en"}
SUPERGROUP: dict[str, Any] = {"id": -1005005, "type": "supergroup", "title": "Zone"}

pytestmark = pytest.mark.usefixtures("unhurried")

# Who speaks, where, and what he is by Telegram's word.
SCENES = {
    "a stranger, in private": (READER, None, Asker(user_id=2002, private=True)),
    "an operator, in private": (OPERATOR, None, Asker(user_id=1001, private=True, role="owner")),
    **{
        f"{who}, in a {place['type']}": (user, place, asker)
        for place in (GROUP, SUPERGROUP)
        for who, user, asker in (
            ("a stranger", READER, Asker(user_id=2002, private=False)),
            ("an operator", OPERATOR, Asker(user_id=1001, private=False, role="owner")),
            ("an administrator", ADMIN, Asker(user_id=3003, private=False, group_admin=True)),
        )
    },
}
PROVE = "This is for administrators. Press to show that you are one."
NO = set(REFUSALS.values())
ARGUMENTS = {
    "lang": "en",
    "sub": "daily",
    "relevant": "s1",
    "irrelevant": "s1",
    "unjudge": "s1",
    "accept": "1",
    "dismiss": "1",
    "unbar": "1",
    "save": "s1",
    "unsave": "s1",
    "saved": "5",
    "forget": "ask",
    "lookinto": "1",
    "decline": "1",
    "set": "quiet.22:00-07:00",
    "facts": "s1",
    "leaf": "p8..",
    "latest": "5.5",
    "watch": "1",
    "unlook": "1",
    "lookat": "1.0",
    "source": "1.show",
    "starter": "",
    "unwatch": "1",
    "keep": "1",
    "say": "1",
    "unsay": "1",
    "docs": "p6.",
    "doc": "d1",
    "measures": "d1",
    "offers": "p3.",
    "metric": "f1",
    "export": "xlsx.facts",
    "compare": "1.2",
    "story": "s1",
    "why": "a1",
    "follow": "d1",
    "unfollow": "d1",
    "wrong": "f1",
    "hide": "f1",
    "right": "f1",
    "due": "4",
    "remind": "f1",
    "ics": "f1",
    "unremind": "f1",
    "find": ".chengdu",
    "merge": "1.2",
    "split": "1.2",
    "outbox": "retry",
    "prove": "",
    "chan": "-1.both",
}


async def prepare(scene: Scene, place: dict[str, Any] | None) -> None:
    if place is not None:
        await scene.say("/help", ADMIN, chat=place)
        scene.sandbox.member(place, "administrator", user=ADMIN)
        await scene.settle()


@pytest.mark.parametrize("name", SCENES)
async def test_every_command_said_by(scene: Scene, name: str):
    user, place, asker = SCENES[name]
    await prepare(scene, place)
    where = {"chat": place} if place else {}
    for command in COMMANDS:
        answers = await scene.say(f"/{command.name}", user, **where)
        no = refusal(asker, command.who, command.where)
        if no is None:
            assert not NO & set(answers), command.name
            assert answers or command.name in ("digest", "exportopml", "backup")
        elif asker.private or no == "admins_only" or asker.role or command.who == "everyone":
            assert answers == [REFUSALS[no]], command.name
        else:
            assert answers == [], command.name


async def test_an_anonymous_administrator_may_what_administrators_may(scene: Scene):
    await prepare(scene, FORUM)
    for command in COMMANDS:
        answers = await scene.say(f"/{command.name}", ADMIN, chat=FORUM, anonymous=True)
        if command.who in STAFF:
            assert answers == [], command.name
        elif command.where == "private":
            assert answers == [REFUSALS["private_only"]], command.name
        elif command.who == "chat_admin":
            assert answers == [PROVE], command.name
        else:
            assert not NO & set(answers), command.name


async def test_a_press_proves_an_anonymous_administrator_and_carries_out_what_he_said(
    scene: Scene,
):
    await prepare(scene, FORUM)
    await scene.say("/subscribe daily 10:15", ADMIN, chat=FORUM, anonymous=True)
    prompt = scene.last_message()["id"]
    refused = await scene.press("v1:prove:", prompt, READER, chat=FORUM)
    assert refused["text"] == REFUSALS["admins_only"]
    await scene.press("v1:prove:", prompt, ADMIN, chat=FORUM)
    assert "10:15" in scene.last_message("editMessageText")["params"]["text"]


async def test_a_press_proves_nothing_under_words_of_somebody_else(scene: Scene):
    await prepare(scene, FORUM)
    await scene.say("/subscribe daily 10:15", ADMIN, chat=FORUM)
    sent = scene.last_message()["id"]
    await scene.press("v1:prove:", sent, ADMIN, chat=FORUM, force=True)
    assert "no longer valid" in scene.last_message("editMessageText")["params"]["text"]


@pytest.mark.parametrize("name", SCENES)
async def test_every_button_pressed_by(scene: Scene, name: str):
    user, place, asker = SCENES[name]
    await prepare(scene, place)
    where = {"chat": place} if place else {}
    await scene.say("/help", user, **where)
    sent = scene.last_message()
    for pressed in PRESSED:
        data = f"v1:{pressed.verb}:{ARGUMENTS[pressed.verb]}"
        answer = await scene.press(data, sent["id"], user, force=True, **where)
        no = refusal(asker, pressed.who, pressed.where)
        assert answer.get("text") == (REFUSALS[no] if no else None), pressed.verb
