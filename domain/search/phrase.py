"""Words that have to stand together: the terms that lead to them, and what proves them there.

An index of terms only says which texts may hold a phrase; `occurs` looks, so that the answer is
the same whatever the index is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from domain.text.terms import GLYPHS, LONGEST, RUN, is_glyph, spelled, visible

MOST_TERMS = 48
"""Terms of one search that the index is asked for; `occurs` settles the rest."""


@dataclass(frozen=True, slots=True)
class Term:
    """What an index is asked for."""

    text: str
    begins: bool = False
    """Any term that begins with it will do."""
    others: tuple["Term", ...] = ()
    """Any of them will do as well."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Runs of glyphs and words, one behind the other whatever stands between them."""

    runs: tuple[str, ...]
    begins: bool = False
    """The last word may go on."""
    others: tuple["Phrase", ...] = ()
    """What else leads to a text, for who finds there what its words do not say."""

    def occurs(self, plain: str) -> bool:
        """Tell whether it is in a text that `plainly` returned."""
        return _pattern(self).search(plain) is not None

    def places(self, plain: str) -> Iterator[tuple[int, int]]:
        """Yield where it is in such a text, from left to right."""
        return (found.span() for found in _pattern(self).finditer(plain))


def plainly(text: str) -> str:
    """Return a text as phrases are looked for in it."""
    return spelled(visible(text))


def phrase(text: str, begins: bool = False) -> Phrase | None:
    """Read the runs of a text; None where it holds neither letter, digit nor glyph."""
    runs = tuple(RUN.findall(plainly(text)))
    if not runs:
        return None
    return Phrase(runs, begins and not is_glyph(runs[-1][0]))


def occur_in(phrases: Iterable[Phrase], texts: Iterable[str]) -> bool:
    """Tell whether every phrase is in one of the texts."""
    plain = [plainly(text) for text in texts]
    return all(any(one.occurs(text) for text in plain) for one in phrases)


def index_terms(phrases: Iterable[Phrase]) -> list[Term]:
    """Return terms that are in every text which holds these phrases; an index may have more."""
    found = dict.fromkeys(term for one in phrases for term in _terms(one))
    return list(found)[:MOST_TERMS]


def _terms(wanted: Phrase) -> list[Term]:
    """Return the terms of a phrase; where others lead there too, one term of each."""
    if not wanted.others:
        return _own_terms(wanted)
    first, *others = dict.fromkeys(_rarest(_own_terms(one)) for one in (wanted, *wanted.others))
    # One glyph begins many terms, and what begins with the first one is found by it.
    few = (term for term in others if not (term.begins and is_glyph(term.text[0])))
    if first.begins:
        few = (term for term in few if not term.text.startswith(first.text))
    return [Term(first.text, first.begins, tuple(few))]


def _rarest(terms: Sequence[Term]) -> Term:
    """Return the longest term, of several the last: in 算力券 it is 力券 that says what it is."""
    return max(reversed(terms), key=lambda term: len(term.text))


def _own_terms(wanted: Phrase) -> list[Term]:
    terms = [term for run in wanted.runs for term in _terms_of_run(run)]
    if wanted.begins and len(wanted.runs[-1]) <= LONGEST:
        terms[-1] = Term(wanted.runs[-1], begins=True)
    # One glyph begins many terms: that is costly, and needless beside a narrower one.
    narrow = [term for term in terms if not (term.begins and is_glyph(term.text))]
    return narrow or terms[:1]


def _terms_of_run(run: str) -> Sequence[Term]:
    if not is_glyph(run[0]):
        return [Term(run[:LONGEST])]
    if len(run) == 1:
        return [Term(run, begins=True)]
    return [Term("".join(pair)) for pair in pairwise(run)]


@lru_cache(maxsize=256)
def _pattern(wanted: Phrase) -> re.Pattern[str]:
    last = len(wanted.runs) - 1
    parts = [_one(run, wanted.begins and at == last) for at, run in enumerate(wanted.runs)]
    between = [_between(*pair) for pair in pairwise(wanted.runs)]
    return re.compile("".join(chain(*zip(parts, [*between, ""], strict=True))))


def _one(run: str, begins: bool) -> str:
    if is_glyph(run[0]):
        return re.escape(run)
    return rf"(?<![^ {GLYPHS}]){re.escape(run)}" + ("" if begins else rf"(?![^ {GLYPHS}])")


def _between(before: str, behind: str) -> str:
    """Glyphs and words may touch each other; two words cannot, nor two runs of glyphs."""
    return " *" if is_glyph(before[0]) != is_glyph(behind[0]) else " +"
