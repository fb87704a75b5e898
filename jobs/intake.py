"""What happens when a feed has been read: what is new is judged, kept and owed, at once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import db.articles
import db.facts
import db.memory
import db.sources
import db.stories
from db.engine import Session
from domain.article import Entry, Known, NewArticle
from domain.grouping import band, nearest
from domain.identity import content_hash, distinct, recognise
from domain.reading import Reading
from domain.source import Source
from jobs.alert import owe_alerts
from jobs.full_text import Told, in_full
from jobs.grouping import placed
from jobs.house import House
from jobs.news import Arrived, owe_news
from sources.page import Feed
from sources.task import ReadFailure, ReadRequest

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What one reading of a source brought."""

    articles: int = 0
    relevant: int = 0
    facts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrival:
    """An entry on its way in; `known` where it is an edit of an article we have."""

    entry: Entry
    keys: tuple[str, ...]
    known: Known | None


async def intake(house: House, source: Source, feed: Feed, now: datetime) -> Intake:
    """Judge what is new or edited, and store it with what is owed to whom in one transaction."""
    arrivals = await _arrivals(house, source, feed)
    told = await in_full(house, source, [arrival.entry for arrival in arrivals])
    readings = await _read(house, [article.entry for article in told])
    articles = [_new(*one) for one in zip(arrivals, told, readings, strict=True)]
    edits = [(a.known, n) for a, n in zip(arrivals, articles, strict=True) if a.known]
    new = [n for a, n in zip(arrivals, articles, strict=True) if not a.known]
    if articles or feed.memory is not None:
        async with house.database.write() as session:
            if not await db.sources.lock(session, source.id):
                return Intake()  # It was removed while it was read.
            if articles:
                await db.stories.lock(session)
            new = await _still_new(session, source, new)
            await _store(session, source, new, now)
            for known, article in edits:
                await _revise(session, source, known, article, now)
            await _keep(session, source, feed)
    return _tally(new)


async def _keep(session: Session, source: Source, feed: Feed) -> None:
    # With the articles or not at all: what is remembered is not looked at again.
    if feed.memory is not None:
        await db.memory.keep(session, source.id, feed.memory)


def _new(arrival: _Arrival, told: Told, reading: Reading) -> NewArticle:
    return NewArticle(
        entry=told.entry,
        keys=arrival.keys,
        canonical_url=told.canonical_url,
        # Of the announcement: an unchanged one is known again without fetching its page.
        content_hash=content_hash(arrival.entry.title, arrival.entry.text),
        reading=reading,
        origins=told.origins,
        quality=told.quality,
        attachments=told.attachments,
    )


async def _arrivals(house: House, source: Source, feed: Feed) -> list[_Arrival]:
    candidates = distinct(feed.entries, (entry.keys for entry in feed.earlier))
    async with house.database.read() as session:
        known = await db.articles.known(
            session, source.id, {key for _, own in candidates for key in own}
        )
    found = []
    for entry, own in candidates:
        article = recognise(entry, own, known)
        if article is None or article.content_hash != content_hash(entry.title, entry.text):
            found.append(_Arrival(entry=entry, keys=own, known=article))
    return found


async def _read(house: House, entries: Sequence[Entry]) -> list[Reading]:
    outcomes = await house.jail.read([_request(entry) for entry in entries], house.topics)
    return [
        _unread(entry, outcome) if isinstance(outcome, ReadFailure) else outcome
        for entry, outcome in zip(entries, outcomes, strict=True)
    ]


def _request(entry: Entry) -> ReadRequest:
    published = entry.published.date().isoformat() if entry.published else None
    return ReadRequest(text=entry.text, title=entry.title, published=published)


def _unread(entry: Entry, failure: ReadFailure) -> Reading:
    # One article that cannot be read must not cost the rest of its feed: it is kept, unjudged.
    log.warning("could not judge %r (%s): %s", entry.title[:80], entry.url, failure.reason)
    return Reading(
        title=entry.title,
        published=entry.published.date().isoformat() if entry.published else None,
        language="other",
        text=entry.text,
        relevance=(),
        facts=(),
        entities=(),
    )


async def _store(
    session: Session, source: Source, new: Sequence[NewArticle], now: datetime
) -> None:
    placements = [await placed(session, source, article, now) for article in new]
    numbers = await db.articles.add_all(session, source.id, placements, now)
    await owe_alerts(session, source, placements, now)
    if not source.never_read:
        arrived = [
            Arrived(article_id=number, story_id=article.story_id, article=article)
            for number, article in zip(numbers, placements, strict=True)
        ]
        await owe_news(session, arrived, now)


async def _still_new(
    session: Session, source: Source, articles: Sequence[NewArticle]
) -> list[NewArticle]:
    """Leave out what another process that reads the same source has stored meanwhile."""
    keys = {key for article in articles for key in article.keys}
    known = await db.articles.known(session, source.id, keys)
    return [a for a in articles if recognise(a.entry, a.keys, known) is None]


async def _revise(
    session: Session, source: Source, known: Known, article: NewArticle, now: datetime
) -> None:
    """Keep an edit; what it is about now may bring it into a story, or raise the one it is in."""
    if known.story_id is None:
        article = await placed(session, source, article, now)
    elif judgement := nearest(article.reading):
        await db.stories.touch(session, known.story_id, band=judgement.band, now=now)
    said = await db.facts.of_articles(session, [known.article_id])
    await db.articles.revise(session, known.article_id, article, now)
    arrived = Arrived(
        article_id=known.article_id,
        story_id=article.story_id if known.story_id is None else known.story_id,
        article=article,
        revision=known.revision + 1,
        said=said.get(known.article_id, ()),
    )
    await owe_news(session, [arrived], now)


def _tally(new: Sequence[NewArticle]) -> Intake:
    relevant = [article for article in new if band(article.reading) != "off"]
    return Intake(
        articles=len(new),
        relevant=len(relevant),
        facts=sum(len(article.reading.facts) for article in relevant),
    )
