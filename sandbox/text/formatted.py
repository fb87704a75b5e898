"""A text with its entities, and how Telegram settles them before it keeps them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sandbox.text.utf16 import index_at, units
from sandbox.values import Json

MOST_ENTITIES = 100
"""Telegram keeps this many and silently drops the rest."""

STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
CODE = frozenset({"code", "pre"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stretch of a text with a meaning; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        """Where it ends, in UTF-16 units."""
        return self.offset + self.length

    def json(self) -> Json:
        """As the Bot API writes it: only the fields that it has."""
        fields = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value for name, value in fields if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """A text and its entities."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def length(self) -> int:
        """In UTF-16 units: what the limits of 4096 and 1024 count."""
        return units(self.text)


def settle(formatted: Formatted) -> Formatted:
    """As it is kept: trimmed, nesting settled, at most 100 entities, in order."""
    trimmed = trim(formatted)
    entities = sorted(settle_nesting(trimmed.entities), key=_order)
    return replace(trimmed, entities=tuple(entities[:MOST_ENTITIES]))


def trim(formatted: Formatted) -> Formatted:
    """Without white space at both ends; entities follow, and empty ones go."""
    if formatted.text == formatted.text.strip():
        return formatted
    text = formatted.text.rstrip()
    cut = units(text) - units(text.lstrip())
    moved = (_clip(entity, cut, units(text)) for entity in formatted.entities)
    return Formatted(text=text.lstrip(), entities=tuple(entity for entity in moved if entity))


def _clip(entity: Entity, start: int, end: int) -> Entity | None:
    first, last = max(entity.offset, start), min(entity.end, end)
    if first >= last:
        return None
    return replace(entity, offset=first - start, length=last - first)


def settle_nesting(entities: Sequence[Entity]) -> list[Entity]:
    """Code holds nothing else, styles stop around code, a quote holds no quote."""
    code = _outermost(entity for entity in entities if entity.type in CODE)
    quotes = _outermost(entity for entity in entities if entity.type in QUOTES)
    settled = [*code, *quotes]
    for entity in entities:
        if entity.type in STYLES:
            settled += _outside(entity, code)
        elif entity.type not in CODE | QUOTES and not any(_within(entity, c) for c in code):
            settled.append(entity)
    return settled


def _outermost(entities: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in sorted(entities, key=_order):
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _outside(entity: Entity, holes: Sequence[Entity]) -> list[Entity]:
    """What is left of `entity` where none of the `holes` (in order, apart) is."""
    pieces, start = [], entity.offset
    for hole in holes:
        if hole.end <= start or hole.offset >= entity.end:
            continue
        if hole.offset > start:
            pieces.append(replace(entity, offset=start, length=hole.offset - start))
        start = hole.end
    if start < entity.end:
        pieces.append(replace(entity, offset=start, length=entity.end - start))
    return pieces


def _within(inner: Entity, outer: Entity) -> bool:
    return outer.offset <= inner.offset and inner.end <= outer.end


def _order(entity: Entity) -> tuple[int, int, str]:
    return entity.offset, -entity.length, entity.type


def piece(text: str, entity: Entity) -> str:
    """The words that an entity covers."""
    return text[index_at(text, entity.offset) : index_at(text, entity.end)]
