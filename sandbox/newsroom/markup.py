"""The articles as RSS, as Atom and as a page. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from sandbox.newsroom.edition import SampleArticle, SampleFeed, latest

_RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>{title}</title><link>{home}</link><language>{language}</language>
<description>Sample articles for trying Pilotwatch out.</description>
<lastBuildDate>{updated}</lastBuildDate>
{items}
</channel></rss>
"""
_RSS_ITEM = """<item><title>{title}</title><link>{link}</link>
<guid isPermaLink="true">{link}</guid><pubDate>{published}</pubDate>
<description>{content}</description></item>"""

_ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">
<title>{title}</title><id>{home}feeds/{name}.xml</id><updated>{updated}</updated>
<link rel="alternate" href="{home}"/><author><name>{title}</name></author>
{items}
</feed>
"""
_ATOM_ITEM = """<entry><title>{title}</title><id>{link}</id>
<link rel="alternate" href="{link}"/><published>{published}</published>
<updated>{published}</updated><content type="html">{content}</content></entry>"""

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/page/article.css"></head>
<body><main><article><header><p>{feed}</p><h1>{title}</h1>
<time datetime="{published}">{day}</time></header>
{paragraphs}
</article><footer>A sample article of the Pilotwatch sandbox.</footer></main></body></html>
"""


@dataclass(frozen=True, slots=True)
class _Dialect:
    document: str
    item: str
    date: Callable[[datetime], str]


_DIALECTS = {
    "rss": _Dialect(_RSS, _RSS_ITEM, format_datetime),
    "atom": _Dialect(_ATOM, _ATOM_ITEM, datetime.isoformat),
}


def document(feed: SampleFeed, articles: Sequence[SampleArticle], base_url: str) -> str:
    """The feed's document, in its dialect."""
    dialect = _DIALECTS[feed.dialect]
    return dialect.document.format(
        title=escape(feed.title),
        name=feed.name,
        home=f"{base_url}/",
        language=feed.language,
        updated=dialect.date(latest(articles)),
        items="\n".join(_item(dialect, article, base_url) for article in articles),
    )


def _item(dialect: _Dialect, article: SampleArticle, base_url: str) -> str:
    return dialect.item.format(
        title=escape(article.title),
        link=f"{base_url}/articles/{article.slug}",
        published=dialect.date(article.published),
        content=escape(_paragraphs(article)),
    )


def page(article: SampleArticle, feed: SampleFeed) -> str:
    """The article as a simple page to read."""
    return _PAGE.format(
        language=feed.language,
        title=escape(article.title),
        feed=escape(feed.title),
        published=article.published.isoformat(),
        day=f"{article.published:%Y-%m-%d %H:%M} UTC",
        paragraphs=_paragraphs(article),
    )


def _paragraphs(article: SampleArticle) -> str:
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)
