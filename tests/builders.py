"""Values with good defaults: a test names what it is about and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import db.articles
import db.chats
import db.deliveries
import db.search
import db.sources
import db.stories
import db.subscriptions
from db.engine import Database
from domain.article import Article, Entry, NewArticle
from domain.chat import Chat, Destination, Subscription, SubscriptionKind
from domain.delivery import Lane, Owed
from domain.facts.fact import Evidence, Fact, Moment
from domain.identity import canonical_url, content_hash, keys
from domain.message import Button, Message
from domain.reading import Reading
from domain.relevance import Band, Reason, Relevance
from domain.source import Source
from domain.story import Coverage, Story

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""09:00 on a Monday in Chengdu."""

TEXT = "The Chengdu AI pilot zone counts 90 key enterprises and over 200 institutions."
TOPIC = "chengdu-ai"

_numbers = count(1)


def source(**given: Any) -> Source:
    """A feed that was read without trouble."""
    number = given.get("id", 1)
    defaults = {
        "id": number,
        "url": f"https://source{number}.example/feed.xml",
        "title": "Chengdu Daily",
        "last_read_at": NOW - timedelta(minutes=15),
        "next_at": NOW,
    }
    return Source(**{**defaults, **given})


def entry(**given: Any) -> Entry:
    """An announcement that no other is the same as."""
    number = next(_numbers)
    defaults = {
        "guid": f"guid-{number}",
        "url": f"https://news.example/{number}",
        "title": f"Pilot zone, item {number}",
        "text": TEXT,
        "published": NOW - timedelta(hours=1),
    }
    return Entry(**{**defaults, **given})


def evidence(quote: str = "90 key enterprises", text: str = TEXT, **given: Any) -> Evidence:
    """A quote at its place in a text."""
    start = given.pop("start", text.find(quote))
    return Evidence(**{"start": start, "end": start + len(quote), "quote": quote, **given})


def moment(**given: Any) -> Moment:
    """The end of the year that the notices speak of."""
    defaults = {
        "role": "horizon",
        "start": "2027-01-01",
        "end": "2027-12-31",
        "precision": "year",
        "text": "by 2027",
    }
    return Moment(**{**defaults, **given})


def fact(**given: Any) -> Fact:
    """A metric with its quote in TEXT."""
    defaults = {
        "id": f"fact-{next(_numbers)}",
        "type": "metric",
        "subject": "key enterprises in the pilot zone",
        "value": "90",
        "unit": "count",
        "counted": "enterprises",
        "comparator": "eq",
        "status": "achieved",
        "evidence": (evidence(),),
        "confidence": "high",
        "rule": "metric.count/1",
    }
    return Fact(**{**defaults, **given})


def document(
    number: str | None = "成办发〔2020〕97号", title: str = "支持措施", **said: Any
) -> Fact:
    """A policy document that an article is or names; `said` are its attributes."""
    attributes = {"number": number, "role": "cited", **said}
    return fact(
        type="policy_document",
        subject=title,
        value=None,
        unit=None,
        counted=None,
        comparator=None,
        status="in_force",
        attributes=attributes,
    )


def deadline(day: date = date(2026, 12, 31), **given: Any) -> Fact:
    """An application window that closes at five o'clock."""
    when = moment(
        role="deadline",
        start=day.isoformat(),
        end=day.isoformat(),
        precision="day",
        text="before the end of the year",
        clock="17:00",
    )
    defaults = {
        "type": "deadline",
        "subject": "applications for computing vouchers",
        "value": None,
        "unit": None,
        "counted": None,
        "comparator": None,
        "status": "in_force",
        "time": when,
        "attributes": {"kind": "application"},
    }
    return fact(**{**defaults, **given})


def relevance(band: Band = "core", **given: Any) -> Relevance:
    """A judgement with one reason."""
    reason = Reason(signal="place", quote="Chengdu", start=4, end=11, weight=0.4)
    score = {"core": 0.9, "adjacent": 0.5, "off": 0.1}[band]
    defaults = {"topic": TOPIC, "band": band, "score": score, "reasons": (reason,)}
    return Relevance(**{**defaults, **given})


def reading(
    given: Entry | None = None, *, band: Band = "core", facts: Sequence[Fact] = ()
) -> Reading:
    """What is concluded from an entry."""
    read = given or entry()
    return Reading(
        title=read.title,
        published=read.published.date().isoformat() if read.published else None,
        language="en",
        text=read.text,
        relevance=(relevance(band),),
        facts=tuple(facts),
        entities=(),
    )


