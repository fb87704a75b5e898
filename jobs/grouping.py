"""Which story an article belongs to: one that tells the same already, or a new one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import db.links
import db.signatures
import db.stories
from db.engine import Database, Session
from domain.article import NewArticle
from domain.grouping import nearest
from domain.likeness import COPY_GATE, Telling, same_facts, same_story
from domain.relevance import Relevance
from domain.signature import Signature, finding_keys, stating_keys
from domain.source import Source

# The same words or the same page within this time are one story, wherever they come from.
SAME_STORY = timedelta(days=30)
_CANDIDATES = 20
_FINDS = timedelta(days=60)
"""So long an article can still be found by what it says: well beyond any gate."""


async def placed(
    session: Session, source: Source, article: NewArticle, now: datetime, *, backlog: bool
) -> NewArticle:
    """Return the article with its story: one that tells the same already, or a new one.

    What is off every topic has none. `db.stories.lock` is held, or two begin the same story.
    """
    return (await placed_all(session, source, [article], now, backlog=[backlog]))[0]


async def placed_all(
    session: Session,
    source: Source,
    articles: Sequence[NewArticle],
    now: datetime,
    *,
    backlog: Sequence[bool],
) -> list[NewArticle]:
    """Do what `placed` does for one reading; an article finds those before it in the same one."""
    found: list[NewArticle] = []
    told: list[Telling] = []
    for article, old in zip(articles, backlog, strict=True):
        judgement = nearest(article.reading)
        if judgement is None:
            found.append(article)
            continue
        story = await _known_story(session, source, article, told, now)
        if story is None:
            story = await _begin(session, judgement, now, backlog=old)
        else:
            await db.stories.touch(session, story, band=judgement.band, now=now)
        found.append(replace(article, story_id=story))
        told += _tellings(source, found[-1], now)
    return found


async def same_elsewhere(
    session: Session, source: Source, article: NewArticle, article_id: int, seen_at: datetime
) -> int | None:
    """Return the story by which other articles tell what this stored one tells, if one does."""
    if article.reading.signature is None:
        return None
    told = _telling(source, article, article.reading.signature, seen_at)
    return same_story(told, await _alike(session, told, besides=article_id))


async def link_same_facts(session: Session, articles: Iterable[NewArticle], now: datetime) -> None:
    """Note which other stories state the same facts as the stories of these stored articles."""
    for article in articles:
        if article.story_id is None or article.reading.signature is None:
            continue
        keys = stating_keys(article.reading.signature)
        stated = await db.signatures.stating(session, keys, besides=article.story_id)
        await db.links.note(session, article.story_id, same_facts(stated), now)


async def _begin(session: Session, judgement: Relevance, now: datetime, *, backlog: bool) -> int:
    return await db.stories.add(
        session, topic=judgement.topic, band=judgement.band, backlog=backlog, now=now
    )


async def _known_story(
    session: Session,
    source: Source,
    article: NewArticle,
    told: Sequence[Telling],
    now: datetime,
) -> int | None:
    story = await db.stories.find_same(
        session,
        source_id=source.id,
        canonical_url=article.canonical_url,
        content_hash=article.content_hash,
        since=now - SAME_STORY,
    )
    if story is not None or article.reading.signature is None:
        return story
    new = _telling(source, article, article.reading.signature, now)
    return same_story(new, [*told, *await _alike(session, new)])


async def _alike(session: Session, new: Telling, besides: int | None = None) -> list[Telling]:
    return await db.signatures.alike(
        session,
        finding_keys(new.signature),
        since=new.at - COPY_GATE,
        until=new.at + COPY_GATE,
        limit=_CANDIDATES,
        besides=besides,
    )


def _tellings(source: Source, article: NewArticle, now: datetime) -> list[Telling]:
    signature = article.reading.signature
    return [_telling(source, article, signature, now)] if signature else []


def _telling(source: Source, article: NewArticle, signature: Signature, now: datetime) -> Telling:
    return Telling(
        story_id=article.story_id or 0,
        source_id=source.id,
        title=article.reading.title or article.entry.title,
        at=article.entry.came_out(now),
        signature=signature,
    )


async def forget(database: Database, now: datetime) -> int:
    """Drop the rows that only found articles near in time, once nothing is near them any more."""
    async with database.write() as session:
        return await db.signatures.forget(session, now - _FINDS)
