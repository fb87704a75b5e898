"""A fact together with who states it."""

from dataclasses import dataclass

from domain.article import Article
from domain.facts.fact import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A stored fact and the article that states it."""

    number: int
    """The database's id; people see it as f12."""
    fact: Fact
    article: Article
