"""Stories: what is told as one thing, loaded with all that tells it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, case, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db import facts, values
from db.columns import is_number
from db.locks import Lock, alone
from db.models import ArticleRow, SearchRow, SourceRow, StoryRow
from db.repairs import whereabouts
from db.statements import batches, table_of
from domain.relevance import Band
from domain.story import Coverage, Story, precedence

TABLES = ("story", "story_merge", "fact", "evidence")
"""By which it is known that stories are others now. Their articles are not among them: most are
about no topic and in no story; who joins one, or states something else, writes to these."""
IN_A_LIST = 6
"""Articles of a story that are read for their facts where it is one of many."""

_COVERAGE = tuple(
    getattr(ArticleRow, name)
    for name in (
        "id", "story_id", "source_id", "url", "title", "text", "language", "published",
        "first_seen_at", "revision", "origins", "quality", "attachments", "unread", "relevance",
    )
)  # fmt: skip
"""Columns, not objects of the ORM: a story may be told by dozens."""
_TOLD: tuple[Band, ...] = ("core", "adjacent")
_RISING: tuple[Band, ...] = ("off", "adjacent", "core")


async def lock(session: AsyncSession) -> None:
    """Keep everybody else from placing articles until the unit of work ends.

    Of two who look for the same story at once, neither would see what the other begins.
    """
    await alone(session, Lock.STORIES)


async def add(
    session: AsyncSession, *, topic: str, band: Band, backlog: bool, now: datetime
) -> int:
    """Begin a story; its first article is to follow in the same unit of work."""
    new = {
        "topic": topic,
        "band": band,
        "backlog": backlog,
        "first_seen_at": now,
        "updated_at": now,
    }
    statement = table_of(StoryRow).insert().values(new).returning(StoryRow.id)
    return (await session.execute(statement)).scalar_one()


async def find_same(
    session: AsyncSession,
    *,
    source_id: int,
    canonical_url: str,
    content_hash: str,
    since: datetime,
) -> int | None:
    """Return the story of an article that tells the same, first seen since then.

    The same content from anywhere, or the same address from another source: one source's own
    articles under one address are different ones, or they would have been known again.
    """
    same = [ArticleRow.content_hash == content_hash]
    if canonical_url:
        elsewhere = ArticleRow.source_id != source_id
        same.append(and_(ArticleRow.canonical_url == canonical_url, elsewhere))
    query = (
        select(ArticleRow.story_id)
        .where(or_(*same), ArticleRow.story_id.is_not(None), ArticleRow.first_seen_at >= since)
        .order_by(ArticleRow.id)
        .limit(1)
    )
    return await session.scalar(query)


async def get(session: AsyncSession, story_id: int, *, facts_of: int | None = None) -> Story | None:
    """Return a story with its coverage, or None where there is none of this number.

    The number of one that was merged into another leads to that one. `facts_of`: as `by_ids`.
    """
    number = await whereabouts(session, story_id)
    return next(iter(await by_ids(session, [number], facts_of=facts_of)), None)


async def by_ids(
    session: AsyncSession, ids: Sequence[int], *, facts_of: int | None = None
) -> list[Story]:
    """Return stories with their coverage, in this order; those that are gone are left out.

    `facts_of`: of each story only so many articles come with their facts, those nearest to the
    original. Dozens of reprints say the same, and a list shows three facts. Where those state
    nothing, the others come with theirs.
    """
    wanted = [number for number in dict.fromkeys(ids) if is_number(number)]
    coverage = await _coverage(session, wanted, facts_of)
    found: dict[int, Story] = {}
    for some in batches(wanted):
        for row in await session.scalars(select(StoryRow).where(StoryRow.id.in_(some))):
            if row.id in coverage:
                found[row.id] = _story(row, coverage[row.id])
    return [found[number] for number in wanted if number in found]


async def latest(session: AsyncSession, limit: int, offset: int = 0) -> list[Story]:
    """Return the newest stories; a story is as old as the first article that tells it."""
    # Articles stand in the index of searches in the order of their time: it is walked from its
    # end, and each story met at the article that broke it. Grouping all of them reads all of them.
    earlier = aliased(ArticleRow)
    before = or_(
        earlier.when() < ArticleRow.when(),
        and_(earlier.when() == ArticleRow.when(), earlier.id < ArticleRow.id),
    )
    query = (
        select(ArticleRow.story_id)
        .select_from(table_of(SearchRow))
        .join(ArticleRow, ArticleRow.id == table_of(SearchRow).c.article_id)
        .join(StoryRow, StoryRow.id == ArticleRow.story_id)
        .where(
            StoryRow.band.in_(_TOLD),
            ~exists().where(earlier.story_id == ArticleRow.story_id, before),
        )
        .order_by(table_of(SearchRow).c.key.desc())
        .limit(limit)
        .offset(offset)
    )
    return await by_ids(session, list(await session.scalars(query)), facts_of=IN_A_LIST)


async def fresh(session: AsyncSession, since: datetime, until: datetime) -> list[Story]:
    """Return what a digest for the time after `since`, up to and with `until`, holds.

    Stories first seen then; of a source's backlog, what was published then.
    """
    published = exists().where(
        ArticleRow.story_id == StoryRow.id,
        ArticleRow.published > since,
        ArticleRow.published <= until,
    )
    seen = and_(StoryRow.first_seen_at > since, StoryRow.first_seen_at <= until)
    query = (
        select(StoryRow.id)
        .where(
            StoryRow.band.in_(_TOLD),
            or_(and_(StoryRow.backlog.is_(False), seen), and_(StoryRow.backlog, published)),
        )
        .order_by(StoryRow.first_seen_at, StoryRow.id)
    )
    return await by_ids(session, list(await session.scalars(query)))


async def newest_articles(session: AsyncSession, limit: int) -> list[Story]:
    """Return the newest articles about a topic, each as if it were a story of its own."""
    query = (
        select(ArticleRow.id, ArticleRow.story_id, ArticleRow.band)
        .where(ArticleRow.story_id.is_not(None), ArticleRow.band.in_(_TOLD))
        .order_by(ArticleRow.id.desc())
        .limit(limit)
    )
    found = (await session.execute(query)).all()
    bands = {row.id: row.band for row in found}
    stories = await by_ids(session, [row.story_id for row in found])
    told = {one.article.id: one for story in stories for one in story.coverage}
    return [
        Story(
            id=number,
            band=bands[number],
            first_seen_at=told[number].article.first_seen_at,
            coverage=(told[number],),
        )
        for number in bands
        if number in told
    ]


async def touch(session: AsyncSession, story_id: int, *, band: Band, now: datetime) -> None:
    """Note that a story has got another article; its band rises to the article's, never falls."""
    lower = _RISING[: _RISING.index(band)]
    risen = case((StoryRow.band.in_(lower), band), else_=StoryRow.band)
    await session.execute(
        update(StoryRow).where(StoryRow.id == story_id).values(band=risen, updated_at=now)
    )


