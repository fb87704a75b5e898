"""Topics: what readers want to hear of, as data; a topic is one TOML file in this package."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TOPICS = ("chengdu-ai",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What an article has to hold to be about this."""

    id: str
    places: Mapping[str, float]
    """Gazetteer ids with weights; entries that lie within them count too."""
    zones: Mapping[str, float]
    """Programmes and facilities that make an article the topic's own."""
    words: Mapping[str, float]
    """Subject words, folded and in lower case, with weights."""
    rivals: frozenset[str]
    """Ids of places whose prominence makes it somebody else's story."""
    policy: tuple[str, ...]
    """Words of policy, industry or infrastructure: what separates news from colour."""
    core: float
    adjacent: float


class UnknownTopic(ValueError):
    """There is no such topic."""


@cache
def topic(name: str) -> Topic:
    """Return a topic by name; UnknownTopic where there is none."""
    if name not in TOPICS:
        raise UnknownTopic(f"no topic {name!r}: there is {', '.join(TOPICS)}")
    table = tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
    return Topic(
        id=name,
        places=table["places"],
        zones=table["zones"],
        words=table["words"],
        rivals=frozenset(table["rivals"]),
        policy=tuple(table["policy"]),
        core=table["bands"]["core"],
        adjacent=table["bands"]["adjacent"],
    )
