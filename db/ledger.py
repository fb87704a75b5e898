"""What else is stated that may be the same measure or figure: what the ledger judges."""

from collections.abc import Collection, Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import facts, values
from db.models import ArticleRow, DocumentRow, FactRow, MentionRow
from domain.facts.fact import FactType
from domain.facts.stated import Stated
from domain.ledger.likeness import key
from domain.ledger.offers import Kin
from domain.ledger.wanted import Wanted, asked_for
from domain.search.phrase import Phrase

FIGURES: tuple[FactType, ...] = ("metric", "target")
_METRICS: tuple[FactType, ...] = ("metric",)
_MEASURES: tuple[FactType, ...] = ("measure",)
Home = tuple[Literal["document", "story"], int]
"""Where measures are told that may be the same ones."""
_MOST = 300
"""The newest facts that are looked at; a series of more points is no answer on a phone."""
_MOST_FIGURES = 250
"""That are sorted into series: some 10 ms on the loop."""
_MOST_NAMED = 60
_ENOUGH = 20
"""With fewer figures than these it is looked further for some."""
_MOST_MEASURES = 60
"""The newest with the words that are asked for; twenty pages of them."""
_SPELLINGS = 12
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
        found = await facts.of_indicator(
            session, wanted.indicator, types=FIGURES, limit=_MOST_FIGURES
        )
    else:
        found = await _named(session, wanted.groups[0]) if wanted.groups else []
    asked = _those(found, wanted)
    if len(asked) < _ENOUGH and (wanted.groups or wanted.named):
        # Of a place, or in other words: what the newest ones of the indicator do not hold.
        for names in (*wanted.groups[:1], wanted.named):
            found = [*found, *await _named(session, names)]
        asked = _those(found, wanted)
    if wanted.indicator is None and not wanted.groups:
        asked = _those(await facts.search(session, types=FIGURES, limit=_MOST_FIGURES), wanted)
    return asked[:_MOST_FIGURES]


async def _named(session: AsyncSession, names: Sequence[Phrase]) -> list[Stated]:
    """Return figures in whose words one of these names stands, of the newest articles."""
    found: list[Stated] = []
    for name in names[:_SPELLINGS]:
        found += await facts.holding(
            session, [name], types=FIGURES, limit=_MOST_NAMED, looked_at=_MOST
        )
    return found


def _those(found: Sequence[Stated], wanted: Wanted) -> list[Stated]:
    """Return each of those that are asked for once, the newest first."""
    each = {one.number: one for one in found if one.fact.value and asked_for(one, wanted)}
    return sorted(each.values(), key=lambda one: (one.article.when, one.number), reverse=True)


async def measures(session: AsyncSession, words: str) -> tuple[list[Kin], frozenset[int]]:
    """Return measures with these words among all that may be the same ones, the newest first.

    Beside them the numbers of those that hold the words themselves.
    """
    matched = await facts.search(session, types=_MEASURES, words=words, limit=_MOST_MEASURES)
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
