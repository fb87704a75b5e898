"""Articles: what is known of them, and how new and edited ones are kept."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db import documents, facts, search, signatures, values
from db.columns import is_number
from db.models import ArticleKeyRow, ArticleRow, RevisionRow, SourceRow
from db.statements import batches, insert, reserve, table_of
from domain.article import Article, Known, NewArticle
from domain.reading import Reading
from domain.relevance import Band
from domain.revision import Change, Version, changes

_BANDS: tuple[Band, ...] = ("core", "adjacent", "off")
_LOOKS = 1000  # into an index, in one statement; also what a statement takes in parameters


async def known(session: AsyncSession, source_id: int, keys: Collection[str]) -> dict[str, Known]:
    """Return what is remembered under these keys of a source; new keys are not in it."""
    return (await known_of(session, {source_id: keys})).get(source_id, {})


async def known_of(
    session: AsyncSession, wanted: Mapping[int, Collection[str]]
) -> dict[int, dict[str, Known]]:
    """Return what is remembered under keys of several sources, by source."""
    found: dict[int, dict[str, Known]] = {}
    for sources, keys in _askable(wanted):
        query = (
            select(
                ArticleKeyRow.source_id,
                ArticleKeyRow.key,
                ArticleRow.id,
                ArticleRow.canonical_url,
                ArticleRow.title,
                ArticleRow.content_hash,
                ArticleRow.revision,
                ArticleRow.story_id,
            )
            .join(ArticleRow, ArticleRow.id == ArticleKeyRow.article_id)
            .where(ArticleKeyRow.source_id.in_(sources), ArticleKeyRow.key.in_(keys))
        )
        rows = await session.execute(query)
        for source_id, key, article_id, url, title, content_hash, revision, story_id in rows:
            if key not in wanted[source_id]:
                continue  # It is what another source knows its article by.
            found.setdefault(source_id, {})[key] = Known(
                article_id=article_id,
                canonical_url=url,
                title=title,
                content_hash=content_hash,
                revision=revision,
                story_id=story_id,
            )
    return found


def _askable(
    wanted: Mapping[int, Collection[str]],
) -> Iterator[tuple[Sequence[int], Sequence[str]]]:
    """Cut a question into ones that are quick: every key is looked for under every source."""
    everything = [key for keys in wanted.values() for key in keys]
    if len(wanted) * len(everything) <= _LOOKS:
        yield list(wanted), everything
        return
    for source_id, keys in wanted.items():
        for some in batches(list(keys)):
            yield [source_id], some


async def add_all(
    session: AsyncSession, source_id: int, articles: Sequence[NewArticle], now: datetime
) -> list[int]:
    """Keep new articles of one source; as `add_from_all`."""
    return await add_from_all(session, [(source_id, article) for article in articles], now)


async def add_from_all(
    session: AsyncSession, arrived: Sequence[tuple[int, NewArticle]], now: datetime
) -> list[int]:
    """Keep new articles, each with the number of its source, with all that was concluded.

    A handful of statements for any number of articles. Return their numbers in order.

    Raises:
        sqlalchemy.exc.IntegrityError: A source was removed, or a quote is not as long as its
            offsets say.
    """
    if not arrived:
        return []
    numbers = await reserve(session, ArticleRow, len(arrived))
    numbered = [(number, article) for number, (_, article) in zip(numbers, arrived, strict=True)]
    rows = [
        _columns(article) | _origin(number, source_id, article, now)
        for number, (source_id, article) in zip(numbers, arrived, strict=True)
    ]
    await session.execute(table_of(ArticleRow).insert(), rows)
    keys = (
        (source_id, key, number)
        for number, (source_id, article) in zip(numbers, arrived, strict=True)
        for key in article.keys
    )
    await _remember_keys(session, keys)
    await facts.add_all(
        session,
        [(number, 1, fact) for number, article in numbered for fact in article.reading.facts],
    )
    await documents.note_all(
        session, [(number, article.reading) for number, article in numbered], now
    )
    about = {number for number, article in numbered if _band(article.reading) != "off"}
    await search.put(session, sorted(about))
    await search.put_later(session, [number for number in numbers if number not in about])
    await signatures.add_all(
        session,
        [
            (number, article.reading.signature, article.entry.came_out(now))
            for number, article in numbered
            if article.reading.signature
        ],
    )
    return numbers


async def newest_titles(session: AsyncSession, limit: int, *, besides: int = 0) -> list[str]:
    """Return the titles of the newest articles about a topic, but for those of one story."""
    query = (
        select(ArticleRow.title)
        .where(ArticleRow.story_id.is_not(None), ArticleRow.story_id != besides)
        .order_by(ArticleRow.id.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))


async def revise(
    session: AsyncSession, article_id: int, article: NewArticle, now: datetime
) -> None:
    """Keep what an article says now; what it said before becomes an old revision with its facts.

    It stays in the story it is in, and what it was known by still leads to it; one that had no
    story gets the one given.

    Raises:
        LookupError: There is no such article (any more).
    """
    query = select(ArticleRow).where(ArticleRow.id == article_id).with_for_update()
    row = await session.scalar(query)
    if row is None:
        raise LookupError(f"there is no article {article_id}")
    source_id, revision = row.source_id, row.revision + 1
    story_id = article.story_id if row.story_id is None else row.story_id
    await search.drop(session, [article_id])
    told = await _changes(session, row, article.reading)
    old = _old_revision(row, now) | {"changes": msgspec.to_builtins(told)}
    await session.execute(table_of(RevisionRow).insert(), [old])
    await session.execute(
        update(ArticleRow)
        .where(ArticleRow.id == article_id)
        .values(_columns(article) | {"revision": revision, "story_id": story_id, "emptied": False})
    )
    await _remember_keys(session, ((source_id, key, article_id) for key in article.keys))
    await facts.add_all(session, [(article_id, revision, fact) for fact in article.reading.facts])
    await documents.note(session, article_id, article.reading, now)
    await search.put(session, [article_id])
    came_out = min(article.entry.came_out(now), row.first_seen_at)
    await signatures.replace(session, article_id, article.reading.signature, came_out)


async def learn_keys(session: AsyncSession, source_id: int, pairs: Mapping[str, int]) -> None:
    """Remember new identities of known articles; a key that leads somewhere already is left."""
    await _remember_keys(session, ((source_id, key, number) for key, number in pairs.items()))


async def get(session: AsyncSession, article_id: int) -> Article | None:
    """Return an article in its current revision."""
    if not is_number(article_id):
        return None
    query = (
        select(ArticleRow, SourceRow.title, SourceRow.tier)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(ArticleRow.id == article_id)
    )
    found = (await session.execute(query)).one_or_none()
    return values.article(*found) if found else None


def _columns(article: NewArticle) -> dict[str, Any]:
    entry, reading = article.entry, article.reading
    return {
        "url": entry.url,
        "canonical_url": article.canonical_url,
        # The reading's words, not the entry's: all offsets count in them.
        "title": reading.title or entry.title,
        "text": reading.text,
        "language": reading.language,
        "content_hash": article.content_hash,
        "published": entry.published,
        "band": _band(reading),
        "relevance": msgspec.to_builtins(reading.relevance),
        "origins": dict(article.origins),
        "quality": article.quality,
        "attachments": msgspec.to_builtins(article.attachments),
        "unread": article.unread,
        "signature": msgspec.to_builtins(reading.signature) if reading.signature else {},
    }


def _origin(number: int, source_id: int, article: NewArticle, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "source_id": source_id,
        "story_id": article.story_id,
        "revision": 1,
        "first_seen_at": now,
    }


async def _changes(session: AsyncSession, row: ArticleRow, reading: Reading) -> tuple[Change, ...]:
    stated = await facts.of_articles(session, [row.id])
    before = Version(title=row.title, text=row.text, facts=stated.get(row.id, ()))
    return changes(before, Version(title=reading.title, text=reading.text, facts=reading.facts))


def _old_revision(row: ArticleRow, now: datetime) -> dict[str, Any]:
    return {
        "article_id": row.id,
        "number": row.revision,
        "title": row.title,
        "text": row.text,
        "content_hash": row.content_hash,
        "replaced_at": now,
    }


def _band(reading: Reading) -> Band:
    """Return the nearest band of all topics."""
    bands = {judgement.band for judgement in reading.relevance}
    return next((band for band in _BANDS if band in bands), "off")


async def _remember_keys(session: AsyncSession, keys: Iterable[tuple[int, str, int]]) -> None:
    rows = [
        {"source_id": source_id, "key": key, "article_id": article_id}
        for source_id, key, article_id in keys
    ]
    if rows:
        await session.execute(insert(session, ArticleKeyRow).on_conflict_do_nothing(), rows)
