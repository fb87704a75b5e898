"""Words without a command."""

import pytest

from tests.bot.scene import GROUP, READER, Scene
from tests.bot.test_documents import told
from tests.bot.test_measures import NUMBER, award, kept, policy


async def test_words_without_a_command_come_with_a_button_that_searches_for_them(scene: Scene):
    await kept(scene, told(policy(), award(), title="算力券申报通知"))
    (answer,) = await scene.say("算力券")
    assert answer == "I understand commands; /help lists them."
    shown = scene.last_message()
    assert shown["buttons"] == {"🔎 算力券": "v1:find:.算力券"}
    await scene.press("v1:find:.算力券", shown["id"])
    assert "算力券申报通知" in scene.last_message("editMessageText")["params"]["text"]


@pytest.mark.parametrize("said", ["成都" * 20, "…", "!?", "since:never"])
async def test_what_no_button_holds_or_nobody_can_look_for_has_none(scene: Scene, said: str):
    (answer,) = await scene.say(said)
    assert "/help" in answer
    assert scene.last_message()["buttons"] == {}


@pytest.mark.parametrize(
    ("said", "command", "button"),
    [
        ("s12", "/story s12", {"Story": "v1:story:s12"}),
        ("S 12", "/story s12", {"Story": "v1:story:s12"}),
        ("f3", "/facts f3", {"Facts": "v1:facts:f3"}),
        ("a5", "/why a5", {"Why?": "v1:why:a5"}),
        ("d7", "/doc d7", {"Document": "v1:doc:d7"}),
    ],
)
async def test_an_id_alone_comes_with_what_shows_it(scene: Scene, said, command, button):
    (answer,) = await scene.say(said)
    assert f"Did you mean {command}?" in answer
    assert scene.last_message()["buttons"] == button


async def test_a_documents_number_alone_comes_with_the_document(scene: Scene):
    await kept(scene, told(policy(), award()))
    await scene.say("成办发[2025] 12号")
    assert scene.last_message()["buttons"] == {NUMBER: "v1:doc:d1"}


async def test_in_groups_words_are_nobodys_business(scene: Scene):
    assert await scene.say("算力券", chat=GROUP) == []
    assert await scene.say("s12", READER, chat=GROUP) == []
