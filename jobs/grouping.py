"""Which story an article belongs to."""

from dataclasses import replace
from datetime import datetime, timedelta

import db.stories
from db.engine import Session
from domain.article import NewArticle
from domain.grouping import nearest
from domain.source import Source

# The same words or the same page within this time are one story, wherever they come from.
SAME_STORY = timedelta(days=30)


async def placed(
    session: Session, source: Source, article: NewArticle, now: datetime, *, backlog: bool
) -> NewArticle:
    """Return the article with its story: one that tells the same already, or a new one."""
    judgement = nearest(article.reading)
    if judgement is None:
        return article
    story = await db.stories.find_same(
        session,
        source_id=source.id,
        canonical_url=article.canonical_url,
        content_hash=article.content_hash,
        since=now - SAME_STORY,
    )
    if story is None:
        story = await db.stories.add(
            session,
            topic=judgement.topic,
            band=judgement.band,
            backlog=backlog,
            now=now,
        )
    else:
        await db.stories.touch(session, story, band=judgement.band, now=now)
    return replace(article, story_id=story)
