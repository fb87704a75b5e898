"""What grouping would make of articles that are only shown: in a database of their own."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import db.articles
import db.sources
from db.engine import Database, Session
from domain.article import Entry, NewArticle
from domain.identity import canonical_url, content_hash, keys
from domain.reading import read, signature_of
from domain.relevance import Relevance
from domain.source import Source, Tier
from jobs.grouping import placed

_TOPIC = "any"
_REGARDLESS = Relevance(topic=_TOPIC, band="adjacent", score=1.0, reasons=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An article as somebody shows it: what grouping looks at, and no more."""

    id: str
    title: str
    text: str
    published: datetime
    source: str
    tier: Tier


class TrialGrouping:
    """Groups articles one after the other, whatever they are about."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sources: dict[str, Source] = {}

    async def place(self, shown: Shown) -> int:
        """Return the number of the story the article belongs to, as if it came in now."""
        article = _article(shown)
        now = shown.published
        async with self._database.write() as session:
            source = await self._source(session, shown)
            there = await placed(session, source, article, now, backlog=False)
            await db.articles.add_all(session, source.id, [there], now)
        if there.story_id is None:
            raise AssertionError("an article that counts as relevant is in a story")
        return there.story_id

    async def _source(self, session: Session, shown: Shown) -> Source:
        if shown.source not in self._sources:
            self._sources[shown.source] = await db.sources.add(
                session,
                url=f"https://source{len(self._sources)}.invalid/",
                kind="feed",
                title=shown.source,
                tier=shown.tier,
                interval=timedelta(hours=1),
                now=shown.published,
            )
        return self._sources[shown.source]


def _article(shown: Shown) -> NewArticle:
    # No address: nobody has shown one, and an invented one would say that articles differ.
    entry = Entry(guid=shown.id, title=shown.title, text=shown.text, published=shown.published)
    day = shown.published.date()
    reading = replace(
        read(shown.text, title=shown.title, published=day.isoformat(), topics=()),
        relevance=(_REGARDLESS,),
        signature=signature_of(shown.text, shown.title, day),
    )
    return NewArticle(
        entry=entry,
        keys=keys(entry),
        canonical_url=canonical_url(entry.url),
        content_hash=content_hash(entry.title, entry.text),
        reading=reading,
    )
