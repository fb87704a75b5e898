"""What happens when a feed has been read: what is new is judged, kept and owed, at once."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import db.articles
from db.engine import Database
from domain.article import Entry, Known, NewArticle
from domain.identity import content_hash, distinct, recognise
from domain.reading import Reading
from domain.source import Source
from jobs.full_text import Told, in_full
from jobs.house import House
from jobs.storing import Brought, Intake, put_away
from sources.page import Feed
from sources.task import ReadFailure, ReadRequest

log = logging.getLogger(__name__)


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
    readings = await judged(house, [article.entry for article in told], source.options.timezone)
    articles = [_new(*one) for one in zip(arrivals, told, readings, strict=True)]
    if not articles and feed.memory is None:
        return Intake()
    brought = Brought(
        source=source,
        new=tuple(n for a, n in zip(arrivals, articles, strict=True) if not a.known),
        edits=tuple((a.known, n) for a, n in zip(arrivals, articles, strict=True) if a.known),
        memory=feed.memory,
        at=now,
    )
    return await house.together(put_away)(brought)


def _new(arrival: _Arrival, told: Told, judged: "Judged") -> NewArticle:
    return NewArticle(
        entry=told.entry,
        keys=arrival.keys,
        canonical_url=told.canonical_url,
        # Of the announcement: an unchanged one is known again without fetching its page.
        content_hash=content_hash(arrival.entry.title, arrival.entry.text),
        reading=judged.reading,
        unread=judged.unread,
        origins=told.origins,
        quality=told.quality,
        attachments=told.attachments,
        page_owed=told.page_owed,
    )


async def _arrivals(house: House, source: Source, feed: Feed) -> list[_Arrival]:
    candidates = distinct(feed.entries, (entry.keys for entry in feed.earlier))
    keys = frozenset(key for _, own in candidates for key in own)
    known = await house.together(recognised)((source.id, keys)) if keys else {}
    found = []
    for entry, own in candidates:
        article = recognise(entry, own, known)
        if article is None or article.content_hash != content_hash(entry.title, entry.text):
            found.append(_Arrival(entry=entry, keys=own, known=article))
    return found


@dataclass(frozen=True, slots=True)
class Judged:
    """What is concluded from an entry."""

    reading: Reading
    unread: str | None = None
    """Why that is from its title alone."""


async def judged(house: House, entries: Sequence[Entry], timezone: str) -> list[Judged]:
    """Conclude from entries; one whose text hangs or breaks its reader is judged by its title.

    It must not cost the rest of its feed, and nobody may miss it because of a reader's fault.
    """
    asked = [ReadRequest.of(entry, timezone) for entry in entries]
    outcomes = await house.jail.read(asked, house.topics)
    failures = {at: one for at, one in enumerate(outcomes) if isinstance(one, ReadFailure)}
    titles = [replace(asked[at], text=entries[at].title) for at in failures]
    by_title = await house.jail.read(titles, house.topics) if titles else []
    found = [Judged(one) for one in outcomes if not isinstance(one, ReadFailure)]
    for (at, failure), outcome in zip(failures.items(), by_title, strict=True):
        found.insert(at, _unread(entries[at], asked[at], failure, outcome))
    return found


def _unread(
    entry: Entry, asked: ReadRequest, failure: ReadFailure, by_title: Reading | ReadFailure
) -> Judged:
    log.warning("could not judge %r (%s): %s", entry.title[:80], entry.url, failure.reason)
    if isinstance(by_title, ReadFailure):
        by_title = Reading(
            title=entry.title,
            published=asked.published,
            language="other",
            text="",
            relevance=(),
            facts=(),
            entities=(),
        )
    # Its facts and reasons quote the title in the place of the text: they are not kept.
    relevance = tuple(replace(one, reasons=()) for one in by_title.relevance)
    about = replace(by_title, text=entry.text, relevance=relevance, facts=(), entities=())
    return Judged(about, failure.reason)


async def recognised(
    database: Database, wanted: Sequence[tuple[int, frozenset[str]]]
) -> Sequence[Mapping[str, Known]]:
    """Return what is known of entries by the keys of each source."""
    keys: dict[int, frozenset[str]] = {}
    for source_id, some in wanted:
        keys[source_id] = keys.get(source_id, frozenset()) | some
    async with database.read() as session:
        found = await db.articles.known_of(session, keys)
    return [found.get(source_id, {}) for source_id, _ in wanted]
