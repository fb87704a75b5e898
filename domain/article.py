"""What a source announces, and what makes two announcements the same article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from domain.reading import Reading
from domain.source import Tier

Quality = Literal["full", "snippet"]
"""full: the article's own words. snippet: only what its source says about it."""


SHORTEST_ARTICLE = 400
"""Characters; what is shorter is taken for a few words about an article."""


def is_snippet(text: str) -> bool:
    """Tell whether this is hardly the whole of an article."""
    return len(text.strip()) < SHORTEST_ARTICLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that comes with an article: a PDF, a DOC, a table."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One announcement, as its source made it, reduced to plain text."""

    guid: str = ""
    """The source's own identity for it; may be empty, repeated or changing."""
    url: str = ""
    """An absolute http(s) address, or empty."""
    title: str
    text: str = ""
    """Everything readable that came with it, without markup."""
    published: datetime | None = None
    updated: datetime | None = None

    def came_out(self, now: datetime) -> datetime:
        """When it was published, as far as anybody can tell: never later than now."""
        return min(self.published, now) if self.published else now

    def day(self, timezone: str) -> date | None:
        """Return the day of its publication in its source's zone: "today" in its text is that."""
        return self.published.astimezone(ZoneInfo(timezone)).date() if self.published else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry that is kept: the current revision of its words."""

    id: int
    source_id: int
    source_title: str
    tier: Tier
    url: str
    title: str
    text: str
    language: str
    published: datetime | None
    first_seen_at: datetime
    revision: int = 1
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each field was found: {"title": "meta ArticleTitle", "text": "feed", …}."""
    quality: Quality = "full"
    attachments: tuple[Attachment, ...] = ()
    unread: str | None = None
    """Why its text could not be judged; then only its title was."""

    @property
    def when(self) -> datetime:
        """When it came out, as far as anybody can tell."""
        return min(self.published, self.first_seen_at) if self.published else self.first_seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is remembered of an article that a source has brought before."""

    article_id: int
    canonical_url: str
    title: str
    content_hash: str
    revision: int
    story_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePage:
    """An article of which there is only the announcement so far, though it has a page."""

    source_id: int
    known: Known
    entry: Entry
    """The announcement."""
    tries: int
    """How often its page was tried again in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An entry that is to be kept, with everything concluded from it."""

    entry: Entry
    keys: tuple[str, ...]
    """The identities by which its source will be known to have brought it (`domain.identity`)."""
    canonical_url: str
    content_hash: str
    reading: Reading
    story_id: int | None = None
    """None where it is about no topic."""
    origins: Mapping[str, str] = field(default_factory=dict)
    quality: Quality = "full"
    attachments: tuple[Attachment, ...] = ()
    unread: str | None = None
    """Why its text could not be judged, in one plain line; then `reading` is of the title alone."""
    page_owed: bool = False
    """Its own page was to be read and could not be: it is tried again later."""
