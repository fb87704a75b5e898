"""/help with the name of a command: all its forms, each of which is understood."""

import pytest

from bot.choices import read as setting
from bot.commands import COMMANDS
from bot.commands.forms import FORMS
from bot.edits import read as edit
from bot.wishes import read as wish
from domain.ledger.offers import read as offer
from domain.search.query import parse
from tests.bot.scene import OPERATOR, Scene
from tests.builders import NOW

READERS = {
    "subscribe": wish,
    "settings": setting,
    "search": lambda text: parse(text, NOW),
    "measures": offer,
    "source": lambda text: edit(text.partition(" ")[2], NOW),
}
_DONE = ("test", "poll", "remove", "")
"""What is done to a source without changing it."""


def arguments(name: str) -> list[str]:
    return [form.partition(" ")[2] for form in FORMS[name] if " " in form]


def test_forms_are_those_of_commands():
    assert set(FORMS) <= {one.name for one in COMMANDS}
    for name, forms in FORMS.items():
        assert all(form.split()[0] == f"/{name}" for form in forms)


@pytest.mark.parametrize("name", READERS)
def test_every_form_is_understood(name: str):
    forms = [
        said for said in arguments(name) if name != "source" or said.partition(" ")[2] not in _DONE
    ]
    assert forms
    assert all(READERS[name](said) is not None for said in forms)


@pytest.mark.parametrize("said", ["/help subscribe", "/help /Subscribe"])
async def test_help_shows_one_command_alone_with_all_its_forms(scene: Scene, said: str):
    (told,) = await scene.say(said)
    assert told.startswith("<b>/subscribe – a digest at your time, and alerts</b>\n")
    assert all(f"<code>{form}</code>" in told for form in FORMS["subscribe"])
    assert "/search" not in told


async def test_a_command_of_one_form_is_shown_with_its_example(scene: Scene):
    (told,) = await scene.say("/help suggest")
    assert "<code>/suggest https://example.org/news/</code>" in told


async def test_help_for_a_mistyped_command_names_the_one_that_is_near(scene: Scene):
    (told,) = await scene.say("/help subscibe")
    assert "Did you mean /help subscribe?" in told
    (told,) = await scene.say("/help <b>")
    assert "I do not know /&lt;b&gt;. /help lists what there is." in told


async def test_only_operators_are_helped_with_their_commands(scene: Scene):
    (told,) = await scene.say("/help source")
    assert "I do not know /source" in told
    (told,) = await scene.say("/help source", OPERATOR)
    assert "/source 3 tier official" in told
