"""What articles claim of policy documents, entered into the register in place of earlier claims."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.locks import Lock, alone
from db.models import (
    ArticleRow,
    DocumentKeyRow,
    DocumentLinkRow,
    DocumentRow,
    MentionRow,
    SourceRow,
)
from db.settling import absorb, columns, load, settle_all
from db.statements import batches, reserve, table_of
from domain.documents import identity
from domain.documents import title as titles
from domain.documents.document import Claim, Document, settle
from domain.documents.identity import Entry
from domain.documents.naming import Naming, links, namings
from domain.reading import Reading
from domain.source import Tier

_PREFIX = 6
"""Characters that a draft's title and the final one begin with alike."""

_Named = list[tuple[int, tuple[Naming, ...]]]


async def note(session: AsyncSession, article_id: int, reading: Reading, now: datetime) -> None:
    """Enter the documents that an article names, in place of what it named before."""
    said = await _forget(session, article_id)
    await _note(session, [(article_id, reading)], said, now)


async def note_all(
    session: AsyncSession, articles: Iterable[tuple[int, Reading]], now: datetime
) -> None:
    """Enter the documents that new articles name, in a handful of statements for them all."""
    await _note(session, articles, set(), now)


async def _note(
    session: AsyncSession, articles: Iterable[tuple[int, Reading]], touched: set[int], now: datetime
) -> None:
    named = [(number, namings(one.title, one.text, one.facts)) for number, one in articles]
    named = [(number, found) for number, found in named if found]
    placed: dict[int, tuple[int, ...]] = {}
    if named:
        # Whether a document is known already can only be told one at a time.
        await alone(session, Lock.REGISTER)
        named = await _with_tiers(session, named)
        placed = await _placed(session, named, now)
        touched |= {number for numbers in placed.values() for number in numbers}
        await _keep(session, placed, dict(named))
    await settle_all(session, sorted(touched), _tellers(placed, dict(named)), now)


def _tellers(
    placed: dict[int, tuple[int, ...]], named: dict[int, tuple[Naming, ...]]
) -> dict[int, int]:
    """Return which article tells of each document: the one that is about it, if there is one."""
    found: dict[int, int] = {}
    for wanted in ("primary", "cited"):
        for article_id, meant in placed.items():
            for document_id, one in zip(meant, named[article_id], strict=True):
                if one.claim.role == wanted:
                    found.setdefault(document_id, article_id)
    return found


async def _forget(session: AsyncSession, article_id: int) -> set[int]:
    """Drop what an article said before; return the documents it said it of."""
    gone = delete(MentionRow).where(MentionRow.article_id == article_id)
    touched = set(await session.scalars(gone.returning(MentionRow.document_id)))
    await session.execute(delete(DocumentLinkRow).where(DocumentLinkRow.article_id == article_id))
    return touched


async def _with_tiers(session: AsyncSession, named: _Named) -> _Named:
    tiers: dict[int, Tier] = {}
    for some in batches([number for number, _ in named]):
        query = (
            select(ArticleRow.id, SourceRow.tier)
            .join(SourceRow, SourceRow.id == ArticleRow.source_id)
            .where(ArticleRow.id.in_(some))
        )
        tiers.update((number, tier) for number, tier in await session.execute(query))
    return [
        (
            number,
            tuple(replace(one, claim=replace(one.claim, tier=tiers[number])) for one in found),
        )
        for number, found in named
    ]


async def _placed(
    session: AsyncSession, named: _Named, now: datetime
) -> dict[int, tuple[int, ...]]:
    """Return which document each naming of each article means, having entered the new ones."""
    claims = [one.claim for _, found in named for one in found]
    shelf = _Shelf(
        await _entries(session, claims), await reserve(session, DocumentRow, len(claims))
    )
    placed = {number: tuple(shelf.place(one.claim) for one in found) for number, found in named}
    if shelf.new:
        await session.execute(
            table_of(DocumentRow).insert(),
            [{"id": one.id, "first_seen_at": now, **columns(one)} for one in shelf.new.values()],
        )
    for gone, stays in shelf.absorbed.items():
        await absorb(session, gone, shelf.standing(stays))
    return {number: tuple(shelf.standing(one) for one in meant) for number, meant in placed.items()}


