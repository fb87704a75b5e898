"""What came from the web: a page as it was received, and the feed that was found in it."""

from dataclasses import dataclass

from domain.article import Entry


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
    """SHA-256 of `body`, in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a source announces, in the order of its page."""

    title: str
    entries: tuple[Entry, ...]
    note: str | None = None
    """What should be known about the reading: damage, a cut, a doubtful encoding."""