def new_article(
    given: Entry | None = None,
    *,
    band: Band = "core",
    facts: Sequence[Fact] = (),
    story_id: int | None = None,
    **about: Any,
) -> NewArticle:
    """An entry with its reading, ready to be kept; `about` are fields of the entry."""
    kept = replace(given, **about) if given else entry(**about)
    return NewArticle(
        entry=kept,
        keys=keys(kept),
        canonical_url=canonical_url(kept.url),
        content_hash=content_hash(kept.title, kept.text),
        reading=reading(kept, band=band, facts=facts),
        story_id=story_id,
    )


def article(**given: Any) -> Article:
    """An article as it is kept."""
    defaults = {
        "id": 1,
        "source_id": 1,
        "source_title": "Chengdu Daily",
        "tier": "media",
        "url": "https://news.example/1",
        "title": "Pilot zone grows",
        "text": TEXT,
        "language": "en",
        "published": NOW - timedelta(hours=1),
        "first_seen_at": NOW,
    }
    return Article(**{**defaults, **given})


def coverage(given: Article | None = None, *, facts: Sequence[Fact] = ()) -> Coverage:
    """One article of a story."""
    told = given or article()
    return Coverage(article=told, relevance=(relevance(),), facts=tuple(facts))


def story(*told: Coverage, **given: Any) -> Story:
    """A story, told by one article unless more are given."""
    defaults = {"id": 1, "band": "core", "first_seen_at": NOW, "coverage": told or (coverage(),)}
    return Story(**{**defaults, **given})


def chat(**given: Any) -> Chat:
    """A private chat in English."""
    return Chat(**{"id": 7, "title": "Reader", **given})


def destination(chat_id: int = 7, thread_id: int = 0) -> Destination:
    """A chat, or a topic in it."""
    return Destination(chat_id=chat_id, thread_id=thread_id)


def subscription(**given: Any) -> Subscription:
    """A daily digest at nine in Chengdu."""
    defaults = {"id": 1, "destination": destination(), "kind": "daily", "covered_until": NOW}
    return Subscription(**{**defaults, **given})


def owed(chat_id: int = 7, key: str | None = None, **given: Any) -> Owed:
    """A digest owed to a chat, under a key of its own."""
    defaults = {
        "destination": destination(chat_id),
        "kind": "digest",
        "key": key or f"digest:{next(_numbers)}",
        "lane": Lane.DIGEST,
        "payload": {"kind": "now", "since": NOW.isoformat(), "until": NOW.isoformat()},
    }
    return Owed(**{**defaults, **given})


def message(html: str = "<b>News</b>", *buttons: Button) -> Message:
    """A message with one row of buttons at most."""
    return Message(html=html, buttons=(buttons,) if buttons else ())


async def stored_source(database: Database, **given: Any) -> Source:
    """A source in the database, due now."""
    defaults: Mapping[str, Any] = {
        "url": f"https://source{next(_numbers)}.example/feed.xml",
        "kind": "feed",
        "title": "Chengdu Daily",
        "tier": "media",
        "interval": timedelta(minutes=15),
        "now": NOW,
    }
    async with database.write() as session:
        return await db.sources.add(session, **{**defaults, **given})


async def stored_story(
    database: Database,
    *articles: NewArticle,
    source_id: int | None = None,
    band: Band = "core",
    backlog: bool = False,
    now: datetime = NOW,
) -> int:
    """A story in the database, told by these articles (one, if none are given)."""
    at = source_id or (await stored_source(database)).id
    async with database.write() as session:
        number = await db.stories.add(session, topic=TOPIC, band=band, backlog=backlog, now=now)
        told = [replace(one, story_id=number) for one in articles or (new_article(band=band),)]
        await db.articles.add_all(session, at, told, now)
        await db.search.put_waiting(session, len(told))
    return number


async def stored_chat(database: Database, chat_id: int = 7, **given: Any) -> Chat:
    """A chat that the bot knows."""
    async with database.write() as session:
        return await db.chats.remember(session, chat(id=chat_id, **given), NOW)


async def subscribed(
    database: Database,
    at: Destination | None = None,
    kind: SubscriptionKind = "daily",
    **given: Any,
) -> Subscription:
    """A subscription of a chat that the bot knows, due now."""
    to = at or destination()
    await stored_chat(database, to.chat_id)
    defaults: Mapping[str, Any] = {
        "minute": 540,
        "weekday": 0,
        "timezone": "Asia/Shanghai",
        "next_at": None if kind == "instant" else NOW,
        "covered_until": NOW - timedelta(days=1),
        "now": NOW,
    }
    async with database.write() as session:
        return await db.subscriptions.put(
            session, destination=to, kind=kind, **{**defaults, **given}
        )


async def owing(database: Database, *what: Owed, now: datetime = NOW) -> int:
    """Rows in the outbox, to chats that the bot knows."""
    for chat_id in {one.destination.chat_id for one in what}:
        await stored_chat(database, chat_id)
    async with database.write() as session:
        return await db.deliveries.owe(session, what, now)
