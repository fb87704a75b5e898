"""The sample articles, dated from a given moment, and what each feed holds of them. Pure."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

_LOCAL = ZoneInfo("Asia/Shanghai")
_OPEN_FOR = timedelta(days=21)
"""How long the sample call for applications stays open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFeed:
    """One sample source."""

    name: str
    """"pilot-zone-en": the file name of its address."""
    title: str
    language: str
    dialect: Literal["rss", "atom"]


FEEDS = (
    SampleFeed(
        name="pilot-zone-en",
        title="Pilot Zone Review (sample)",
        language="en",
        dialect="rss",
    ),
    SampleFeed(name="chengdu-zh", title="蓉城智算观察（示例）", language="zh-CN", dialect="atom"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArticle:
    """One article, with its date."""

    slug: str
    feed: str
    title: str
    text: str
    published: datetime
    is_news: bool = False
    """Held back until the feed publishes."""

    @property
    def paragraphs(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return [part.strip() for part in self.text.split("\n\n") if part.strip()]


@dataclass(slots=True)
class Edition:
    """What the sample sources have published so far; dates count from `now`."""

    now: datetime
    articles: tuple[SampleArticle, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Reads the articles."""
        folder = files("sandbox.newsroom") / "articles"
        found = (f for f in folder.iterdir() if f.name.endswith(".toml"))
        written = {f.name.removesuffix(".toml"): f.read_text("utf-8") for f in found}
        self.articles = tuple(_read(slug, text, self.now) for slug, text in written.items())

    def feed(self, name: str) -> list[SampleArticle]:
        """What a feed shows now, newest first."""
        shown = (a for a in self.articles if a.feed == name and not a.is_news)
        return sorted(shown, key=lambda article: article.published, reverse=True)

    def coming(self) -> list[SampleArticle]:
        """What is held back."""
        return [article for article in self.articles if article.is_news]

    def article(self, slug: str) -> SampleArticle | None:
        """An article that has been published, or None."""
        shown = (a for a in self.articles if a.slug == slug and not a.is_news)
        return next(shown, None)

    def publish(self, now: datetime) -> list[SampleArticle]:
        """Lets the held back articles out, dated `now`; returns them."""
        out = [replace(a, is_news=False, published=now) for a in self.coming()]
        slugs = {article.slug for article in out}
        self.articles = (*(a for a in self.articles if a.slug not in slugs), *out)
        return out


def _read(slug: str, source: str, now: datetime) -> SampleArticle:
    written = tomllib.loads(source)
    published = now - timedelta(hours=written["age_hours"])
    words = _words(published)
    return SampleArticle(
        slug=slug,
        feed=written["feed"],
        title=written["title"].format(**words),
        text=written["text"].strip().format(**words),
        published=published.replace(microsecond=0),
        is_news=written.get("news", False),
    )


def _words(published: datetime) -> dict[str, str | int]:
    """What the articles leave open: years and days near their own date."""
    local = published.astimezone(_LOCAL)
    deadline = local + _OPEN_FOR
    return {
        "before_last_year": local.year - 2,
        "last_year": local.year - 1,
        "year": local.year,
        "next_year": local.year + 1,
        "year_after_next": local.year + 2,
        "published_en": f"{local:%B} {local.day}, {local.year}",
        "deadline": f"{deadline.year}年{deadline.month}月{deadline.day}日",
    }


def latest(articles: Iterable[SampleArticle]) -> datetime:
    """When the youngest of the articles came out."""
    return max(article.published for article in articles)
