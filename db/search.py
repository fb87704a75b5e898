"""Searching: keeps every article's words in the index, and finds articles by them, newest first."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Row,
    Select,
    cast,
    delete,
    func,
    insert,
    join,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from db import terms, values
from db.columns import LARGEST
from db.models import ArticleRow, FactRow, SearchRow, SourceRow, UnindexedRow
from db.statements import batches, table_of
from domain.article import Article
from domain.facts.fact import FACT_TYPES, FactType
from domain.search.key import key_of, lowest_key
from domain.search.phrase import Term, index_terms, occur_in
from domain.search.query import Query
from domain.text.terms import terms as terms_of

MOST_LOOKED_AT = 250
"""Articles that are looked into for one page; what may be further back, the next page looks for."""

_MOST_AT_ONCE = 200
_TO_KEEP = 500  # articles whose words are in memory at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that answers a search."""

    key: int
    article: Article
    story_id: int | None
    states_facts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Some of the answers, newest first."""

    found: tuple[Found, ...]
    before: int | None
    """The key before which to go on; None where there are no more."""


async def find(
    session: AsyncSession,
    query: Query,
    *,
    source_ids: Collection[int] | None = None,
    before: int | None = None,
    limit: int = 10,
) -> Answers:
    """Return the newest articles that hold every phrase in title or text and pass the filters.

    `source_ids` are those that `query.source` names; None for all. There may be fewer than `limit`
    although there are more further back: then `before` says where.
    """
    keys: list[int] = []
    looked = 0
    words = (ArticleRow.title, ArticleRow.text)
    async for some in _walk(session, query, source_ids, before, limit + 1, *words):
        keys += [row[0] for row in some if occur_in(query.phrases, row[1:])]
        looked += len(some)
        if len(keys) > limit:
            return Answers(found=await _load(session, keys[:limit]), before=keys[limit - 1])
        if looked >= MOST_LOOKED_AT:
            return Answers(found=await _load(session, keys), before=some[-1][0])
    return Answers(found=await _load(session, keys), before=None)


async def candidates(
    session: AsyncSession,
    query: Query,
    *,
    source_ids: Collection[int] | None = None,
    before: int | None = None,
    at_once: int = 50,
) -> AsyncIterator[list[int]]:
    """Yield the keys of all that may answer, newest first, so many at once.

    Whatever answers is among them; whether one does, its words say.
    """
    async for rows in _walk(session, query, source_ids, before, at_once):
        yield [key for key, *_ in rows]


async def put(session: AsyncSession, article_ids: Sequence[int]) -> None:
    """Take articles into the index as they and their facts are in the database now.

    Whoever changes their words, facts, band or time, or deletes them, has called `drop` before.
    """
    for some in batches(article_ids, _TO_KEEP):
        rows = await _words(session, some)
        if not rows:
            continue
        # FTS5 writes what comes in order at once, and everything else piece by piece.
        rows.sort(key=lambda row: int(row[0]["key"]))
        await session.execute(table_of(SearchRow).insert(), [row for row, _ in rows])
        await _put_terms(session, [(row["key"], words) for row, words in rows])


async def put_later(session: AsyncSession, article_ids: Sequence[int]) -> None:
    """Remember articles for `put_waiting`: they are not in the index before that."""
    rows = [{"article_id": number} for number in article_ids]
    if rows:
        await session.execute(table_of(UnindexedRow).insert(), rows)


async def put_waiting(session: AsyncSession, limit: int) -> int:
    """Take the oldest of the articles that wait into the index; return how many it were."""
    table = table_of(UnindexedRow)
    query = select(table.c.article_id).order_by(table.c.article_id).limit(limit)
    waiting = list(await session.scalars(query.with_for_update(skip_locked=True)))
    await _wait_no_more(session, waiting)
    await put(session, waiting)
    return len(waiting)


async def count_waiting(session: AsyncSession) -> int:
    """Return how many articles wait for `put_waiting`."""
    return await session.scalar(select(func.count()).select_from(table_of(UnindexedRow))) or 0


async def _wait_no_more(session: AsyncSession, article_ids: Sequence[int]) -> None:
    table = table_of(UnindexedRow)
    for some in batches(article_ids):
        await session.execute(delete(table).where(table.c.article_id.in_(some)))


async def renew(session: AsyncSession, article_ids: Sequence[int]) -> None:
    """Bring the index up to what articles state now, where only their facts have changed.

    What it still has of facts that are gone leads to articles that `find` looks into in vain.
    """
    await drop(session, article_ids)
    await put(session, article_ids)


async def drop(session: AsyncSession, article_ids: Sequence[int]) -> None:
    """Take articles out of the index, before anything about them changes or they are deleted."""
    await _wait_no_more(session, article_ids)
    for some in batches(article_ids, _TO_KEEP):
        if _is_sqlite(session):
            await _drop_terms(session, some)
        await session.execute(delete(SearchRow).where(SearchRow.article_id.in_(some)))


async def drop_source(session: AsyncSession, source_id: int) -> None:
    """Take all articles of a source out of the index, before it is deleted."""
    query = select(SearchRow.article_id).where(SearchRow.source_id == source_id)
    await drop(session, list(await session.scalars(query)))


async def _walk(
    session: AsyncSession,
    query: Query,
    source_ids: Collection[int] | None,
    before: int | None,
    at_once: int,
    *columns: Any,
) -> AsyncIterator[Sequence[Row[Any]]]:
    """Yield the keys, and these columns of the articles, of all that may answer, newest first.

    More at a time the longer it takes.
    """
    reached, size = LARGEST if before is None else before, at_once
    few = None if _is_sqlite(session) else await _few(session, query, reached)
    while reached:
        wanted = _among(session, query, source_ids, reached, few)
        if columns:
            beside = ArticleRow.id == table_of(SearchRow).c.article_id
            wanted = wanted.join(table_of(ArticleRow), beside).add_columns(*columns)
        rows = (await session.execute(wanted.limit(size))).all()
        if rows:
            yield rows
        reached = rows[-1][0] if len(rows) == size else 0
        size = min(2 * size, _MOST_AT_ONCE)


async def _few(session: AsyncSession, query: Query, before: int) -> list[int] | None:
    """Return all that has the terms, where that is little enough to be asked for by its keys."""
    wanted = index_terms(query.phrases)
    if not wanted:
        return None
    lowest = 0 if query.since is None else lowest_key(query.since)
    return await terms.few(session, wanted, lowest, before)


def _among(
    session: AsyncSession,
    query: Query,
    source_ids: Collection[int] | None,
    before: int,
    few: Sequence[int] | None,
) -> Select[int]:
    key, chosen = _answering(session, index_terms(query.phrases), few)
    conditions: list[ColumnElement[bool]] = [key < before, SearchRow.band.in_(query.bands)]
    if query.since is not None:
        conditions.append(key >= lowest_key(query.since))
    if query.types:
        conditions.append(SearchRow.types.op("&")(_bits(query.types)) != 0)
    if source_ids is not None:
        conditions.append(SearchRow.source_id.in_(source_ids))
    return chosen.where(*conditions).order_by(key.desc())


def _answering(
    session: AsyncSession, wanted: list[Term], few: Sequence[int] | None
) -> tuple[ColumnElement[int], Select[int]]:
    """Return the column of the order, and the selection of all articles that have these terms."""
    searched = table_of(SearchRow)
    if not wanted:
        return searched.c.key, select(searched.c.key)
    if _is_sqlite(session):
        # By the index's own key, so that it is walked in the answers' order and no further.
        key = terms.sqlite.c.rowid
        joined = join(terms.sqlite, searched, searched.c.key == key)
        return key, select(key).select_from(joined).where(terms.match_sqlite(wanted))
    key = searched.c.key
    if few is not None:
        return key, select(key).where(key == func.any(cast(few, ARRAY(BigInteger))))
    joined = join(searched, terms.postgres, terms.postgres.c.key == key)
    return key, select(key).select_from(joined).where(terms.match_postgres(wanted))


async def _load(session: AsyncSession, keys: Sequence[int]) -> tuple[Found, ...]:
    if not keys:
        return ()
    query = (
        select(SearchRow.key, SearchRow.types, ArticleRow, SourceRow.title, SourceRow.tier)
        .join(ArticleRow, ArticleRow.id == SearchRow.article_id)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(SearchRow.key.in_(keys))
        .order_by(SearchRow.key.desc())
    )
    return tuple(
        Found(
            key=key,
            article=values.article(row, title, tier),
            story_id=row.story_id,
            states_facts=types != 0,
        )
        for key, types, row, title, tier in await session.execute(query)
    )


async def _words(
    session: AsyncSession, article_ids: Sequence[int]
) -> list[tuple[dict[str, Any], set[str]]]:
    """Return the rows of articles and the terms of what they say, and their facts are about."""
    types: dict[int, set[FactType]] = defaultdict(set)
    subjects: dict[int, set[str]] = defaultdict(set)
    stated = (
        select(FactRow.article_id, FactRow.type, FactRow.subject)
        .join(ArticleRow, ArticleRow.id == FactRow.article_id)
        .where(FactRow.article_id.in_(article_ids), FactRow.revision == ArticleRow.revision)
    )
    for number, kind, subject in await session.execute(stated):
        types[number].add(kind)
        subjects[number].add(subject)
    query = select(
        ArticleRow.id,
        ArticleRow.source_id,
        ArticleRow.band,
        ArticleRow.when(),
        ArticleRow.title,
        ArticleRow.text,
    ).where(ArticleRow.id.in_(article_ids))
    found = []
    for number, source_id, band, when, title, text in await session.execute(query):
        await asyncio.sleep(0)  # many long texts in a row would keep everybody else waiting
        row = {
            "key": key_of(when, number),
            "article_id": number,
            "source_id": source_id,
            "band": band,
            "types": _bits(types[number]),
        }
        found.append((row, terms_of((title, text, *subjects[number]))))
    return found


async def _put_terms(session: AsyncSession, words: Sequence[tuple[int, set[str]]]) -> None:
    if _is_sqlite(session):
        rows = [{"rowid": key, "terms": " ".join(some)} for key, some in words]
        await session.execute(insert(terms.sqlite), rows)
    else:
        lists = [{"number": key, "words": list(some)} for key, some in words]
        await session.execute(terms.PUT_POSTGRES, lists)


async def _drop_terms(session: AsyncSession, article_ids: Sequence[int]) -> None:
    """FTS5 keeps no words: it has to be told under which it finds an article."""
    kept = select(SearchRow.article_id, SearchRow.key).where(SearchRow.article_id.in_(article_ids))
    keys = dict((await session.execute(kept)).all())
    rows = [
        {"article_terms": "delete", "rowid": keys[row["article_id"]], "terms": " ".join(words)}
        for row, words in await _words(session, list(keys))
    ]
    if rows:
        await session.execute(insert(terms.sqlite), rows)


def _bits(types: Iterable[FactType]) -> int:
    return sum(1 << FACT_TYPES.index(one) for one in set(types))


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"
