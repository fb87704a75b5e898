"""What else is stated that may be the same measure or figure: what the ledger judges."""

from collections.abc import Collection
from typing import Any, Literal

from sqlalchemy import JSON, ColumnElement, func, or_, select, true, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from db import facts, values
from db.models import ArticleRow, DocumentRow, FactRow, MentionRow
from domain.facts.fact import FactType
from domain.facts.stated import Stated
from domain.ledger.likeness import key
from domain.ledger.offers import Kin
from domain.ledger.wanted import Wanted, asked_for

FIGURES: tuple[FactType, ...] = ("metric", "target")
_METRICS: tuple[FactType, ...] = ("metric",)
_MEASURES: tuple[FactType, ...] = ("measure",)
Home = tuple[Literal["document", "story"], int]
"""Where measures are told that may be the same ones."""
_MOST = 300
"""The newest facts that are looked at; a series of more points is no answer on a phone."""


async def around(session: AsyncSession, stated: Stated) -> list[Stated]:
    """Return the fact itself with those that may say the same, or say otherwise.

    Of a measure: the measures of articles about the same documents, or of the same story. Of a
    figure: those of its unit whose subject has two characters in common with it, or which count
    the same kind of thing.
    """
    if stated.fact.type == "measure":
        others = await _stating(session, _MEASURES, ArticleRow.id.in_(_kin(stated)))
    elif stated.fact.type in FIGURES:
        others = await _stating(session, FIGURES, FactRow.unit == stated.fact.unit)
        others = [one for one in others if _near(stated, one)]
    else:
        return [stated]
    return [stated, *(one for one in others if one.number != stated.number)]


async def of_units(session: AsyncSession, units: Collection[str | None]) -> list[Stated]:
    """Return what metrics of these units the newest articles state."""
    if not units:
        return []
    named = [unit for unit in units if unit is not None]
    where = or_(FactRow.unit.in_(named), *([FactRow.unit.is_(None)] if None in units else []))
    return await _stating(session, _METRICS, where)


async def figures(session: AsyncSession, wanted: Wanted) -> list[Stated]:
    """Return metrics and targets that are asked for: those of the newest articles.

    By the indicator that the reading gave them, and by the words of those asked for; without
    anything asked for, the newest ones.
    """
    found: dict[int, Stated] = {}
    if wanted.indicator is not None:
        told = type_coerce(FactRow.attributes, JSON)["indicator"].as_string()
        for one in await _stating(session, FIGURES, told == wanted.indicator):
            found[one.number] = one
    for name in wanted.phrases[0] if wanted.phrases else ():
        for one in await facts.holding(session, [name], types=FIGURES, limit=_MOST):
            found[one.number] = one
    if wanted == Wanted():
        found = {one.number: one for one in await _stating(session, FIGURES, true())}
    return [one for one in found.values() if one.fact.value and asked_for(one, wanted)]


async def measures(session: AsyncSession, words: str) -> tuple[list[Kin], frozenset[int]]:
    """Return measures with these words among all that may be the same ones, the newest first.

    Beside them the numbers of those that hold the words themselves.
    """
    matched = await facts.search(session, types=_MEASURES, words=words, limit=_MOST)
    articles = list(dict.fromkeys(one.article.id for one in matched))
    homes = await _homes(session, articles)
    kin = [
        await _of_home(session, home)
        for home in dict.fromkeys(homes[number] for number in articles)
    ]
    return kin, frozenset(one.number for one in matched)


async def _homes(session: AsyncSession, articles: list[int]) -> dict[int, Home]:
    """Return for each article the document that it is about first, else its story."""
    query = (
        select(MentionRow.article_id, func.min(MentionRow.document_id))
        .where(MentionRow.article_id.in_(articles), MentionRow.role == "primary")
        .group_by(MentionRow.article_id)
    )
    documents = dict((await session.execute(query)).all())
    told = select(ArticleRow.id, ArticleRow.story_id).where(ArticleRow.id.in_(articles))
    stories = dict((await session.execute(told)).all())
    return {
        number: ("document", documents[number])
        if number in documents
        else ("story", stories[number] or 0)
        for number in articles
    }


async def _of_home(session: AsyncSession, home: Home) -> Kin:
    kind, number = home
    where: ColumnElement[bool]
    if kind == "document":
        where = ArticleRow.id.in_(
            select(MentionRow.article_id).where(
                MentionRow.document_id == number, MentionRow.role == "primary"
            )
        )
    else:
        where = ArticleRow.story_id == number
    stated = await _stating(session, _MEASURES, where)
    told = select(ArticleRow.story_id).where(where, ArticleRow.story_id.is_not(None)).distinct()
    row = None
    if kind == "document":
        row = await session.scalar(select(DocumentRow).where(DocumentRow.id == number))
    return Kin(
        document=values.document(row) if row else None,
        story_ids=frozenset(one for one in await session.scalars(told) if one is not None),
        stated=tuple(stated),
    )


async def _stating(
    session: AsyncSession, types: Collection[FactType], where: ColumnElement[bool]
) -> list[Stated]:
    query = (
        select(FactRow.article_id)
        .join(ArticleRow, ArticleRow.id == FactRow.article_id)
        .where(FactRow.type.in_(types), where)
        .distinct()
        .order_by(FactRow.article_id.desc())
        .limit(_MOST)
    )
    return await facts.stated_by(session, list(await session.scalars(query)), types=types)


def _kin(stated: Stated) -> Any:
    """Select the articles about the same documents as a fact's article, or of the same story."""
    about = select(MentionRow.document_id).where(
        MentionRow.article_id == stated.article.id, MentionRow.role == "primary"
    )
    alike = select(MentionRow.article_id).where(
        MentionRow.document_id.in_(about), MentionRow.role == "primary"
    )
    story = select(ArticleRow.story_id).where(ArticleRow.id == stated.article.id)
    return alike.union(select(ArticleRow.id).where(ArticleRow.story_id.in_(story)))


def _near(stated: Stated, other: Stated) -> bool:
    mine, theirs = key(stated.fact.subject), key(other.fact.subject)
    pairs = {mine[at : at + 2] for at in range(len(mine) - 1)}
    named = stated.fact.attributes.get("indicator")
    same_kind = bool(named) and named == other.fact.attributes.get("indicator")
    return same_kind or any(pair in theirs for pair in pairs)
