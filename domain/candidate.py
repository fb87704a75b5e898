"""A source that somebody looks at before it is watched."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from domain.source import Kind, ReadingOptions, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What would be watched, and how."""

    url: str
    kind: Kind = "feed"
    title: str = ""
    tier: Tier = "media"
    language: str | None = None
    full_text: bool = False
    options: ReadingOptions = field(default_factory=ReadingOptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another address that the same look found."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A candidate that waits for somebody's yes."""

    id: int
    actor_id: int
    """Who looked, and alone may say yes."""
    candidate: Candidate
    others: tuple[Other, ...] = ()
    expires_at: datetime
    source_id: int | None = None
    """What it has become."""
    suggestion_id: int | None = None
    """The reader's suggestion that was looked at."""


# Xinhua, People's Daily, China Media Group, China News, China Daily, Guangming, Economic Daily,
# Science and Technology Daily and Sichuan's and Chengdu's party papers.
_STATE_MEDIA = (
    "xinhuanet.com", "news.cn", "people.com.cn", "people.cn", "cctv.com", "cctv.cn", "cnr.cn",
    "chinanews.com", "chinanews.com.cn", "chinadaily.com.cn", "gmw.cn", "ce.cn", "stdaily.com",
    "scol.com.cn", "sichuandaily.com.cn", "cdrb.com.cn", "chengdu.cn", "cdsb.com", "thecover.cn",
)  # fmt: skip


def usual_tier(url: str, kind: Kind = "feed") -> Tier:
    """Guess from its address how near a source stands to the original; an operator knows better."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if kind == "search":
        return "reprint"
    if host == "gov.cn" or host.endswith(".gov.cn"):
        return "official"
    if any(host == name or host.endswith(f".{name}") for name in _STATE_MEDIA):
        return "state_media"
    return "media"
