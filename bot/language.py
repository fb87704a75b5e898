"""The languages that people are spoken to in: gettext catalogues, read once."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.markup import Html, escape
from domain.chat import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES: dict[Language, str] = {"en": "English", "zh": "简体中文"}
"""What each language calls itself."""

LOCALE = Path(__file__).parent / "locale"
SOURCE: Language = "en"
"""The language that the strings in the code are written in."""


def language_of(code: str | None) -> Language:
    """Choose a language by a client's IETF tag: "zh-hant" reads Chinese, "fr" reads English."""
    primary = (code or SOURCE).replace("_", "-").split("-")[0].lower()
    return next((language for language in LANGUAGES if language == primary), SOURCE)


def later(text: str) -> str:
    """Mark a text for the catalogues where it stands; it is translated where it is said."""
    return text


def later_plural(one: str, many: str) -> tuple[str, str]:
    """Mark a text with a plural for the catalogues."""
    return one, many


class Words:
    """Says things in one language.

    `say` and `count` make HTML: the values put into a text are escaped unless they are
    `Html` already. `plain` is for what is no HTML: buttons, menus, pop-ups.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def say(self, text: str, /, **values: object) -> Html:
        """Return the text in this language, its `{places}` filled with escaped values."""
        return Html(_ESCAPING.vformat(self._catalogue.gettext(text), (), values))

    def count(self, one: str, many: str, number: int, /, **values: object) -> Html:
        """Return the form for so many; `{number}` is the number itself."""
        chosen = self._catalogue.ngettext(one, many, number)
        return Html(_ESCAPING.vformat(chosen, (), {"number": number, **values}))

    def plain(self, text: str, /, **values: object) -> str:
        """Return the text in this language for a place that shows no HTML."""
        return self._catalogue.gettext(text).format(**values)


@cache
def words_for(language: Language) -> Words:
    """Return the words of a language; its catalogue is read at the first call."""
    return Words(language)


def read_catalogues() -> None:
    """Read every catalogue now, not while somebody waits for the first answer."""
    for language in LANGUAGES:
        words_for(language)


class _Escaping(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Html):
            return value
        return escape(format(value, format_spec))


_ESCAPING = _Escaping()


def _catalogue(language: Language) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    # Compiled in memory: no binary files to keep in step with the ones that people edit.
    with (LOCALE / language / "LC_MESSAGES" / "pilotwatch.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return GNUTranslations(BytesIO(compiled.getvalue()))
