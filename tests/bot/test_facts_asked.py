"""/facts as people ask: mistyped types, and kinds by their names in either language."""

import pytest

from tests.bot.scene import READER, Scene
from tests.bot.test_documents import told
from tests.bot.test_measures import award, kept, policy

CHINESE = READER | {"id": 2100, "language_code": "zh-hans"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("/facts mesures", "/facts measures"),
        ("/facts mesure 奖励", "/facts measures 奖励"),
        ("/facts deadlins", "/facts deadlines"),
        ("/facts documnets", "/facts documents"),
        ("/facts investmnt", "/facts investments"),
    ],
)
async def test_a_mistyped_type_is_answered_with_the_one_that_is_near(scene: Scene, said, meant):
    (answer,) = await scene.say(said)
    assert f"Did you mean <code>{meant}</code>?" in answer


async def test_the_button_below_it_shows_what_was_meant(scene: Scene):
    await kept(scene, told(policy(), award()))
    await scene.say("/facts mesures 奖励")
    shown = scene.last_message()
    await scene.press(shown["buttons"]["Measures"], shown["id"])
    assert "首批模型奖励" in scene.last_message("editMessageText")["params"]["text"]


@pytest.mark.parametrize("said", ["/facts 算力", "/facts tax", "/facts measures mesures"])
async def test_other_words_are_taken_for_no_type(scene: Scene, said: str):
    (answer,) = await scene.say(said)
    assert "No such facts yet" in answer


@pytest.mark.parametrize("name", ["measure", "Measures", "措施", "支持措施"])
async def test_types_are_named_in_both_languages_one_or_many(scene: Scene, name: str):
    await kept(scene, told(policy(), award()))
    (answer,) = await scene.say(f"/facts {name}", CHINESE)
    assert "首批模型奖励" in answer
