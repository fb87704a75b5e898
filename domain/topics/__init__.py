"""Topics: what readers want to hear of, as data. A topic is one TOML file in this package.

`docs/topics.md` explains every key with a worked example; a new file needs no code.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from domain.gazetteer import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A word of the subject that means something else beside other words."""

    word: str
    beside: tuple[str, ...]
    """AI beside "flight" is an airline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What an article has to hold to be about this."""

    id: str
    places: Mapping[str, float]
    """Gazetteer ids with weights; entries that lie within them count too."""
    zones: Mapping[str, float]
    """Programmes and facilities that make an article the topic's own."""
    words: Mapping[str, float]
    """Subject words with weights; a Latin word in capitals is met in capitals only."""
    rivals: frozenset[str]
    """Ids of places whose prominence makes it somebody else's story."""
    above: frozenset[str]
    """Ids of a country, a province, their bodies: their story touches the topic at most."""
    policy: tuple[str, ...]
    """Words of industry or infrastructure: what separates news from colour."""
    acts: tuple[str, ...]
    """Words of what only public bodies do: policy rather than the affairs of a company."""
    colour: tuple[str, ...]
    """Words of everyday life: a restaurant with robots is not the topic."""
    company: tuple[str, ...]
    """Words of one company's own affairs, which are a digest's news at most."""
    mistakes: tuple[Mistake, ...]
    names: tuple[Entry, ...] = field(default=())
    """Names that the gazetteer does not hold and only this topic needs."""
    core: float
    adjacent: float


class UnknownTopic(ValueError):
    """There is no such topic."""


@cache
def topic_names() -> tuple[str, ...]:
    """Return the names of all topics: those of the files in this package."""
    found = (path.name for path in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def topic(name: str) -> Topic:
    """Return a topic by name; UnknownTopic where there is none."""
    if name not in topic_names():
        raise UnknownTopic(f"no topic {name!r}: there is {', '.join(topic_names())}")
    return read_topic(name, files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


def read_topic(name: str, content: str) -> Topic:
    """Return the topic that a file's content describes.

    Raises:
        ValueError: It is no TOML, or a key is missing (a KeyError is told as one).
    """
    table = tomllib.loads(content)
    try:
        return _topic(name, table)
    except KeyError as error:
        raise ValueError(f"topic {name}: {error.args[0]} is missing") from None


def _topic(name: str, table: Mapping[str, Any]) -> Topic:
    return Topic(
        id=name,
        places=table["places"],
        zones=table.get("zones", {}),
        words=table["words"],
        rivals=frozenset(table.get("rivals", ())),
        above=frozenset(table.get("above", ())),
        policy=tuple(table["policy"]),
        acts=tuple(table.get("acts", ())),
        colour=tuple(table.get("colour", ())),
        company=tuple(table.get("company", ())),
        mistakes=tuple(
            Mistake(word=one["word"], beside=tuple(one["beside"]))
            for one in table.get("mistakes", ())
        ),
        names=tuple(_name(one) for one in table.get("names", ())),
        core=table["bands"]["core"],
        adjacent=table["bands"]["adjacent"],
    )


def _name(table: Mapping[str, Any]) -> Entry:
    return Entry(
        id=table["id"],
        kind=table.get("kind", "place"),
        zh=tuple(table.get("zh", ())),
        en=tuple(table.get("en", ())),
        within=table.get("within", ""),
    )
