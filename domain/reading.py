"""One article in, one reading out: language, relevance, facts and entities."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.facts.fact import Fact
from domain.relevance import Relevance

TextLanguage = Literal["en", "zh-Hans", "zh-Hant", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named thing that the gazetteer or the text's own form gives away."""

    kind: Literal["organisation", "place", "facility", "programme"]
    name: str
    canonical: str | None
    mentions: tuple[Mapping[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that is concluded from one article; every offset counts code points of `text`."""

    title: str
    published: str | None
    language: TextLanguage
    text: str
    """The canonical text: what was given, cleaned; the title is not part of it."""
    relevance: tuple[Relevance, ...]
    facts: tuple[Fact, ...]
    entities: tuple[Entity, ...]
