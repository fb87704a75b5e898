"""The catalogues: complete, with the same places to fill, and kept up with the code."""

import shutil
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.catalogue import source, update
from bot.language import LANGUAGES, LOCALE, SOURCE, language_of, words_for
from bot.markup import Html
from domain.chat import Language

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]


def catalogue(language: Language) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "pilotwatch.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(message: Message) -> tuple[str, ...]:
    """What a text is in the other language, in each of its plural forms."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def texts(of: Catalog) -> set[object]:
    return {message.id for message in of if message.id}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_what_is_said_and_nothing_else(language: Language):
    assert texts(catalogue(language)) == texts(source())


def test_bringing_the_catalogues_up_to_date_changes_nothing_that_is(tmp_path: Path):
    copy = Path(shutil.copytree(LOCALE, tmp_path / "locale"))
    update(copy)
    for file in LOCALE.rglob("*.po"):
        assert (copy / file.relative_to(LOCALE)).read_text("utf-8") == file.read_text("utf-8")


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_untranslated(language: Language):
    for message in catalogue(language):
        assert not message.id or all(forms(message)), message.id
        assert not message.fuzzy or not message.id, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_same_places_are_filled(language: Language):
    for message in catalogue(language):
        if not message.id:
            continue
        many = message.id if isinstance(message.id, str) else message.id[1]
        for form in forms(message):
            assert places(form) == places(many), message.id
            assert form.count("<b>") == form.count("</b>") == many.count("<b>")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_form_is_there(language: Language):
    of = catalogue(language)
    for message in of:
        if isinstance(message.id, tuple):
            assert len(forms(message)) == of.num_plurals


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh", "zh"),
        ("zh-hans", "zh"),
        ("zh-TW", "zh"),
        ("ZH_CN", "zh"),
        ("fr", "en"),
        ("", "en"),
        (None, "en"),
        ("zhuang", "en"),
    ],
)
def test_a_clients_language_is_met_as_well_as_can_be(code: str | None, language: Language):
    assert language_of(code) == language


def test_values_are_escaped_unless_they_are_markup_already():
    words = words_for("en")
    said = words.say("“{title}”", title="<b>A & B</b>")
    assert said == "“&lt;b&gt;A &amp; B&lt;/b&gt;”"
    assert words.say("“{title}”", title=Html("<b>A</b>")) == "“<b>A</b>”"


def test_places_cannot_reach_into_values():
    said = words_for("en").say("“{title}”", title="{title.__class__}")
    assert said == "“{title.__class__}”"


def test_plurals_follow_the_language():
    one, many = "{number} story", "{number} stories"
    assert words_for("en").count(one, many, 1) == "1 story"
    assert words_for("en").count(one, many, 2) == "2 stories"
    assert words_for("zh").count(one, many, 2) == "2 条动态"
