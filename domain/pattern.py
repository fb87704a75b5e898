"""Words that somebody looks for in articles: as they stand, or with `*`; never an expression."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.text.fold import fold
from domain.text.terms import is_glyph

LONGEST = 40
"""Characters of one word or phrase."""
WIDEST = 20
"""Characters that one `*` stands for at most; it never reaches into another sentence."""

_STOPS = frozenset(".,;:!?。、…\n|")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word in parts that follow each other closely; between two of them stood a `*`."""

    parts: tuple[str, ...]
    opens: bool = False
    """It may be the end of a longer word: `*tech` is in fintech."""
    goes_on: bool = False
    """It may be the beginning of one: `robot*` is in robotics."""

    def occurs(self, plain: str) -> bool:
        """Tell whether it is in a text that `plainly` returned, in time that grows with both."""
        ends: list[int] | None = None
        for at, part in enumerate(self.parts):
            begins = at > 0 or self.opens
            closes = at == len(self.parts) - 1 and not self.goes_on
            places = _places(part, plain, word_begins=not begins, word_ends=closes)
            ends = [end for start, end in places if ends is None or _near(ends, start, plain)]
            if not ends:
                return False
        return True


def plainly(*texts: str) -> str:
    """Return texts as words are looked for in them: one script, one case, single spaces."""
    return "\n".join(" ".join(_plain(text).split()) for text in texts)


def is_usable(word: str) -> bool:
    """Tell whether a word says enough to look for: a Han character, or a letter beside something.

    What is longer than `LONGEST` is a sentence, not a word.
    """
    if len(word) > LONGEST:
        return False
    return any(_says_something(part) for part in pattern(word).parts)


@lru_cache(maxsize=4096)
def pattern(word: str) -> Pattern:
    """Read a word as it was typed."""
    plain = " ".join(_plain(word).split())
    parts = tuple(part for one in plain.split("*") if (part := one.strip()))
    return Pattern(parts, opens=plain.startswith("*"), goes_on=plain.endswith("*"))


def _plain(text: str) -> str:
    return fold(unicodedata.normalize("NFKC", fold(text))).casefold()


def _says_something(part: str) -> bool:
    if any(is_glyph(one) for one in part):
        return True
    return len(part) > 1 and any(one.isalpha() for one in part)


def _places(
    part: str, plain: str, *, word_begins: bool, word_ends: bool
) -> Iterator[tuple[int, int]]:
    """Find a part wherever it stands; a Latin one not within a longer word."""
    start = plain.find(part)
    while start >= 0:
        end = start + len(part)
        fits = not (word_begins and _joined(plain, start)) and not (
            word_ends and _joined(plain, end)
        )
        if fits:
            yield start, end
        start = plain.find(part, start + 1)


def _joined(plain: str, at: int) -> bool:
    """Tell whether the characters on both sides belong to one word."""
    before, after = plain[at - 1 : at] if at else "", plain[at : at + 1]
    return _is_letter(before) and _is_letter(after)


def _is_letter(character: str) -> bool:
    return character.isalnum() and not is_glyph(character)


def _near(ends: list[int], start: int, plain: str) -> bool:
    """Tell whether a part ends shortly before; if the nearest is too far, all others are."""
    at = bisect_right(ends, start)
    if not at:
        return False
    gap = plain[ends[at - 1] : start]
    return len(gap) <= WIDEST and not _STOPS & set(gap)
