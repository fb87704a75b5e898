"""Rules and word lists as data: every entry has an id, a pattern, an example and a counter-example.

A file holds one array of tables for each language:

    [[zh]]
    id = "zh.event.opened"
    is = "in_operation"          # what a hit means
    find = "投入使用|启用"         # a regular expression, on folded text
    example = "园区于9月投入使用"
    counter = "尚未使用"

The tests run every entry: it has to find its example and must not find its counter-example.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

from domain.text.matching import last_match
from domain.text.sieve import SIEVE
from domain.text.stems import stems


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of a lexicon."""

    id: str
    meaning: str
    find: str
    example: str
    counter: str


class Hit(NamedTuple):
    """Where a rule was met."""

    start: int
    end: int
    rule: Rule


class Lexicon:
    """Rules of one kind and language, searched in one pass; earlier rules win over later ones.

    In an article only the rules are tried whose stems stand in the stretch that is asked about.
    """

    def __init__(self, rules: tuple[Rule, ...], language: str) -> None:
        self.rules, self.language = rules, language
        self._flags = re.MULTILINE | (re.IGNORECASE if language == "en" else re.NOFLAG)
        held = [stems(rule.find, self._flags) for rule in rules]
        self._whole = lru_cache(maxsize=_REMEMBERED)(
            lambda text: tuple(self._hits(text, 0, len(text)))
        )
        """Titles, labels and subjects are asked about for each number below them."""
        self._family = SIEVE.join([one for one in held if one]) if all(held) else None

    @cached_property
    def each(self) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
        """Every rule with its own pattern, for those who ask in the rules' order."""
        return tuple((rule, re.compile(rule.find)) for rule in self.rules)

    def hits(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Return every hit within [start, end), from left to right, without overlaps."""
        if start == 0 and end == len(text) < _SHORT:
            return iter(self._whole(text))
        return self._hits(text, start, end)

    def _hits(self, text: str, start: int, end: int) -> Iterator[Hit]:
        possible = self._possible(text, start, end)
        if possible is None:
            return (Hit(*m.span(), self._rule(m)) for m in self._pattern.finditer(text, start, end))
        if not possible:
            return iter(())
        if len(possible) == 1:
            rule, pattern = self.rules[possible[0]], self._alone[possible[0]]
            return (Hit(*found.span(), rule) for found in pattern.finditer(text, start, end))
        return self._of_several(possible, text, start, end)

    def _of_several(self, possible: list[int], text: str, start: int, end: int) -> Iterator[Hit]:
        met = self._met(possible, text, start, end)
        while met:
            found, number = min(met, key=_place)
            yield Hit(*found.span(), self.rules[number])
            behind = found.end()
            again = [n for one, n in met if one.start() < behind]
            met = [one for one in met if one[0].start() >= behind]
            met += self._met(again, text, behind, end)

    def first(self, text: str, start: int, end: int) -> Hit | None:
        """Return the leftmost hit within [start, end)."""
        possible = self._possible(text, start, end)
        if possible is None:
            found = self._pattern.search(text, start, end)
            return Hit(*found.span(), self._rule(found)) if found else None
        met = self._met(possible, text, start, end) if possible else None
        if not met:
            return None
        leftmost, number = min(met, key=_place)
        return Hit(*leftmost.span(), self.rules[number])

    def _met(
        self, numbers: list[int], text: str, start: int, end: int
    ) -> list[tuple[re.Match[str], int]]:
        """The leftmost match of each of these rules."""
        found = [(self._alone[n].search(text, start, end), n) for n in numbers]
        return [(match, number) for match, number in found if match]

    def last(self, text: str, start: int, end: int) -> Hit | None:
        """Return the rightmost hit within [start, end)."""
        found = last_match(self._pattern, text, start, end)
        return Hit(found.start(), found.end(), self._rule(found)) if found else None

    def meaning(self, text: str, start: int, end: int) -> str | None:
        """Return what the leftmost hit means."""
        hit = self.first(text, start, end)
        return hit.rule.meaning if hit else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_either([rule.find for rule in self.rules]), self._flags)

    @cached_property
    def _alone(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(rule.find, self._flags) for rule in self.rules)

    def _possible(self, text: str, start: int, end: int) -> list[int] | None:
        """The rules that can hit within [start, end); None where all are tried at once."""
        if self._family is None or len(text) < _SHORT:
            return None
        possible = SIEVE.possible(self._family, text, start, end)
        return possible if len(possible) <= _MANY else None

    def _rule(self, found: re.Match[str]) -> Rule:
        return self.rules[int((found.lastgroup or "r0")[1:])]


_SHORT = 300
"""Characters of a text that is searched as it is."""
_REMEMBERED = 64
_MANY = 4
"""Of more rules than that, all are tried at once."""


def _place(met: tuple[re.Match[str], int]) -> tuple[int, int]:
    """The leftmost comes first, and of two there the earlier rule's."""
    return met[0].start(), met[1]


def _either(patterns: list[str]) -> str:
    """One alternation with a numbered group for each; a shared word boundary is asked for once."""
    shared = bool(patterns) and all(pattern.startswith(r"\b") for pattern in patterns)
    own = [pattern[2:] if shared else pattern for pattern in patterns]
    joined = "|".join(f"(?P<r{number}>{pattern})" for number, pattern in enumerate(own))
    return rf"\b(?:{joined})" if shared else joined or r"(?!)"


@cache
def lexicon(package: str, name: str, language: str) -> Lexicon:
    """Return the rules of a language ("zh", "en") in the file `name`.toml, read once."""
    return Lexicon(rules_in(package, name, language), language)


def rules_in(package: str, name: str, language: str) -> tuple[Rule, ...]:
    """Return the rules as they stand in the file."""
    tables = tomllib.loads(files(package).joinpath(f"{name}.toml").read_text("utf-8"))
    return tuple(
        Rule(
            id=entry["id"],
            meaning=entry.get("is", ""),
            find=entry["find"],
            example=entry["example"],
            counter=entry["counter"],
        )
        for entry in tables.get(language, ())
    )
