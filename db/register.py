"""The register of policy documents, read: lists, one document with all that hangs on it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import facts, values
from db.columns import is_number, storable
from db.models import (
    ArticleRow,
    DocumentChangeRow,
    DocumentKeyRow,
    DocumentLinkRow,
    DocumentRow,
    MentionRow,
    SourceRow,
)
from db.statements import batches
from domain.documents import number as numbers
from domain.documents import title as titles
from domain.documents.document import Document
from domain.documents.record import Change, Listed, Mention, Record, Related
from domain.documents.title import STEPS
from domain.facts.fact import FactType
from domain.source import TIERS

_AT_ONCE = 100
_MOST_WORDS = 20
_MOST_MENTIONS = 100
"""Of one document that are shown; the first ones tell most."""
_MEASURES: tuple[FactType, ...] = ("measure",)
_RELATIONS = ("implements", "repeals", "cites")


async def search(
    session: AsyncSession, words: str = "", *, limit: int, offset: int = 0
) -> list[Listed]:
    """Return documents that relevant articles tell of, those announced last first.

    Every word must occur in the title, an alias, the number (in any spelling) or an issuer's name;
    words after the twentieth do not count.
    """
    found: list[Listed] = []
    wanted, seen = offset + limit, 0
    while len(found) < wanted:
        # Nearly every document is told of: those first in order, then by whom, and not all of them
        # with all articles.
        size = wanted if not seen else _AT_ONCE
        some = await _in_order(session, words, limit=size, offset=seen)
        told = await _told(session, [row.id for row, _ in some])
        found += [
            Listed(document=values.document(row), articles=told[row.id], when=when)
            for row, when in some
            if row.id in told
        ]
        seen += len(some)
        if len(some) < size:
            break
    return found[offset:wanted]


async def _in_order(
    session: AsyncSession, words: str, *, limit: int, offset: int
) -> list[tuple[DocumentRow, datetime]]:
    at = func.coalesce(DocumentRow.announced_at, DocumentRow.first_seen_at)
    query = (
        select(DocumentRow, at)
        .where(*_holding(words))
        .order_by(DocumentRow.announced_at.is_(None), at.desc(), DocumentRow.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [(row, when) for row, when in await session.execute(query)]


async def _told(session: AsyncSession, numbers: Sequence[int]) -> dict[int, int]:
    """Return how many relevant articles tell of these documents; those of which none does lack."""
    query = (
        select(MentionRow.document_id, func.count(MentionRow.article_id))
        .join(ArticleRow, ArticleRow.id == MentionRow.article_id)
        .where(MentionRow.document_id.in_(numbers), ArticleRow.band != "off")
        .group_by(MentionRow.document_id)
    )
    return dict((await session.execute(query)).all())


async def named(session: AsyncSession, text: str) -> list[Document]:
    """Return the documents of exactly this number or title, however it is written.

    Two versions may share a title; the one entered last comes first.
    """
    parsed = numbers.parse(text)
    keys = [key for key in (numbers.key(parsed) if parsed else "", titles.key(text)) if key]
    found = select(DocumentKeyRow.document_id).where(DocumentKeyRow.key.in_(keys))
    numbered = DocumentRow.number == (str(parsed) if parsed else text)
    query = select(DocumentRow).where(or_(DocumentRow.id.in_(found), numbered))
    query = query.order_by(DocumentRow.id.desc())
    return [values.document(row) for row in await session.scalars(query)]


async def get(session: AsyncSession, document_id: int) -> Document | None:
    """Return a document, or None where there is none of this number."""
    if not is_number(document_id):
        return None
    row = await session.scalar(select(DocumentRow).where(DocumentRow.id == document_id))
    return values.document(row) if row else None


async def of_article(session: AsyncSession, article_id: int) -> list[Document]:
    """Return what an article is or announces, then what it cites."""
    query = (
        select(DocumentRow)
        .join(MentionRow, MentionRow.document_id == DocumentRow.id)
        .where(MentionRow.article_id == article_id)
        .order_by(MentionRow.role.desc(), DocumentRow.id)
    )
    return [values.document(row) for row in await session.scalars(query)]


async def of_story(session: AsyncSession, story_id: int) -> list[Document]:
    """Return what the articles of a story are or announce, each once."""
    told = (
        select(MentionRow.document_id)
        .join(ArticleRow, ArticleRow.id == MentionRow.article_id)
        .where(ArticleRow.story_id == story_id, MentionRow.role == "primary")
    )
    query = select(DocumentRow).where(DocumentRow.id.in_(told)).order_by(DocumentRow.id)
    return [values.document(row) for row in await session.scalars(query)]


async def record(session: AsyncSession, document_id: int) -> Record | None:
    """Return a document with everything that hangs on it."""
    document = await get(session, document_id)
    if document is None:
        return None
    mentions = await _mentions(session, document_id)
    about = [one.article.id for one in mentions if one.claim.role == "primary"]
    return Record(
        document=document,
        mentions=mentions,
        cites=await _related(session, DocumentLinkRow.document_id == document_id, forward=True),
        cited_by=await _related(session, DocumentLinkRow.target_id == document_id, forward=False),
        history=await _history(session, document_id),
        versions=await _versions(session, document),
        measures=tuple(await facts.stated_by(session, about, types=_MEASURES)),
    )


async def mentioned(session: AsyncSession, article_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return which documents these articles are, announce or cite."""
    found: dict[int, list[int]] = {}
    for some in batches(article_ids):
        query = select(MentionRow.article_id, MentionRow.document_id)
        for article_id, number in await session.execute(
            query.where(MentionRow.article_id.in_(some))
        ):
            found.setdefault(article_id, []).append(number)
    return found


