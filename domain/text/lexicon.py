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
from collections.abc import Iterable, Iterator, Mapping
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
        self.rules = rules
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
        pattern = self._searching(text, start, end)
        if pattern is not None:
            for found in pattern.finditer(text, start, end):
                yield Hit(*found.span(), self._rule(found))

    def first(self, text: str, start: int, end: int) -> Hit | None:
        """Return the leftmost hit within [start, end)."""
        pattern = self._searching(text, start, end)
        found = pattern.search(text, start, end) if pattern is not None else None
        return Hit(found.start(), found.end(), self._rule(found)) if found else None

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
        return self._of(range(len(self.rules)))

    def _searching(self, text: str, start: int, end: int) -> re.Pattern[str] | None:
        """The pattern of the rules that can hit within [start, end); None where none can."""
        if self._family is None or len(text) < _SHORT:
            return self._pattern
        possible = SIEVE.possible(self._family, text, start, end)
        if len(possible) > _MANY:
            return self._pattern
        return self._few(tuple(possible)) if possible else None

    def _few(self, numbers: tuple[int, ...]) -> re.Pattern[str]:
        if numbers not in self._compiled:
            self._compiled[numbers] = self._of(numbers)
        return self._compiled[numbers]

    @cached_property
    def _compiled(self) -> dict[tuple[int, ...], re.Pattern[str]]:
        return {}

    def _of(self, numbers: Iterable[int]) -> re.Pattern[str]:
        return re.compile(_either({at: self.rules[at].find for at in numbers}), self._flags)

    def _rule(self, found: re.Match[str]) -> Rule:
        return self.rules[int((found.lastgroup or "r0")[1:])]


_SHORT = 300
"""Characters of a text that is searched as it is."""
_REMEMBERED = 64
_MANY = 2
"""Of more rules than that, the pattern of all is taken: few patterns are few to keep."""


def _either(patterns: Mapping[int, str]) -> str:
    """One alternation with a numbered group for each; a shared word boundary is asked for once."""
    shared = bool(patterns) and all(pattern.startswith(r"\b") for pattern in patterns.values())
    own = {at: pattern[2:] if shared else pattern for at, pattern in patterns.items()}
    joined = "|".join(f"(?P<r{number}>{pattern})" for number, pattern in own.items())
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
