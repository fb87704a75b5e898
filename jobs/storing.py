"""What readings brought, put away: with all that follows from it, or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import db.articles
import db.facts
import db.late_pages
import db.memory
import db.sources
import db.stories
from db.engine import Database, Session
from domain.article import Known, NewArticle
from domain.grouping import band, nearest
from domain.identity import recognise
from domain.source import Source
from jobs.alert import owe_alerts
from jobs.grouping import link_same_facts, placed, placed_all
from jobs.news import Arrived, owe_news
from jobs.reminders import move

TRIED_AGAIN = timedelta(minutes=2)
"""After which a page that could not be read with its announcement is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What one reading of a source brought."""

    articles: int = 0
    relevant: int = 0
    facts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What one reading of a source brings."""

    source: Source
    new: tuple[NewArticle, ...]
    edits: tuple[tuple[Known, NewArticle], ...] = ()
    memory: bytes | None
    """Of the feed, for its next reading; kept with the articles or not at all."""
    at: datetime

    @property
    def plain(self) -> bool:
        """Whether nothing follows from it: no story, no alert, no revision."""
        return not self.edits and all(band(article.reading) == "off" for article in self.new)


async def put_away(database: Database, brought: Sequence[Brought]) -> Sequence[Intake]:
    """Store what several readings brought.

    What is about no topic, and that is most of it, goes in one transaction; the rest in one for
    each source, so that the articles of one see the stories of the other.

    Raises:
        DatabaseUnavailable: Some or all of it was not stored.
    """
    stored: dict[int, Intake] = {}
    for some in _apart(brought):
        async with database.write() as session:
            intakes = await _store(session, [brought[at] for at in some])
        stored.update(zip(some, intakes, strict=True))
    return [stored[at] for at in range(len(brought))]


def _apart(brought: Sequence[Brought]) -> list[list[int]]:
    """Return what goes into one transaction each, by its place; a source never twice in one."""
    plain: dict[int, int] = {}
    alone = []
    for at, one in enumerate(brought):
        if one.plain and one.source.id not in plain:
            plain[one.source.id] = at
        else:
            alone.append([at])
    return [list(plain.values()), *alone] if plain else alone


async def _store(session: Session, brought: Sequence[Brought]) -> list[Intake]:
    there = await db.sources.lock(session, *(one.source.id for one in brought))
    kept = [one for one in brought if one.source.id in there]  # The others were removed meanwhile.
    if not all(one.plain for one in kept):
        await db.stories.lock(session)
    new = await _still_new(session, kept)
    for one in kept:
        new[one.source.id] = await _placed(session, one, new[one.source.id])
    numbers = await _add(session, kept, new)
    for one in kept:
        await link_same_facts(session, new[one.source.id], one.at)
        await _tell(session, one, new[one.source.id], numbers[one.source.id])
        for known, article in one.edits:
            await _revise(session, one, known, article)
    memories = {one.source.id: one.memory for one in kept if one.memory is not None}
    await db.memory.keep(session, memories)
    return [_tally(new.get(one.source.id, [])) for one in brought]


async def _placed(session: Session, one: Brought, new: Sequence[NewArticle]) -> list[NewArticle]:
    news = _news(one, new)
    backlog = [at not in news for at in range(len(new))]
    return await placed_all(session, one.source, new, one.at, backlog=backlog)


def _news(one: Brought, new: Sequence[NewArticle]) -> frozenset[int]:
    """Return which of them are news: all, but of a first reading only as many as were asked for."""
    if not one.source.never_read:
        return frozenset(range(len(new)))
    about = [at for at, article in enumerate(new) if band(article.reading) != "off"]
    # Feeds begin with the newest, so that of several without a date the first ones count.
    newest = sorted(about, key=lambda at: new[at].entry.published or one.at, reverse=True)
    return frozenset(newest[: one.source.announce])


async def _add(
    session: Session, brought: Sequence[Brought], new: dict[int, list[NewArticle]]
) -> dict[int, list[int]]:
    """Keep new articles; return their numbers by source."""
    arrived = [(one.source.id, article) for one in brought for article in new[one.source.id]]
    numbers: dict[int, list[int]] = {one.source.id: [] for one in brought}
    if arrived:
        given = await db.articles.add_from_all(session, arrived, max(one.at for one in brought))
        for (source_id, _), number in zip(arrived, given, strict=True):
            numbers[source_id].append(number)
    return numbers


async def _tell(
    session: Session, one: Brought, new: Sequence[NewArticle], numbers: Sequence[int]
) -> None:
    """Owe what is news to everybody who wishes to be told."""
    owed = [number for number, article in zip(numbers, new, strict=True) if article.page_owed]
    await db.late_pages.owe(session, owed, one.at + TRIED_AGAIN)
    news = _news(one, new)
    asked_for = one.source.never_read
    await owe_alerts(session, [new[at] for at in sorted(news)], one.at, however_old=asked_for)
    if not one.source.never_read:
        arrived = [
            Arrived(article_id=number, story_id=article.story_id, article=article)
            for number, article in zip(numbers, new, strict=True)
        ]
        await owe_news(session, arrived, one.at)
    await move(session, _with_deadlines(new), one.at)


def _with_deadlines(articles: Iterable[NewArticle]) -> set[int]:
    """Return the stories in which these articles tell of a last day."""
    return {
        article.story_id
        for article in articles
        if article.story_id is not None
        and any(fact.type == "deadline" for fact in article.reading.facts)
    }


async def _still_new(session: Session, brought: Sequence[Brought]) -> dict[int, list[NewArticle]]:
    """Leave out what another process that reads the same source has stored meanwhile."""
    keys = {one.source.id: {key for a in one.new for key in a.keys} for one in brought if one.new}
    known = await db.articles.known_of(session, keys)
    return {
        one.source.id: [
            article
            for article in one.new
            if recognise(article.entry, article.keys, known.get(one.source.id, {})) is None
        ]
        for one in brought
    }


async def _revise(session: Session, brought: Brought, known: Known, article: NewArticle) -> None:
    """Keep an edit; what it is about now may bring it into a story, or raise the one it is in."""
    source, now = brought.source, brought.at
    if known.story_id is None:
        article = await placed(session, source, article, now, backlog=source.never_read)
    elif judgement := nearest(article.reading):
        await db.stories.touch(session, known.story_id, band=judgement.band, now=now)
    said = await db.facts.of_articles(session, [known.article_id])
    await db.articles.revise(session, known.article_id, article, now)
    if known.story_id is None and not source.never_read:
        # Only now is it about the topic: that is as new as a new article.
        await owe_alerts(session, [article], now)
    arrived = Arrived(
        article_id=known.article_id,
        story_id=article.story_id if known.story_id is None else known.story_id,
        article=article,
        revision=known.revision + 1,
        said=said.get(known.article_id, ()),
    )
    await owe_news(session, [arrived], now)
    await move(session, _with_deadlines([replace(article, story_id=arrived.story_id)]), now)


def _tally(new: Sequence[NewArticle]) -> Intake:
    relevant = [article for article in new if band(article.reading) != "off"]
    return Intake(
        articles=len(new),
        relevant=len(relevant),
        facts=sum(len(article.reading.facts) for article in relevant),
    )
