"""One article in, one reading out: language, relevance, facts and entities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.facts import facts
from domain.facts.fact import Fact
from domain.facts.page import Page, page
from domain.judging import judge
from domain.relevance import Relevance
from domain.signature import Signature, signature
from domain.text.clean import clean, clean_line
from domain.text.language import TextLanguage, language_of


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
    signature: Signature | None = None
    """By what the same news is known elsewhere; None where it is about no topic."""


def read(
    text: str,
    *,
    title: str = "",
    published: str | None = None,
    topics: Sequence[str] = ("chengdu-ai",),
    off_topic: bool = True,
) -> Reading:
    """Return the reading of an article given as plain text.

    `published` is an ISO date (a time behind it is not looked at); relative dates need it.
    `off_topic`: whether facts are looked for in an article that is about none of the topics.
    Raises ValueError where `published` is no date, UnknownTopic for a topic that is not there.
    """
    canonical, heading = clean(text), clean_line(title)
    day = date.fromisoformat(published[:10]) if published else None
    language = language_of(f"{heading}\n{canonical}")
    relevance = tuple(judge(canonical, heading, topic) for topic in topics)
    on_topic = any(judgement.band != "off" for judgement in relevance)
    found: tuple[Fact, ...] = ()
    entities: tuple[Entity, ...] = ()
    known_by = None
    if language != "other" and (on_topic or off_topic):
        prepared = page(canonical, heading, "en" if language == "en" else "zh", day)
        found, entities = facts(prepared), _entities(prepared)
        known_by = signature(prepared, heading) if on_topic else None
    return Reading(
        title=heading,
        published=published,
        language=language,
        text=canonical,
        relevance=relevance,
        facts=found,
        entities=entities,
        signature=known_by,
    )


def signature_of(text: str, title: str, published: date | None) -> Signature:
    """Return what an article is known by, whatever it is about; `text` and `title` as given."""
    canonical, heading = clean(text), clean_line(title)
    language: Literal["zh", "en"] = "en" if language_of(f"{heading}\n{canonical}") == "en" else "zh"
    return signature(page(canonical, heading, language, published), heading)


def _entities(prepared: Page) -> tuple[Entity, ...]:
    """Every thing of the gazetteer once, with all its mentions, in the order of the first."""
    mentions: dict[str, list[tuple[int, int]]] = {}
    kinds = {}
    for name in prepared.names:
        mentions.setdefault(name.entry.id, []).append((name.start, name.end))
        kinds[name.entry.id] = name.entry.kind
    return tuple(
        Entity(
            kind=kinds[canonical],
            name=prepared.text[spans[0][0] : spans[0][1]],
            canonical=canonical,
            mentions=tuple({"start": start, "end": end} for start, end in spans),
        )
        for canonical, spans in mentions.items()
    )
