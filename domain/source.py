"""A place articles come from, and when to look there again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from domain.search.phrase import plainly

Kind = Literal["feed", "json_feed", "list", "json", "search"]
"""How a source is read; `sources.PARSERS` has one parser for each.

feed: RSS, RDF or Atom. json_feed: JSON Feed. list: an HTML page that lists publications. json: a
JSON list whose field names are given. search: a feed of search results, for discovery only.
"""

KINDS: tuple[Kind, ...] = ("feed", "json_feed", "list", "json", "search")

FIELDS = ("items", "title", "url", "date", "text")
"""What can be named of a JSON list, each by a dotted path."""

Tier = Literal["official", "interpretation", "state_media", "media", "reprint"]
"""How near a source stands to the original, nearest first: the original leads a story."""

TIERS: tuple[Tier, ...] = ("official", "interpretation", "state_media", "media", "reprint")

State = Literal["active", "paused", "gone"]

LONGEST_WAIT = timedelta(days=1)
_DOUBLINGS = 10  # 2**10 intervals already pass LONGEST_WAIT; more would overflow timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """What an operator knows about a source that its pages do not say."""

    charset: str | None = None
    """The encoding to believe instead of the evidence."""
    selector: str | None = None
    """CSS of a list page's links; None lets the list be found by itself."""
    timezone: str = "Asia/Shanghai"
    """IANA zone of dates that are given without one."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """For a JSON list: dotted paths of items, title, url, date and text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One watched address, as the last reading left it."""

    id: int
    url: str
    kind: Kind = "feed"
    title: str = ""
    tier: Tier = "media"
    state: State = "active"
    interval: timedelta = timedelta(minutes=15)
    options: ReadingOptions = field(default_factory=ReadingOptions)
    language: str | None = None
    """What it writes in ("zh", "en"), where an operator or the source says so."""
    full_text: bool | None = False
    """Its articles' own pages are read, too; None leaves that to its first reading."""
    etag: str | None = None
    """Verbatim, quotes and all: some servers compare bytes."""
    last_modified: str | None = None
    """Verbatim, never re-formatted."""
    body_hash: str | None = None
    """Of the last body that was read without error."""
    failures: int = 0
    """In a row, since the last success."""
    error: str | None = None
    """The last failure in plain words; None after a success."""
    error_code: str | None = None
    """The same for programs ("dns", "http_404", "not_a_feed")."""
    failing_since: datetime | None = None
    """When the first of the failures in a row was."""
    note: str | None = None
    """What should be known about the last good reading: damage, a doubtful encoding."""
    moved_to: str | None = None
    """Where the address has said to have moved for good, in each of the last `moves` readings."""
    moves: int = 0
    rhythm: timedelta | None = None
    """How far apart its publications usually are; None as long as that cannot be told."""
    last_new_at: datetime | None = None
    """When it last brought something new."""
    incident: str | None = None
    """What the operators were told is wrong, and not yet that it is over (`domain.health`)."""
    last_read_at: datetime | None = None
    """The last success."""
    announce: int = 0
    """How many of its first reading's newest articles are told as news; the rest is backlog."""
    next_at: datetime
    """When it is due again."""

    @property
    def never_read(self) -> bool:
        """Its first reading is the backlog: stored, not broadcast, but for `announce` of it."""
        return self.last_read_at is None


def pace(source: Source) -> timedelta:
    """Return how long to wait after a good reading: longer for a source that publishes rarely.

    Sixteen looks for each publication are enough; never more often than its interval, and never
    more than four times as seldom.
    """
    if source.rhythm is None:
        return source.interval
    return max(source.interval, min(source.rhythm / 16, source.interval * 4))


def succeeded(
    source: Source,
    now: datetime,
    *,
    etag: str | None,
    last_modified: str | None,
    body_hash: str | None,
    asked: timedelta | None = None,
) -> Source:
    """Return the source after a good reading: due again on its usual rhythm.

    `asked`: how long the server or the feed wants to be left alone (max-age, ttl).
    """
    wait = max(pace(source), min(asked or timedelta(), LONGEST_WAIT))
    return replace(
        source,
        etag=etag,
        last_modified=last_modified,
        body_hash=body_hash,
        failures=0,
        error=None,
        error_code=None,
        failing_since=None,
        last_read_at=now,
        next_at=now + wait,
    )


def failed(
    source: Source,
    now: datetime,
    error: str,
    *,
    code: str | None = None,
    retry_after: timedelta | None = None,
    jitter: float = 0.0,
) -> Source:
    """Return the source after a bad reading: each failure in a row doubles the wait.

    A server's own Retry-After is obeyed where it asks for longer; neither waits over a day.
    `jitter` (0 to 1) takes up to a fifth off, so that sources that failed together do not come
    back together. A page that was taken away for good (410) is not asked for again.
    """
    failures = source.failures + 1
    longest = max(source.interval, LONGEST_WAIT)
    wait = min(source.interval * (1 << min(failures - 1, _DOUBLINGS)), longest)
    wait = max(wait - wait * min(max(jitter, 0.0), 1.0) / 5, source.interval)
    wait = max(wait, retry_after or timedelta())
    return replace(
        source,
        state="gone" if code == "http_410" else source.state,
        failures=failures,
        error=error,
        error_code=code,
        failing_since=source.failing_since or now,
        next_at=now + min(wait, longest),
    )


def called(source: Source, name: str) -> bool:
    """Tell whether somebody may mean this source: by its number, or a part of name or address."""
    if name.removeprefix("#").isdecimal():
        return source.id == int(name.removeprefix("#"))
    wanted = plainly(name).strip()
    return bool(wanted) and any(wanted in plainly(part) for part in (source.title, source.url))
