"""What the bot asks a worker and what it hears back: values, and how they cross the pipe.

Every message is a frame: four bytes of length, then that many bytes. Frames hold the JSON of
one of the values below; the body of a page follows its task as a frame of its own, raw.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

import msgspec

from domain.article import Entry
from domain.reading import Reading
from domain.source import Kind, ReadingOptions
from sources.opml import OpmlReading
from sources.page import Earlier, FeedLink, PageText

LENGTH = 4  # bytes, big-endian
LONGEST_FRAME = 16 * 1024 * 1024
"""Bytes; a body is at most a third of it, and answers come in pieces of about 256 KiB."""
_PIECE = 256 * 1024  # characters of entries in one frame: some milliseconds of decoding


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """One article to conclude from; `published` is an ISO date, or None."""

    text: str
    title: str = ""
    published: str | None = None

    @classmethod
    def of(cls, entry: Entry, timezone: str) -> Self:
        """Ask what an entry says, whose source is in that IANA zone."""
        day = entry.day(timezone)
        return cls(text=entry.text, title=entry.title, published=day.isoformat() if day else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFailure:
    """An article that could not be read; the others of its batch were."""

    reason: str
    """One plain line."""
    code: str
    """read_timeout, read_died, read_failed, read_too_large."""


class ParseTask(msgspec.Struct, frozen=True, kw_only=True, tag="parse"):
    """Read a page; its body is the next frame."""

    kind: Kind
    content_type: str
    url: str
    now: datetime
    options: ReadingOptions
    seconds: int
    memory: bytes = b""
    """What the last parsing of this feed left to be given to this one."""


class ExtractTask(msgspec.Struct, frozen=True, kw_only=True, tag="extract"):
    """Reduce an article's page to its words; its body is the next frame."""

    content_type: str
    url: str
    now: datetime
    options: ReadingOptions
    seconds: int


class DiscoverTask(msgspec.Struct, frozen=True, kw_only=True, tag="discover"):
    """Say what a page is and where it leads; its body is the next frame."""

    content_type: str
    url: str
    now: datetime
    options: ReadingOptions
    seconds: int


class OpmlTask(msgspec.Struct, frozen=True, kw_only=True, tag="opml"):
    """Read a list of sources; its body is the next frame."""

    content_type: str
    seconds: int


class ReadTask(msgspec.Struct, frozen=True, kw_only=True, tag="read"):
    """Conclude from articles, one answer for each, in order."""

    articles: tuple[ReadRequest, ...]
    topics: tuple[str, ...]
    seconds: int


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The worker has started."""


class Entries(msgspec.Struct, frozen=True, tag="entries"):
    """Some entries of the feed; more follow."""

    entries: tuple[Entry, ...]


class Parsed(msgspec.Struct, frozen=True, kw_only=True, tag="parsed"):
    """The end of a feed."""

    title: str
    note: str | None
    ttl: timedelta | None
    self_url: str | None
    doubtful: bool
    discovery_only: bool
    earlier: tuple[Earlier, ...] = ()
    memory: bytes | None = None


class Extracted(msgspec.Struct, frozen=True, tag="extracted"):
    """An article's page, reduced to its words."""

    page: PageText


class Discovered(msgspec.Struct, frozen=True, kw_only=True, tag="discovered"):
    """What a page is; with a kind, its feed follows."""

    kind: Kind | None
    links: tuple[FeedLink, ...]
    well_known: tuple[str, ...]


class OpmlRead(msgspec.Struct, frozen=True, tag="opml_read"):
    """What a list of sources holds."""

    reading: OpmlReading


class Read(msgspec.Struct, frozen=True, tag="read"):
    """What one article says."""

    reading: Reading


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """It could not be done: the whole page, or this one article."""

    code: str
    reason: str


PageTask = ParseTask | ExtractTask | DiscoverTask | OpmlTask
"""Tasks whose body follows them."""
Task = PageTask | ReadTask
Answer = Ready | Entries | Parsed | Extracted | Discovered | OpmlRead | Read | Failed


def framed(content: bytes) -> bytes:
    """Put its length before the content."""
    return len(content).to_bytes(LENGTH, "big") + content


def pieces(entries: Iterable[Entry]) -> "Iterable[tuple[Entry, ...]]":
    """Cut entries into groups that are quick to decode."""
    group: list[Entry] = []
    size = 0
    for entry in entries:
        group.append(entry)
        size += len(entry.text) + len(entry.title)
        if size > _PIECE:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)
