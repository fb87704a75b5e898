"""Names of places, organisations, facilities, programmes: both languages, one pass."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from domain.text.fold import fold

EntryKind = Literal["organisation", "place", "facility", "programme"]

FILES = ("chengdu", "sichuan", "national", "zones")
"""Each is a TOML file in this package; a new one is named here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing with all its names."""

    id: str
    kind: EntryKind
    zh: tuple[str, ...]
    en: tuple[str, ...]
    within: str = ""
    """The id of the place it lies in, where that says something (成都科学城 within chengdu)."""


class Name(NamedTuple):
    """A name as it stands in a text."""

    start: int
    end: int
    entry: Entry


@cache
def entries() -> Mapping[str, Entry]:
    """Return every entry of the gazetteer by its id."""
    found: dict[str, Entry] = {}
    for name in FILES:
        tables = tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
        for kind in ("place", "organisation", "facility", "programme"):
            for table in tables.get(kind, ()):
                entry = Entry(
                    id=table["id"],
                    kind=kind,
                    zh=tuple(table.get("zh", ())),
                    en=tuple(table.get("en", ())),
                    within=table.get("within", ""),
                )
                if entry.id in found:
                    raise ValueError(f"gazetteer: {entry.id} stands twice")
                found[entry.id] = entry
    return found


def names(folded: str) -> tuple[Name, ...]:
    """Return the names in a folded text, the longest where several begin, without overlaps."""
    matcher, owners, lowered = _matcher()
    haystack = folded.lower()
    if len(haystack) != len(folded):  # a few capital letters grow when lowered
        haystack = "".join(character.lower()[:1] or character for character in folded)
    found = []
    for pattern, start, end in matcher.find_matches_as_indexes(haystack):
        written = lowered[pattern]
        if written.isascii() and not _stands_alone(folded, start, end, written):
            continue
        found.append(Name(start=start, end=end, entry=owners[pattern]))
    return tuple(found)


_SHORT_FORM = re.compile(r"[A-Z]{2,6}\Z")


@cache
def _matcher() -> tuple[AhoCorasick, tuple[Entry, ...], tuple[str, ...]]:
    owners: dict[str, tuple[Entry, str]] = {}
    for entry in entries().values():
        for name in (*entry.zh, *entry.en):
            owners.setdefault(fold(name).lower(), (entry, fold(name)))
    patterns = tuple(owners)
    matcher = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    return (
        matcher,
        tuple(owners[pattern][0] for pattern in patterns),
        tuple(owners[pattern][1] for pattern in patterns),
    )


def _stands_alone(folded: str, start: int, end: int, written: str) -> bool:
    """English names end at word boundaries, and MIIT is not "miit"."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum()):
        return False
    return not _SHORT_FORM.match(written) or folded[start:end] == written
