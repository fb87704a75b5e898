"""What else is stated that may be the same measure or figure: what the ledger judges."""

from collections.abc import Collection, Sequence
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
_MOST_FIGURES = 400
"""That are sorted into series: 40 ms on the loop."""
_SPELLINGS = 6
"""Names of one place that are looked for."""


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
    return [one for one in await _stating(session, _METRICS, where) if one.fact.unit in units]


async def figures(session: AsyncSession, wanted: Wanted) -> list[Stated]:
    """Return metrics and targets that are asked for: those of the newest articles.

    By the indicator that the reading gave them, and by the words of those asked for; without
    anything asked for, the newest ones.
    """
    if wanted.indicator is not None:
        found = await _stating(session, FIGURES, _called(wanted))
    elif wanted.groups:
        looked = [
            await facts.holding(session, [name], types=FIGURES, limit=_MOST)
            for name in wanted.groups[0][:_SPELLINGS]
        ]
        found = list({one.number: one for some in looked for one in some}.values())
    else:
        found = await _stating(session, FIGURES, true())
    asked = [one for one in found if one.fact.value and asked_for(one, wanted)]
    return sorted(asked, key=lambda one: one.article.when, reverse=True)[:_MOST_FIGURES]


def _called(wanted: Wanted) -> ColumnElement[bool]:
    """Demand the indicator, or one of its names in the subject: a subject is short."""
    told = type_coerce(FactRow.attributes, JSON)["indicator"].as_string() == wanted.indicator
    names = (" ".join(name.runs) for name in wanted.named)
    return or_(told, *(FactRow.subject.icontains(name, autoescape=True) for name in names))


async def measures(session: AsyncSession, words: str) -> tuple[list[Kin], frozenset[int]]:
    """Return measures with these words among all that may be the same ones, the newest first.

    Beside them the numbers of those that hold the words themselves.
    """
    matched = await facts.search(session, types=_MEASURES, words=words, limit=_MOST)
    homes = await _homes(session, list(dict.fromkeys(one.article.id for one in matched)))
    return await _of_homes(session, homes), frozenset(one.number for one in matched)


async def _homes(session: AsyncSession, articles: list[int]) -> list[Home]:
    """Return the documents that articles are about first, of the others the stories; in order."""
    query = (
        select(MentionRow.article_id, func.min(MentionRow.document_id))
        .where(MentionRow.article_id.in_(articles), MentionRow.role == "primary")
        .group_by(MentionRow.article_id)
    )
    documents = dict((await session.execute(query)).all())
    stories = await _stories(session, articles)
    homes: list[Home] = [
        ("document", documents[number]) if number in documents else ("story", stories[number] or 0)
        for number in articles
    ]
    return list(dict.fromkeys(homes))


async def _of_homes(session: AsyncSession, homes: Sequence[Home]) -> list[Kin]:
    """Return what is told in each of these homes, all of them in a few questions."""
    told = await _told_in(session, homes)
    articles = list(dict.fromkeys(number for some in told.values() for number in some))
    stories = await _stories(session, articles)
    stated: dict[int, list[Stated]] = {}
    for one in await facts.stated_by(session, articles, types=_MEASURES):
        stated.setdefault(one.article.id, []).append(one)
    numbers = [number for kind, number in homes if kind == "document"]
    rows = await session.scalars(select(DocumentRow).where(DocumentRow.id.in_(numbers)))
    documents = {row.id: values.document(row) for row in rows}
    return [
        Kin(
            document=documents.get(home[1]) if home[0] == "document" else None,
            story_ids=frozenset(story for at in told[home] if (story := stories[at]) is not None),
            stated=tuple(one for at in told[home] for one in stated.get(at, ())),
        )
        for home in homes
    ]


async def _told_in(session: AsyncSession, homes: Sequence[Home]) -> dict[Home, list[int]]:
    """Return the articles of each home, the newest first."""
    told: dict[Home, list[int]] = {home: [] for home in homes}
    mentions = (
        select(MentionRow.document_id, MentionRow.article_id)
        .where(
            MentionRow.document_id.in_([one for kind, one in homes if kind == "document"]),
            MentionRow.role == "primary",
        )
        .order_by(MentionRow.article_id.desc())
    )
    for number, article in await session.execute(mentions):
        told["document", number].append(article)
    stories = (
        select(ArticleRow.story_id, ArticleRow.id)
        .where(ArticleRow.story_id.in_([one for kind, one in homes if kind == "story"]))
        .order_by(ArticleRow.id.desc())
    )
    for story, article in await session.execute(stories):
        told["story", story or 0].append(article)
    return told


async def _stories(session: AsyncSession, articles: Sequence[int]) -> dict[int, int | None]:
    query = select(ArticleRow.id, ArticleRow.story_id).where(ArticleRow.id.in_(articles))
    return dict((await session.execute(query)).all())


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
