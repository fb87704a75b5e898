"""Whole tables as JSON-ready rows, a page at a time."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db import facts, stories
from db.models import ArticleRow, DocumentLinkRow, DocumentRow, MentionRow, SourceRow, StoryRow
from domain.facts.fact import FactType
from domain.facts.stated import Stated
from domain.story import Story

Row = dict[str, object]

# Enough to make few statements, little enough to keep a million rows out of memory.
_PAGE = 500

_DEADLINES: tuple[FactType, ...] = ("deadline",)


async def rows(session: AsyncSession, table: str) -> AsyncIterator[Row]:
    """Yield the rows of one of `TABLES`, oldest first, all with the same columns in one order.

    Facts and deadlines are those of the articles' current revisions.

    Raises:
        KeyError: There is no such table.
    """
    page = _PAGES[table]
    after = 0
    while found := await page(session, after):
        for number, row in found:
            yield row
            after = number


async def _articles(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    query = (
        select(ArticleRow, SourceRow.title, SourceRow.tier)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(ArticleRow.id > after)
        .order_by(ArticleRow.id)
        .limit(_PAGE)
    )
    return [
        (row.id, _article(row, source, tier)) for row, source, tier in await session.execute(query)
    ]


def _article(row: ArticleRow, source: str, tier: str) -> Row:
    return {
        "id": row.id,
        "source_id": row.source_id,
        "source": source,
        "tier": tier,
        "story_id": row.story_id,
        "url": row.url,
        "title": row.title,
        "text": row.text,
        "language": row.language,
        "published": _json(row.published),
        "first_seen_at": _json(row.first_seen_at),
        "revision": row.revision,
        "band": row.band,
        "relevance": row.relevance,
        "quality": row.quality,
        "origins": row.origins,
        "attachments": row.attachments,
    }


async def _facts(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    return [
        (stated.number, _fact(stated))
        for stated in await facts.following(session, after, limit=_PAGE)
    ]


def _fact(stated: Stated) -> Row:
    """Return the fact under the names of its contract, after where it is stated."""
    return {
        "number": stated.number,
        "article_id": stated.article.id,
        "revision": stated.article.revision,
        "article": stated.article.title,
        "url": stated.article.url,
        "published": _json(stated.article.published),
        **msgspec.json.decode(msgspec.json.encode(stated.fact)),
    }


async def _deadlines(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    found = await facts.following(session, after, types=_DEADLINES, limit=_PAGE)
    return [(stated.number, _deadline(stated)) for stated in found]


def _deadline(stated: Stated) -> Row:
    fact, time = stated.fact, stated.fact.time
    return {
        "number": stated.number,
        "kind": fact.attributes.get("kind"),
        "subject": fact.subject,
        "start": time.start if time else None,
        "end": time.end if time else None,
        "clock": time.clock if time else None,
        "status": fact.status,
        "quote": fact.evidence[0].quote,
        "article_id": stated.article.id,
        "article": stated.article.title,
        "url": stated.article.url,
        "published": _json(stated.article.published),
    }


async def _stories(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    query = select(StoryRow).where(StoryRow.id > after).order_by(StoryRow.id).limit(_PAGE)
    found = list(await session.scalars(query))
    told = {story.id: story for story in await stories.by_ids(session, [row.id for row in found])}
    return [(row.id, _story(row, told.get(row.id))) for row in found]


def _story(row: StoryRow, story: Story | None) -> Row:
    lead = story.lead.article if story else None
    return {
        "id": row.id,
        "topic": row.topic,
        "band": row.band,
        "backlog": row.backlog,
        "first_seen_at": _json(row.first_seen_at),
        "updated_at": _json(row.updated_at),
        "title": lead.title if lead else "",
        "url": lead.url if lead else "",
        "published": _json(lead.published) if lead else None,
        "articles": [coverage.article.id for coverage in story.coverage] if story else [],
    }


async def _documents(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    query = select(DocumentRow).where(DocumentRow.id > after).order_by(DocumentRow.id).limit(_PAGE)
    found = list(await session.scalars(query))
    ids = [row.id for row in found]
    named, linked = await _mentions(session, ids), await _links(session, ids)
    return [(row.id, _document(row, named[row.id], linked[row.id])) for row in found]


async def _mentions(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[Row]]:
    named: dict[int, list[Row]] = defaultdict(list)
    query = select(MentionRow).where(MentionRow.document_id.in_(ids))
    for row in await session.scalars(query.order_by(MentionRow.article_id)):
        named[row.document_id].append({"article_id": row.article_id, "role": row.role})
    return named


async def _links(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[Row]]:
    linked: dict[int, list[Row]] = defaultdict(list)
    query = select(DocumentLinkRow).where(DocumentLinkRow.document_id.in_(ids))
    for row in await session.scalars(query.order_by(DocumentLinkRow.target_id)):
        link: Row = {"document_id": row.target_id, "relation": row.relation, "clause": row.clause}
        if link not in linked[row.document_id]:
            linked[row.document_id].append(link)
    return linked


def _document(row: DocumentRow, mentions: list[Row], links: list[Row]) -> Row:
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "kind": row.kind,
        "stage": row.stage,
        "issuers": row.issuers,
        "first_seen_at": _json(row.first_seen_at),
        "variants": row.variants,
        "aliases": row.aliases,
        "issued_on": _day(row.issued_on),
        "effective_on": _day(row.effective_on),
        "expires_on": _day(row.expires_on),
        "cites": links,
        "mentions": mentions,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _json(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


_Page = Callable[[AsyncSession, int], Awaitable[list[tuple[int, Row]]]]

_PAGES: Mapping[str, _Page] = {
    "articles": _articles,
    "facts": _facts,
    "stories": _stories,
    "deadlines": _deadlines,
    "documents": _documents,
}

TABLES = tuple(_PAGES)
"""What can be exported, by name."""
