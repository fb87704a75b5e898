"""The rules as data; `domain.text.lexicon` tells how an entry looks."""

import tomllib
from functools import cache
from importlib.resources import files

from domain.text.lexicon import Lexicon, lexicon


def rules(name: str, language: str) -> Lexicon:
    """Return the rules of that name ("events", "indicators" …) for "zh" or "en"."""
    return lexicon(__name__, name, language)


@cache
def words(language: str, name: str) -> frozenset[str]:
    """Return a plain word list of `words.toml`."""
    tables = tomllib.loads(files(__name__).joinpath("words.toml").read_text("utf-8"))
    return frozenset(tables[language][name].split())
