"""From the words after /search to what is looked for."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.facts.fact import FactType
from domain.facts.named import type_named
from domain.relevance import Band
from domain.search.phrase import Phrase, phrase
from domain.search.since import since

ON_TOPIC: tuple[Band, ...] = ("core", "adjacent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Articles that hold all phrases and pass all filters."""

    phrases: tuple[Phrase, ...] = ()
    since: datetime | None = None
    source: str = ""
    """Its number, or a part of its name or address."""
    types: tuple[FactType, ...] = ()
    """It states a fact of one of these; of any, or none, where this is empty."""
    bands: tuple[Band, ...] = ON_TOPIC


class Unclear(ValueError):
    """Words that nobody can look for: `what` is missing or wrong, `word` is how it was said."""

    def __init__(self, what: Literal["words", "since", "type", "band", "source"], word: str = ""):
        super().__init__(f"{what}: {word}")
        self.what = what
        self.word = word


def phrases_of(words: str, *, begins: bool = False) -> tuple[Phrase, ...]:
    """Read words and "quoted phrases" without filters; `begins`: words may all go on."""
    found: list[Phrase] = []
    for item in _WORDS.finditer(_quoted(words)):
        if item["quoted"] is not None:
            found += _phrases([item["quoted"]])
        else:
            ends = "*" * begins
            found += _phrases([part + ends for part in _SEPARATORS.split(item["plain"])])
    return tuple(dict.fromkeys(found))


def parse(text: str, now: datetime) -> Query:
    """Read words, "quoted phrases", beginn* and filters, in English or Chinese, in any order.

    Days begin at midnight in the time zone of `now`.

    Raises:
        Unclear: There is nothing to look for, or a filter cannot be understood.
    """
    said = _NAME.sub(lambda found: f" {found[1]}:", _quoted(text))
    phrases: list[Phrase] = []
    filters: dict[str, str] = {}
    for item in _ITEM.finditer(said):
        if name := item["name"]:
            filters[_FILTERS[name.casefold()]] = (item["value"] or item["bare"] or "").strip()
        elif item["quoted"] is not None:
            phrases += _phrases([item["quoted"]])
        else:
            phrases += _phrases(_SEPARATORS.split(item["plain"]))
    if not phrases and not filters:
        raise Unclear("words")
    return _query(tuple(dict.fromkeys(phrases)), filters, now)


def _query(phrases: tuple[Phrase, ...], filters: dict[str, str], now: datetime) -> Query:
    past, source = filters.get("since"), filters.get("source", "")
    if "source" in filters and not source:
        raise Unclear("source")
    return Query(
        phrases=phrases,
        since=None if past is None else _since(past, now),
        source=source,
        types=_types(filters["type"]) if "type" in filters else (),
        bands=_bands(filters["band"]) if "band" in filters else ON_TOPIC,
    )


def _quoted(text: str) -> str:
    """Return a text with one kind of quotes, in pairs; one that is left alone is none."""
    plain = _SINGLE.sub(r'"\1"', _QUOTES.sub('"', unicodedata.normalize("NFKC", text)))
    # Behind a filter's colon it holds what stands up to the end.
    before, lone, behind = plain.rpartition('"') if plain.count('"') % 2 else (plain, "", "")
    return plain if not lone or before.rstrip().endswith(":") else f"{before} {behind}"


def _phrases(texts: list[str]) -> list[Phrase]:
    found = (phrase(text, begins=text.endswith("*")) for text in texts)
    return [one for one in found if one]


def _since(word: str, now: datetime) -> datetime:
    found = since(word, now)
    if found is None:
        raise Unclear("since", word)
    return found


def _types(word: str) -> tuple[FactType, ...]:
    found = [_type(part.strip()) for part in _SEPARATORS.split(word)]
    if not word or None in found:
        raise Unclear("type", word)
    return tuple(dict.fromkeys(one for one in found if one))


def _type(word: str) -> FactType | None:
    # 数据 is a word of the topic, and a type only where a type is asked for.
    return "metric" if word == "数据" else type_named(word)


def _bands(word: str) -> tuple[Band, ...]:
    found = _BANDS.get(word.casefold())
    if found is None:
        raise Unclear("band", word)
    return found


_FILTERS = {
    **dict.fromkeys(("since", "近", "最近", "自"), "since"),
    **dict.fromkeys(("source", "来源"), "source"),
    **dict.fromkeys(("type", "kind", "类型"), "type"),
    **dict.fromkeys(("band", "relevance", "topic", "范围", "相关"), "band"),
}
_BANDS: dict[str, tuple[Band, ...]] = {
    **dict.fromkeys(("on", "on-topic", "主题", "相关"), ON_TOPIC),
    **dict.fromkeys(("all", "any", "全部", "所有"), ("core", "adjacent", "off")),
    **dict.fromkeys(("core", "核心"), ("core",)),
    **dict.fromkeys(("adjacent", "周边"), ("adjacent",)),
    **dict.fromkeys(("off", "off-topic", "无关"), ("off",)),
}
_QUOTES = re.compile("[“”„«»「」『』〝〞]")
_SINGLE = re.compile("(?<![A-Za-z0-9])‘([^‘’]*)’(?![A-Za-z0-9])")
"""Elsewhere it is an apostrophe."""
_NAMES = "|".join(sorted(_FILTERS, key=len, reverse=True))
_NAME = re.compile(rf"(?<![^\s,;]) *({_NAMES}) *: *", re.IGNORECASE)
_WORD = r"\"(?P<quoted>[^\"]*)\"?|(?P<plain>[^\s\"]+)"
_ITEM = re.compile(
    rf"(?P<name>{_NAMES}):(?:\"(?P<value>[^\"]*)\"?|(?P<bare>[^\s\"]*))"
    rf"|{_WORD}",
    re.IGNORECASE,
)
_WORDS = re.compile(_WORD)
# A comma within a number is its own.
_SEPARATORS = re.compile(r"(?<![0-9]),|,(?![0-9])|[、;。!?|]")