async def _coverage(
    session: AsyncSession, story_ids: Sequence[int], facts_of: int | None
) -> dict[int, tuple[Coverage, ...]]:
    told: dict[int, list[Coverage]] = defaultdict(list)
    for some in batches(story_ids):
        query = (
            select(*_COVERAGE, SourceRow.title.label("source_title"), SourceRow.tier)
            .join(SourceRow, SourceRow.id == ArticleRow.source_id)
            .where(ArticleRow.story_id.in_(some))
            .order_by(ArticleRow.id)
        )
        for row in (await session.execute(query)).all():
            article = values.article(row, row.source_title, row.tier)
            if row.story_id is not None:
                bare = Coverage(article=article, relevance=values.relevance(row), facts=())
                told[row.story_id].append(bare)
    nearest = {
        story_id: [one.article.id for one in sorted(coverage, key=precedence)]
        for story_id, coverage in told.items()
    }
    stated = await facts.of_articles(session, _flat(ids[:facts_of] for ids in nearest.values()))
    if facts_of is not None:
        silent = (ids[facts_of:] for ids in nearest.values() if stated.keys().isdisjoint(ids))
        stated |= await facts.of_articles(session, _flat(silent))
    return {
        story_id: tuple(replace(one, facts=stated.get(one.article.id, ())) for one in coverage)
        for story_id, coverage in told.items()
    }


def _flat(lists: Iterable[Sequence[int]]) -> list[int]:
    return [one for some in lists for one in some]


def _story(row: StoryRow, coverage: tuple[Coverage, ...]) -> Story:
    return Story(
        id=row.id,
        band=row.band,
        first_seen_at=row.first_seen_at,
        backlog=row.backlog,
        coverage=coverage,
    )
