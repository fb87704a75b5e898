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
from functools import cache, cached_property
from importlib.resources import files

from domain.text.matching import last_match


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of a lexicon."""

    id: str
    meaning: str
    find: str
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule was met."""

    start: int
    end: int
    rule: Rule


class Lexicon:
    """Rules of one kind and language, searched in one pass; earlier rules win over later ones."""

    def __init__(self, rules: tuple[Rule, ...], language: str) -> None:
        self.rules = rules
        flags = re.MULTILINE | (re.IGNORECASE if language == "en" else re.NOFLAG)
        self._pattern = re.compile(_either([rule.find for rule in rules]), flags)

    @cached_property
    def each(self) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
        """Every rule with its own pattern, for those who ask in the rules' order."""
        return tuple((rule, re.compile(rule.find)) for rule in self.rules)

    def hits(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Yield every hit within [start, end), from left to right, without overlaps."""
        for found in self._pattern.finditer(text, start, end):
            yield Hit(found.start(), found.end(), self._rule(found))

    def first(self, text: str, start: int, end: int) -> Hit | None:
        """Return the leftmost hit within [start, end)."""
        found = self._pattern.search(text, start, end)
        return Hit(found.start(), found.end(), self._rule(found)) if found else None

    def last(self, text: str, start: int, end: int) -> Hit | None:
        """Return the rightmost hit within [start, end)."""
        found = last_match(self._pattern, text, start, end)
        return Hit(found.start(), found.end(), self._rule(found)) if found else None

    def meaning(self, text: str, start: int, end: int) -> str | None:
        """Return what the leftmost hit means."""
        hit = self.first(text, start, end)
        return hit.rule.meaning if hit else None

    def _rule(self, found: re.Match[str]) -> Rule:
        return self.rules[int((found.lastgroup or "r0")[1:])]


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