async def changes_told_by(
    session: AsyncSession, article_ids: Sequence[int], *, since: datetime
) -> list[tuple[int, int, Change]]:
    """Return what these articles have changed since then, as (document, article, change)."""
    found: list[tuple[int, int, Change]] = []
    for some in batches(article_ids):
        query = select(DocumentChangeRow).where(
            DocumentChangeRow.article_id.in_(some), DocumentChangeRow.at >= since
        )
        rows = await session.scalars(query.order_by(DocumentChangeRow.id))
        found += [(row.document_id, row.article_id or 0, _change(row)) for row in rows]
    return found


def _holding(words: str) -> list[ColumnElement[bool]]:
    """Demand every word; a number counts in any of its spellings."""
    if parsed := numbers.parse(words):
        spelled = exists().where(
            DocumentKeyRow.document_id == DocumentRow.id, DocumentKeyRow.key == numbers.key(parsed)
        )
        return [or_(spelled, DocumentRow.number == str(parsed))]
    return [_occurs(storable(word)) for word in words.split()[:_MOST_WORDS]]


def _occurs(word: str) -> ColumnElement[bool]:
    key = exists().where(
        DocumentKeyRow.document_id == DocumentRow.id,
        DocumentKeyRow.key.contains(titles.key(word) or word, autoescape=True),
    )
    issued = cast(DocumentRow.issuers, String).contains(_as_json(word), autoescape=True)
    columns = (DocumentRow.title, DocumentRow.number)
    return or_(key, issued, *(one.icontains(word, autoescape=True) for one in columns))


def _as_json(word: str) -> str:
    """Write a word as it stands inside a JSON column: both engines keep it with escapes."""
    return word.encode("ascii", "backslashreplace").decode() if not word.isascii() else word


async def _mentions(session: AsyncSession, document_id: int) -> tuple[Mention, ...]:
    query = (
        select(MentionRow, ArticleRow, SourceRow.title, SourceRow.tier)
        .join(ArticleRow, ArticleRow.id == MentionRow.article_id)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(MentionRow.document_id == document_id, ArticleRow.band != "off")
        .order_by(MentionRow.role.desc(), ArticleRow.when().desc())
        .limit(_MOST_MENTIONS)
    )
    found = [
        Mention(article=values.article(article, title, tier), claim=values.claim(row, tier))
        for row, article, title, tier in await session.execute(query)
    ]
    return tuple(sorted(found, key=_precedence))


def _precedence(mention: Mention) -> tuple[bool, bool, int, datetime]:
    claim, article = mention.claim, mention.article
    return (
        claim.role != "primary",
        not claim.first_hand,
        TIERS.index(article.tier),
        article.when,
    )


async def _related(
    session: AsyncSession, where: ColumnElement[bool], *, forward: bool
) -> tuple[Related, ...]:
    """Return the other ends of links, each once: the strongest relation, any clause."""
    end = DocumentLinkRow.target_id if forward else DocumentLinkRow.document_id
    query = (
        select(DocumentRow, DocumentLinkRow.relation, DocumentLinkRow.clause)
        .join(DocumentLinkRow, end == DocumentRow.id)
        .where(where)
        .order_by(DocumentRow.id)
    )
    best: dict[int, Related] = {}
    for row, relation, clause in await session.execute(query):
        known = best.get(row.id)
        if known is None or _RELATIONS.index(relation) < _RELATIONS.index(known.relation):
            known = Related(
                document=values.document(row),
                relation=relation,
                clause=clause or (known.clause if known else None),
            )
        best[row.id] = known
    return tuple(sorted(best.values(), key=_chained))


def _chained(related: Related) -> tuple[int, int, int]:
    document = related.document
    return _RELATIONS.index(related.relation), STEPS.index(document.step), document.id


async def _history(session: AsyncSession, document_id: int) -> tuple[Change, ...]:
    query = select(DocumentChangeRow).where(DocumentChangeRow.document_id == document_id)
    rows = await session.scalars(query.order_by(DocumentChangeRow.at, DocumentChangeRow.id))
    return tuple(_change(row) for row in rows)


async def _versions(session: AsyncSession, document: Document) -> tuple[Document, ...]:
    key = titles.key(document.title)
    if len(key) < titles.SPECIFIC:
        return ()
    same = select(DocumentKeyRow.document_id).where(DocumentKeyRow.key == key)
    query = (
        select(DocumentRow)
        .where(DocumentRow.id.in_(same), DocumentRow.id != document.id)
        .order_by(DocumentRow.id.desc())
    )
    return tuple(values.document(row) for row in await session.scalars(query))


def _change(row: DocumentChangeRow) -> Change:
    return Change(at=row.at, field=row.field, before=row.before, after=row.after)
