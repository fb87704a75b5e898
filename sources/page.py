"""What came from the web: a page as it was received, and what was found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.article import Attachment, Entry, Quality
from domain.source import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a web server, its transfer compression undone and nothing else."""

    url: str
    """The address that answered, after any redirects."""
    body: bytes
    content_type: str = ""
    """As the server gave it, charset and all."""
    etag: str | None = None
    """Verbatim; None after a redirect, because it belongs to the address that gave it."""
    last_modified: str | None = None
    """Verbatim; as `etag`."""
    body_hash: str
    """SHA-256 of `body`, a full stop, SHA-256 of the bytes as they were sent."""
    max_age: timedelta | None = None
    """How long the server says that it stays as it is (Cache-Control, Expires); a day at most."""
    moved_to: str | None = None
    """Its new address, where every redirect on the way here was a permanent one (301, 308)."""

    def same_as(self, body_hash: str | None) -> bool:
        """Whether it is the page of which this is the hash, however that was compressed."""
        return bool(body_hash) and self.body_hash.split(".")[0] == str(body_hash).split(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What is remembered of an entry that stands in a feed as it did before."""

    published: datetime | None
    keys: tuple[str, ...]
    """`domain.identity.short_keys`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a source announces, in the order of its page."""

    title: str
    entries: tuple[Entry, ...]
    """Without those that were read before and are unchanged, where that is remembered."""
    earlier: tuple[Earlier, ...] = ()
    """What is known of the entries left out."""
    memory: bytes | None = None
    """To be given to the next parsing of this feed; None where what was given still holds."""
    note: str | None = None
    """What should be known about the reading: damage, a cut, a doubtful encoding."""
    ttl: timedelta | None = None
    """How long the feed itself asks to be left alone; a day at most."""
    self_url: str | None = None
    """The address that the feed gives as its own."""
    doubtful: bool = False
    """The text looks garbled: probably it was in another encoding."""
    discovery_only: bool = False
    """Found by a search: a hint that something exists, no publication of the source itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """An article's own page, reduced to its words."""

    title: str
    text: str
    """One line for each paragraph, list item and table row; the title is not part of it."""
    published: datetime | None = None
    """Aware, in the source's zone; midnight where the page gives a day alone."""
    publisher: str = ""
    """Who the page says it is from."""
    attachments: tuple[Attachment, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each field was found: {"title": "meta ArticleTitle", "text": "trafilatura", …}."""
    quality: Quality = "full"
    """snippet: hardly more than a title was to be had."""
    doubtful: bool = False
    """The text looks garbled: probably it was in another encoding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that a page points to."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What an address leads to, and where else to look."""

    kind: Kind | None
    """What the page itself can be read as; None for a page with nothing to follow."""
    links: tuple[FeedLink, ...] = ()
    """Feeds that the page names, the likeliest first; never the page itself."""
    feed: Feed | None = None
    """The page read as `kind`."""
    well_known: tuple[str, ...] = ()
    """Absolute addresses where sites often keep a feed, the likeliest first."""
