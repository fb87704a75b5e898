"""Whole tables as JSON-ready rows, a page at a time."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db import exported, facts, register, search, stories
from db.exported import Row
from db.models import ArticleRow, DocumentLinkRow, DocumentRow, MentionRow, SourceRow, StoryRow
from domain.facts.fact import FactType
from domain.facts.stated import Stated
from domain.search.key import article_of
from domain.search.phrase import occur_in
from domain.search.query import Query

# Enough to make few statements, little enough to keep a million rows out of memory.
_PAGE = 500
_AT_ONCE = 200

_DEADLINES: tuple[FactType, ...] = ("deadline",)
_MEASURES: tuple[FactType, ...] = ("measure",)
_TYPES: Mapping[str, tuple[FactType, ...]] = {"deadlines": _DEADLINES, "measures": _MEASURES}
"""What alone a table is made of."""


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


async def found(
    session: AsyncSession,
    table: str,
    query: Query,
    *,
    source_ids: Collection[int] | None = None,
    words: str = "",
) -> AsyncIterator[list[Row]]:
    """Yield what of one of `SEARCHED` answers a query, newest first, a page at a time.

    The columns are those of `rows`. Of documents the words count, the filters of articles do not.

    Raises:
        KeyError: This table cannot be searched.
    """
    if table == "documents":
        async for page in _documents_with(session, words):
            yield page
        return
    look = SEARCHED[table]
    if not query.types:
        # What states none of them need not be looked into.
        query = replace(query, types=_TYPES.get(table, ()))
    async for keys in search.candidates(session, query, source_ids=source_ids, at_once=_AT_ONCE):
        yield await look(session, query, [article_of(key) for key in keys])


async def _articles_with(session: AsyncSession, query: Query, ids: Sequence[int]) -> list[Row]:
    place = {number: at for at, number in enumerate(ids)}
    chosen = (
        select(ArticleRow, SourceRow.title, SourceRow.tier)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(ArticleRow.id.in_(ids))
    )
    told = [
        (row, source, tier)
        for row, source, tier in await session.execute(chosen)
        if occur_in(query.phrases, (row.title, row.text))
    ]
    told.sort(key=lambda one: place[one[0].id])
    return [exported.article(row, source, tier) for row, source, tier in told]


def _facts_with(shape: Callable[[Stated], Row], types: Sequence[FactType] = ()) -> "_Look":
    async def look(session: AsyncSession, query: Query, ids: Sequence[int]) -> list[Row]:
        stated = await facts.stated_by(session, ids, types=types or query.types)
        return [shape(one) for one in stated if facts.holds(one, query.phrases)]

    return look


async def _documents_with(session: AsyncSession, words: str) -> AsyncIterator[list[Row]]:
    offset = 0
    while listed := await register.search(session, words, limit=_PAGE, offset=offset):
        ids = [one.document.id for one in listed]
        named, linked = await _mentions(session, ids), await _links(session, ids)
        chosen = select(DocumentRow).where(DocumentRow.id.in_(ids))
        kept = {row.id: row for row in await session.scalars(chosen)}
        yield [exported.document(kept[one], named[one], linked[one]) for one in ids]
        offset += len(listed)


async def _articles(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    query = (
        select(ArticleRow, SourceRow.title, SourceRow.tier)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(ArticleRow.id > after)
        .order_by(ArticleRow.id)
        .limit(_PAGE)
    )
    return [
        (row.id, exported.article(row, source, tier))
        for row, source, tier in await session.execute(query)
    ]


async def _facts(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    return [
        (stated.number, exported.fact(stated))
        for stated in await facts.following(session, after, limit=_PAGE)
    ]


async def _deadlines(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    found = await facts.following(session, after, types=_DEADLINES, limit=_PAGE)
    return [(stated.number, exported.deadline(stated)) for stated in found]


async def _measures(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    found = await facts.following(session, after, types=_MEASURES, limit=_PAGE)
    return [(stated.number, exported.measure(stated)) for stated in found]


async def _stories(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    query = select(StoryRow).where(StoryRow.id > after).order_by(StoryRow.id).limit(_PAGE)
    found = list(await session.scalars(query))
    told = {story.id: story for story in await stories.by_ids(session, [row.id for row in found])}
    return [(row.id, exported.story(row, told.get(row.id))) for row in found]


async def _documents(session: AsyncSession, after: int) -> list[tuple[int, Row]]:
    query = select(DocumentRow).where(DocumentRow.id > after).order_by(DocumentRow.id).limit(_PAGE)
    found = list(await session.scalars(query))
    ids = [row.id for row in found]
    named, linked = await _mentions(session, ids), await _links(session, ids)
    return [(row.id, exported.document(row, named[row.id], linked[row.id])) for row in found]


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


_Page = Callable[[AsyncSession, int], Awaitable[list[tuple[int, Row]]]]

_PAGES: Mapping[str, _Page] = {
    "articles": _articles,
    "facts": _facts,
    "stories": _stories,
    "deadlines": _deadlines,
    "documents": _documents,
    "measures": _measures,
}

TABLES = tuple(_PAGES)
"""What can be exported, by name."""

_Look = Callable[[AsyncSession, Query, Sequence[int]], Awaitable[list[Row]]]

SEARCHED: Mapping[str, _Look] = {
    "facts": _facts_with(exported.fact),
    "measures": _facts_with(exported.measure, _MEASURES),
    "deadlines": _facts_with(exported.deadline, _DEADLINES),
    "articles": _articles_with,
}
"""What of each table an article answers; documents are looked for in their own register."""
