"""How words are found again: one spelling for all forms, and the terms that an index keeps.

Chinese is written without spaces and most of its words have two characters, so an index keeps each
pair of neighbours; every other script keeps its words whole. Two spellings of one word (traditional
and simplified, full width, capitals, accents) become one.

An index is only as good as its terms are stable: a change here needs a migration that builds every
index anew, as `0010` does.
"""

import re
import unicodedata
from collections.abc import Iterable
from operator import add

from domain.text.fold import fold

GLYPHS = "\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters and Japanese syllables, for a character class: written without spaces."""

LONGEST = 60
"""Characters of a word that an index keeps: no word is longer, but addresses and codes are."""

RUN = re.compile(f"[{GLYPHS}]+|[^ {GLYPHS}]+")
"""In a text that `spelled` returned: a run of glyphs, or a word."""

_UNSEEN = ("Mn", "Me", "Cf")
_SEEN: set[str] = set()
"""Characters that were met before and are none of those."""


def visible(text: str) -> str:
    """Return the text composed, without accents that have no letter and without zero width."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return composed
    # Set arithmetic: asking for each character's category takes longer than all the rest.
    unseen = {one for one in set(composed) - _SEEN if not _is_seen(one)}
    return composed.translate(dict.fromkeys(map(ord, unseen))) if unseen else composed


def _is_seen(character: str) -> bool:
    if unicodedata.category(character) in _UNSEEN:
        return False
    _SEEN.add(character)
    return True


def spelled(shown: str) -> str:
    """Return a text that `visible` returned in the one spelling, character for character.

    What is neither letter, digit nor glyph is a space.
    """
    return shown.translate(_SPELLING)


def terms(texts: Iterable[str]) -> set[str]:
    """Return the terms by which an index finds any of these texts.

    Of glyphs each pair of neighbours, and the last one of a run alone: so every single one begins
    a term. Terms hold letters, digits and glyphs only.
    """
    found: set[str] = set()
    for text in texts:
        for run in set(RUN.findall(spelled(visible(text)))):
            if is_glyph(run[0]):
                found.update(map(add, run, run[1:]))
                found.add(run[-1])
            else:
                found.add(run[:LONGEST])
    return found


def is_glyph(character: str) -> bool:
    """Tell whether it is written without spaces around it."""
    return _GLYPH.match(character) is not None


_GLYPH = re.compile(f"[{GLYPHS}]")


class _Spelling(dict[int, str]):
    """The spelling of each character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        before, after = "", chr(code)
        while after != before:
            before, after = after, _step(after)
        self[code] = after if after.isalnum() else " "
        return self[code]


def _step(character: str) -> str:
    """Take a character one step towards its plainest form; one stays one, so that places last."""
    for plainer in (unicodedata.normalize("NFKC", character), fold(character), _bare(character)):
        if len(plainer) == 1 and plainer != character:
            return plainer
    folded = character.casefold()
    return folded if len(folded) == 1 else character


def _bare(character: str) -> str:
    """Return a letter without its accents."""
    parts = unicodedata.normalize("NFD", character)
    return parts[0] if all(map(unicodedata.combining, parts[1:])) else character


_SPELLING = _Spelling()
