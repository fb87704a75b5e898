"""What the names in a foreign text are called in the reader's language: the gazetteer's gloss."""

from bot.language import Words
from bot.markup import NOTHING, Html, escape, italic, join
from domain.gazetteer import names
from domain.text.fold import fold

MOST = 3
"""Names that one line explains."""
_TOO_PLAIN = frozenset({"chengdu", "china"})
"""What every reader of this bot knows is not explained in every line."""

_PARTS = ("办", "厅", "室", "处", "院", "所", "部")
"""What makes of a body's name that of a part of it, which has a name of its own."""


def names_of(text: str, words: Words) -> list[str]:
    """Return how the reader's language calls what a text names in another script, each once."""
    found: dict[str, str] = {}
    for name in names(fold(text)):
        if text.startswith(_PARTS, name.end):
            continue
        foreign = text[name.start : name.end].isascii() == (words.language == "zh")
        known = name.entry.zh if words.language == "zh" else name.entry.en
        if foreign and known and name.entry.id not in _TOO_PLAIN:
            found.setdefault(name.entry.id, known[0])
    return list(found.values())


def glossed(text: str, words: Words) -> Html:
    """Return a line that explains the names in a text; nothing where there are none."""
    found = names_of(text, words)[:MOST]
    return italic(join(" · ", *found)) if found else NOTHING


def named_with_gloss(text: str, words: Words) -> Html:
    """Return a text with the gloss of the names in it behind: "市经信局 (Economic … Bureau)"."""
    found = names_of(text, words)[:MOST]
    inside = join(words.say(", "), *found)
    return join("", escape(text), words.say(" ({notes})", notes=inside) if found else NOTHING)