class _Shelf:
    """The documents that claims may be about, while the claims of some articles are placed."""

    def __init__(self, entries: list[Entry], fresh: Iterable[int]) -> None:
        self._entries = {entry.document.id: entry for entry in entries}
        self._fresh = iter(fresh)
        self.new: dict[int, Document] = {}
        self.absorbed: dict[int, int] = {}
        """Which document each one turned out to be that had been known under another name."""

    def place(self, claim: Claim) -> int:
        """Return the document that a claim is about, making it where there is none."""
        every = list(self._entries.values())
        entry = identity.find(claim, every)
        if entry is None:
            document = replace(settle([claim]), id=next(self._fresh))
            self.new[document.id] = document
            entry = Entry(document=document, keys=frozenset())
        names = entry.keys | set(identity.keys(claim))
        for other in identity.same(claim, entry, every):
            names |= other.keys
            self._drop(other.document.id, entry.document.id)
        number = entry.document.number or claim.number
        known = replace(entry.document, number=number)
        self._entries[known.id] = replace(entry, document=known, keys=frozenset(names))
        return known.id

    def standing(self, number: int) -> int:
        """Return under which number a document is kept that may have been absorbed."""
        while number in self.absorbed:
            number = self.absorbed[number]
        return number

    def _drop(self, gone: int, stays: int) -> None:
        del self._entries[gone]
        self.new.pop(gone, None)
        self.absorbed[gone] = stays


async def _entries(session: AsyncSession, claims: Sequence[Claim]) -> list[Entry]:
    """Return the documents that the claims may be about."""
    keys = sorted({key for claim in claims for key in identity.keys(claim)})
    numbers = sorted({str(claim.parsed) for claim in claims if claim.parsed})
    wanted: set[int] = set()
    for some in batches(keys):
        query = select(DocumentKeyRow.document_id).where(DocumentKeyRow.key.in_(some))
        wanted.update(await session.scalars(query))
    for some in batches(numbers):
        numbered = select(DocumentRow.id).where(DocumentRow.number.in_(some))
        wanted.update(await session.scalars(numbered))
    wanted.update(await _alike(session, claims))
    return await load(session, sorted(wanted))


async def _alike(session: AsyncSession, claims: Sequence[Claim]) -> list[int]:
    """Return documents whose titles begin as those that the articles are or announce."""
    primary = {titles.key(one.title)[:_PREFIX] for one in claims if one.role == "primary"}
    if not primary:
        return []
    begins = (DocumentKeyRow.key.startswith(one, autoescape=True) for one in sorted(primary)[:50])
    query = select(DocumentKeyRow.document_id).where(or_(*begins)).distinct().limit(200)
    return list(await session.scalars(query))


async def _keep(
    session: AsyncSession,
    placed: dict[int, tuple[int, ...]],
    named: dict[int, tuple[Naming, ...]],
) -> None:
    """Keep each article's claims, one for each document, and how its documents hang together."""
    claimed: dict[tuple[int, int], Claim] = {}
    linked: dict[tuple[int, int, int], dict[str, Any]] = {}
    for article_id, meant in placed.items():
        for document_id, one in zip(meant, named[article_id], strict=True):
            known = claimed.get((document_id, article_id))
            if known is None or (known.role, one.claim.role) == ("cited", "primary"):
                claimed[document_id, article_id] = one.claim
        for link in links(named[article_id]):
            source, target = meant[link.source], meant[link.target]
            if source != target:
                about = {"relation": link.relation, "clause": link.clause}
                linked.setdefault((source, target, article_id), about)
    await session.execute(
        table_of(MentionRow).insert(),
        [
            {"document_id": document_id, "article_id": article_id, **_claim_columns(claim)}
            for (document_id, article_id), claim in claimed.items()
        ],
    )
    if linked:
        await session.execute(
            table_of(DocumentLinkRow).insert(),
            [
                {"document_id": source, "target_id": target, "article_id": article_id, **about}
                for (source, target, article_id), about in linked.items()
            ],
        )


def _claim_columns(claim: Claim) -> dict[str, Any]:
    return {
        "role": claim.role,
        "title": claim.title,
        "number": claim.number,
        "alias": claim.alias,
        "kind": claim.kind,
        "stage": claim.stage,
        "issuers": list(claim.issuers),
        "issued_on": claim.issued_on,
        "effective_on": claim.effective_on,
        "expires_on": claim.expires_on,
        "first_hand": claim.first_hand,
    }
