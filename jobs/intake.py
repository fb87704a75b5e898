"""What happens when a feed has been read: what is new is judged, kept and owed, at once."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import db.articles
import db.deliveries
import db.stories
import db.subscriptions
from db.engine import Session
from domain.alerting import KEEPS, worth_an_alert
from domain.article import Entry, Known, NewArticle
from domain.delivery import Lane, Owed
from domain.grouping import band, nearest
from domain.identity import canonical_url, content_hash, distinct, recognise
from domain.reading import Reading
from domain.source import Source
from jobs.house import House
from sources.task import ReadFailure, ReadRequest

log = logging.getLogger(__name__)

# The same words or the same address within this time are one story, wherever they come from.
SAME_STORY = timedelta(days=30)


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


async def intake(house: House, source: Source, entries: Sequence[Entry], now: datetime) -> Intake:
    """Judge what is new or edited, and store it with what is owed to whom in one transaction."""
    arrivals = await _arrivals(house, source, entries)
    readings = await _read(house, [arrival.entry for arrival in arrivals])
    articles = [
        NewArticle(
            entry=arrival.entry,
            keys=arrival.keys,
            canonical_url=canonical_url(arrival.entry.url),
            content_hash=content_hash(arrival.entry.title, arrival.entry.text),
            reading=reading,
        )
        for arrival, reading in zip(arrivals, readings, strict=True)
    ]
    edits = [(a.known, n) for a, n in zip(arrivals, articles, strict=True) if a.known]
    new = [n for a, n in zip(arrivals, articles, strict=True) if not a.known]
    async with house.database.write() as session:
        await _store(session, source, new, now)
        for known, article in edits:
            placed = await _placed(session, source, article, now)
            await db.articles.revise(session, known.article_id, placed, now)
    return _tally(new)


async def _arrivals(house: House, source: Source, entries: Sequence[Entry]) -> list[_Arrival]:
    candidates = distinct(entries)
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
    placed = [await _placed(session, source, article, now) for article in new]
    await db.articles.add_all(session, source.id, placed, now)
    alerts = [
        article
        for article in placed
        if article.story_id is not None
        and worth_an_alert(
            band=band(article.reading),
            backlog=source.never_read,
            published=article.entry.published,
            now=now,
        )
    ]
    if alerts:
        await _owe(session, alerts, now)


async def _placed(
    session: Session, source: Source, article: NewArticle, now: datetime
) -> NewArticle:
    """Return the article with its story: one that tells the same already, or a new one."""
    judgement = nearest(article.reading)
    if judgement is None:
        return article
    story = await db.stories.find_same(
        session,
        canonical_url=article.canonical_url,
        content_hash=article.content_hash,
        since=now - SAME_STORY,
    )
    if story is None:
        story = await db.stories.add(
            session,
            topic=judgement.topic,
            band=judgement.band,
            backlog=source.never_read,
            now=now,
        )
    else:
        await db.stories.touch(session, story, band=judgement.band, now=now)
    return replace(article, story_id=story)


async def _owe(session: Session, articles: Iterable[NewArticle], now: datetime) -> None:
    destinations = await db.subscriptions.instant(session)
    stories = dict.fromkeys(a.story_id for a in articles if a.story_id is not None)
    owed = [
        Owed(
            destination=destination,
            kind="alert",
            key=f"alert:s{story}",
            lane=Lane.ALERT,
            payload={"story": story},
            story_id=story,
            expires_at=now + KEEPS,
        )
        for story in stories
        for destination in destinations
    ]
    await db.deliveries.owe(session, owed, now)


def _tally(new: Sequence[NewArticle]) -> Intake:
    relevant = [article for article in new if band(article.reading) != "off"]
    return Intake(
        articles=len(new),
        relevant=len(relevant),
        facts=sum(len(article.reading.facts) for article in relevant),
    )
