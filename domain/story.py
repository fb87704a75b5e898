"""A story: one happening, however many articles tell it."""

from dataclasses import dataclass
from datetime import datetime

from domain.article import Article
from domain.facts.fact import Fact
from domain.relevance import Band, Relevance
from domain.source import TIERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One article of a story with what was concluded from it."""

    article: Article
    relevance: tuple[Relevance, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is told as one thing; its coverage is never empty."""

    id: int
    band: Band
    first_seen_at: datetime
    backlog: bool = False
    """It came with the first reading of a source: kept, not alerted."""
    coverage: tuple[Coverage, ...]

    @property
    def news_at(self) -> tuple[datetime, ...]:
        """When it became news: the digests whose time this falls into tell it.

        What came with a backlog is news of the day on which it was published.
        """
        if not self.backlog:
            return (self.first_seen_at,)
        published = (one.article.published for one in self.coverage)
        return tuple(at for at in published if at is not None)

    @property
    def lead(self) -> Coverage:
        """The official original first, then by tier, then the earliest."""
        return min(self.coverage, key=precedence)


def precedence(coverage: Coverage) -> tuple[int, datetime, int]:
    """Return what to sort a story's articles by: the nearest to the original first."""
    article = coverage.article
    return TIERS.index(article.tier), article.when, article.id
