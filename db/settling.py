"""What a document comes to from all that is claimed of it: the register's own judgement, kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db import values
from db.models import (
    ArticleRow,
    DocumentChangeRow,
    DocumentKeyRow,
    DocumentLinkRow,
    DocumentRow,
    FollowRow,
    MentionRow,
    SourceRow,
)
from db.statements import batches, insert, table_of
from domain.documents import identity
from domain.documents.document import Claim, Document, changes, settle
from domain.documents.identity import Entry
from domain.source import TIERS

_MOST_CLAIMS = 200
"""Of one document; the best ones settle it, and a thousandth citation adds nothing."""


async def load(session: AsyncSession, wanted: Sequence[int]) -> list[Entry]:
    """Return documents of the register with all their names, in the order of their numbers."""
    keys: dict[int, set[str]] = defaultdict(set)
    found: list[Entry] = []
    for some in batches(wanted):
        named = select(DocumentKeyRow).where(DocumentKeyRow.document_id.in_(some))
        for row in await session.scalars(named):
            keys[row.document_id].add(row.key)
        read = exists().where(
            MentionRow.document_id == DocumentRow.id,
            MentionRow.first_hand,
            MentionRow.article_id == ArticleRow.id,
            ArticleRow.source_id == SourceRow.id,
            SourceRow.tier == "official",
        )
        query = select(DocumentRow, read).where(DocumentRow.id.in_(some)).order_by(DocumentRow.id)
        found += [
            Entry(
                document=values.document(row), keys=frozenset(keys[row.id]), first_hand=first_hand
            )
            for row, first_hand in await session.execute(query)
        ]
    return found


async def absorb(session: AsyncSession, gone: int, stays: int) -> None:
    """Let one document take over everything of another that turned out to be the same."""
    told = select(MentionRow.article_id).where(MentionRow.document_id == stays)
    twice = (MentionRow.document_id == gone, MentionRow.article_id.in_(told))
    await session.execute(delete(MentionRow).where(*twice))
    moved = update(MentionRow).where(MentionRow.document_id == gone).values(document_id=stays)
    await session.execute(moved.execution_options(synchronize_session=False))
    await _relink(session, gone, stays)
    changed = update(DocumentChangeRow).where(DocumentChangeRow.document_id == gone)
    await session.execute(changed.values(document_id=stays))
    await _hand_over_follows(session, gone, stays)
    await session.execute(delete(DocumentRow).where(DocumentRow.id == gone))


async def _relink(session: AsyncSession, gone: int, stays: int) -> None:
    """Let the links of one document be those of another; none leads to itself or stands twice."""
    either = or_(DocumentLinkRow.document_id == gone, DocumentLinkRow.target_id == gone)
    links = list(await session.scalars(select(DocumentLinkRow).where(either)))
    rows = []
    for link in links:
        source = stays if link.document_id == gone else link.document_id
        target = stays if link.target_id == gone else link.target_id
        if source != target:
            about = {"relation": link.relation, "clause": link.clause}
            ends = {"document_id": source, "target_id": target, "article_id": link.article_id}
            rows.append(ends | about)
    await session.execute(delete(DocumentLinkRow).where(either))
    if rows:
        await session.execute(insert(session, DocumentLinkRow).on_conflict_do_nothing(), rows)


async def _hand_over_follows(session: AsyncSession, gone: int, stays: int) -> None:
    """Who follows one document follows the other from now on, once."""
    twin = aliased(FollowRow)
    has_one = (
        select(twin.id)
        .where(
            twin.chat_id == FollowRow.chat_id,
            twin.thread_id == FollowRow.thread_id,
            twin.kind == "document",
            twin.key == str(stays),
        )
        .exists()
    )
    followed = (FollowRow.kind == "document", FollowRow.key == str(gone))
    handed = update(FollowRow).where(*followed, ~has_one).values(key=str(stays))
    await session.execute(handed.execution_options(synchronize_session=False))
    await session.execute(delete(FollowRow).where(*followed))


async def _rename_follows(session: AsyncSession, number: int, label: str) -> None:
    """What was followed as a draft is told of by what it is called now."""
    followed = (FollowRow.kind == "document", FollowRow.key == str(number))
    await session.execute(update(FollowRow).where(*followed).values(label=label))


async def settle_all(
    session: AsyncSession, touched: Sequence[int], tellers: Mapping[int, int], now: datetime
) -> None:
    """Settle documents anew from all that is claimed of them, and note what has changed.

    `tellers`: the article that told of each. What nobody claims any more is dropped.
    """
    claims = await _claims(session, touched)
    before = {entry.document.id: entry for entry in await load(session, touched)}
    told = await _announced(session, touched)
    settled, changed = [], []
    for number in touched:
        if number not in before or not claims[number]:
            continue
        after = replace(settle(claims[number]), id=number)
        what = list(changes(before[number].document, after))
        news = number not in told and any(one.role == "primary" for one in claims[number])
        if news:
            what.insert(0, ("announced", None, after.stage or "issued"))
        settled.append(columns(after) | {"which": number, "at": now if news else told.get(number)})
        changed += [
            {
                "document_id": number,
                "article_id": tellers.get(number),
                "at": now,
                "field": field,
                "before": old,
                "after": new,
            }
            for field, old, new in what
        ]
    await _save(session, settled, claims)
    for one in settled:
        document, label = before[one["which"]].document, one["number"] or one["title"]
        if label != (document.number or document.title):
            await _rename_follows(session, one["which"], label)
    if changed:
        await session.execute(table_of(DocumentChangeRow).insert(), changed)
    await _drop_unmentioned(session, [number for number in touched if not claims[number]])


async def _claims(session: AsyncSession, touched: Sequence[int]) -> dict[int, list[Claim]]:
    """Return the best claims of each document, what nobody claims any more having none."""
    nearness = case({tier: at for at, tier in enumerate(TIERS)}, value=SourceRow.tier)
    order = (MentionRow.role.desc(), nearness, MentionRow.article_id)
    place = func.row_number().over(partition_by=MentionRow.document_id, order_by=order)
    found: dict[int, list[Claim]] = defaultdict(list)
    for some in batches(touched):
        ranked = (
            select(MentionRow.document_id, MentionRow.article_id, place.label("place"))
            .join(ArticleRow, ArticleRow.id == MentionRow.article_id)
            .join(SourceRow, SourceRow.id == ArticleRow.source_id)
            .where(MentionRow.document_id.in_(some))
            .subquery()
        )
        query = (
            select(MentionRow, DocumentRow, SourceRow.tier)
            .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
            .join(
                ranked,
                (ranked.c.document_id == MentionRow.document_id)
                & (ranked.c.article_id == MentionRow.article_id),
            )
            .join(ArticleRow, ArticleRow.id == MentionRow.article_id)
            .join(SourceRow, SourceRow.id == ArticleRow.source_id)
            .where(ranked.c.place <= _MOST_CLAIMS)
            .order_by(MentionRow.document_id, MentionRow.article_id)
        )
        for row, document, tier in await session.execute(query):
            # Kept before claims were: what was settled then is what it says.
            said = values.document(document) if not row.title else None
            found[row.document_id].append(values.claim(row, tier, said))
    return found


async def _announced(session: AsyncSession, touched: Sequence[int]) -> dict[int, datetime]:
    told: dict[int, datetime] = {}
    for some in batches(touched):
        query = select(DocumentRow.id, DocumentRow.announced_at).where(DocumentRow.id.in_(some))
        told.update((number, at) for number, at in await session.execute(query) if at)
    return told


async def _save(
    session: AsyncSession, settled: Sequence[dict[str, Any]], claims: dict[int, list[Claim]]
) -> None:
    if not settled:
        return
    table = table_of(DocumentRow)
    names = [name for name in settled[0] if name not in ("which", "at")]
    saved: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names} | {
        "announced_at": bindparam("at")
    }
    rows = [
        {"which": row["which"], "at": row["at"], **{f"new_{name}": row[name] for name in names}}
        for row in settled
    ]
    await session.execute(
        table.update().where(table.c.id == bindparam("which")).values(saved), rows
    )
    numbers = [row["which"] for row in settled]
    for some in batches(numbers):
        await session.execute(delete(DocumentKeyRow).where(DocumentKeyRow.document_id.in_(some)))
    keys = {(key, one) for one in numbers for said in claims[one] for key in identity.keys(said)}
    if keys:
        await session.execute(
            insert(session, DocumentKeyRow),
            [{"key": key, "document_id": number} for key, number in sorted(keys)],
        )


async def _drop_unmentioned(session: AsyncSession, numbers: Sequence[int]) -> None:
    for some in batches(numbers):
        await session.execute(delete(DocumentRow).where(DocumentRow.id.in_(some)))


def columns(document: Document) -> dict[str, Any]:
    """Return what the row of a settled document holds."""
    return {
        "number": document.number,
        "title": document.title,
        "kind": document.kind,
        "stage": document.stage,
        "issuers": list(document.issuers),
        "variants": list(document.variants),
        "aliases": list(document.aliases),
        "issued_on": document.issued_on,
        "effective_on": document.effective_on,
        "expires_on": document.expires_on,
    }
