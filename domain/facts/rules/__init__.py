"""The rules as data; `domain.text.lexicon` tells how an entry looks."""

from domain.text.lexicon import Lexicon, lexicon


def rules(name: str, language: str) -> Lexicon:
    """Return the rules of that name ("events", "indicators" …) for "zh" or "en"."""
    return lexicon(__name__, name, language)
