"""What articles are known by, and who else says so: an indexed question, never a scan."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ArticleRow, SignatureRow
from db.statements import batches, table_of
from domain.likeness import Telling
from domain.signature import STATING, Signature, finding_keys

_COMMON = 300
"""Articles in the time that is asked about; a key that more of them share finds nobody."""


async def add_all(session: AsyncSession, signed: Iterable[tuple[int, Signature, datetime]]) -> None:
    """Keep the rows by which new articles will be found; `at` is when they came out."""
    rows = [
        {"article_id": number, "key": key, "at": at}
        for number, signature, at in signed
        for key in finding_keys(signature)
    ]
    if rows:
        await session.execute(table_of(SignatureRow).insert(), rows)


async def replace(
    session: AsyncSession, article_id: int, signature: Signature | None, at: datetime
) -> None:
    """Keep what an article is known by from now on."""
    await session.execute(delete(SignatureRow).where(SignatureRow.article_id == article_id))
    kept = msgspec.to_builtins(signature) if signature else {}
    await session.execute(
        update(ArticleRow).where(ArticleRow.id == article_id).values(signature=kept)
    )
    if signature:
        await add_all(session, [(article_id, signature, at)])


async def forget(session: AsyncSession, before: datetime) -> int:
    """Drop what only finds articles near in time, of those that came out before; return how much.

    The exact facts stay: they link stories whenever they ran.
    """
    exact = or_(*(SignatureRow.key.startswith(kind) for kind in STATING))
    old = delete(SignatureRow).where(SignatureRow.at < before, ~exact)
    return len((await session.execute(old.returning(SignatureRow.article_id))).all())


async def alike(
    session: AsyncSession,
    weights: Mapping[str, float],
    *,
    since: datetime,
    until: datetime,
    limit: int,
    besides: int | None = None,
) -> list[Telling]:
    """Return the articles of that time which share most with these keys, the most alike first.

    Only such as are in a story; `besides` is left out.
    """
    shared = await _shared(session, weights, since, until)
    shared.pop(besides or 0, None)
    best = sorted(shared, key=lambda number: (-shared[number], number))[:limit]
    return await _tellings(session, best)


async def stating(
    session: AsyncSession, keys: Collection[str], *, besides: int
) -> dict[int, set[str]]:
    """Return the other stories whose articles have these keys, whenever, each with its own."""
    found: dict[int, set[str]] = defaultdict(set)
    usual = await _usable(session, keys, None, None)
    for some in batches(usual):
        query = (
            select(ArticleRow.story_id, SignatureRow.key)
            .select_from(SignatureRow)
            .join(ArticleRow, ArticleRow.id == SignatureRow.article_id)
            .where(
                SignatureRow.key.in_(some),
                ArticleRow.story_id.is_not(None),
                ArticleRow.story_id != besides,
            )
        )
        for story_id, key in await session.execute(query):
            found[story_id or 0].add(key)
    return found


async def _shared(
    session: AsyncSession, weights: Mapping[str, float], since: datetime, until: datetime
) -> dict[int, float]:
    shared: dict[int, float] = defaultdict(float)
    for some in batches(await _usable(session, weights, since, until)):
        query = select(SignatureRow.article_id, SignatureRow.key).where(
            SignatureRow.key.in_(some), SignatureRow.at.between(since, until)
        )
        for article_id, key in await session.execute(query):
            shared[article_id] += weights[key]
    return shared


async def _usable(
    session: AsyncSession, keys: Iterable[str], since: datetime | None, until: datetime | None
) -> list[str]:
    """Leave out the keys that too many articles have."""
    usable: list[str] = []
    for some in batches(sorted(keys)):
        query = select(SignatureRow.key, func.count()).where(SignatureRow.key.in_(some))
        if since and until:
            query = query.where(SignatureRow.at.between(since, until))
        counted = await session.execute(query.group_by(SignatureRow.key))
        usable += [key for key, count in counted if count <= _COMMON]
    return sorted(usable)


async def _tellings(session: AsyncSession, numbers: Sequence[int]) -> list[Telling]:
    query = select(
        ArticleRow.id,
        ArticleRow.story_id,
        ArticleRow.source_id,
        ArticleRow.title,
        ArticleRow.when(),
        ArticleRow.signature,
    ).where(ArticleRow.id.in_(numbers), ArticleRow.story_id.is_not(None))
    found: dict[int, Telling] = {}
    for number, *columns in await session.execute(query):
        found[number] = _telling(*columns)
    return [found[number] for number in numbers if number in found]


def _telling(
    story_id: int, source_id: int, title: str, at: datetime, signature: dict[str, Any]
) -> Telling:
    return Telling(
        story_id=story_id,
        source_id=source_id,
        title=title,
        at=at,
        signature=msgspec.convert(signature, Signature),
    )
