"""Facts: kept with their evidence, found by type and words."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from db import search as search_index
from db import values
from db.columns import is_number
from db.models import ArticleRow, EvidenceRow, FactRow, SourceRow
from db.statements import batches, reserve, table_of
from domain.facts.fact import Fact, FactType
from domain.facts.stated import Stated
from domain.ledger.kinds import is_of, widened
from domain.search.key import article_of
from domain.search.phrase import Phrase, occur_in
from domain.search.query import Query, phrases_of

_FACT = tuple(
    getattr(FactRow, name)
    for name in (
        "id", "fact_id", "type", "subject", "value", "value_high", "unit", "counted", "comparator",
        "status", "time_role", "time_start", "time_end", "time_precision", "time_text",
        "time_clock", "attributes", "confidence", "rule",
    )
)  # fmt: skip
_KEYS = 200
"""Articles that the index names at once; their facts are loaded for fewer."""
_AT_ONCE = 50
_MOST_LOOKED_AT = 5_000
"""Articles whose facts are looked into for one page: some seconds, where a word is in few facts."""

_MOST_FOR_A_KIND = (200, 600)
"""The same, where other words of a kind lead to articles, for facts of all types and of some."""

_ANY = (FactRow.revision == ArticleRow.revision, ArticleRow.band != "off")
CURRENT = (*_ANY, FactRow.hidden.is_(False))
"""Which facts stand, in a query that joins them with their articles."""


async def add_all(session: AsyncSession, stated: Sequence[tuple[int, int, Fact]]) -> None:
    """Keep facts as (article, revision, fact), in the order in which the article states them.

    A fact that one revision states twice under one id is kept once.

    Raises:
        ValueError: A fact has no evidence: no quote, no fact.
        sqlalchemy.exc.IntegrityError: A quote is not as long as its offsets say.
    """
    once: dict[tuple[int, int, str], Fact] = {}
    for article_id, revision, fact in stated:
        once.setdefault((article_id, revision, fact.id), fact)
    if not once:
        return
    numbers = await reserve(session, FactRow, len(once))
    rows, evidence = [], []
    for position, (number, key) in enumerate(zip(numbers, once, strict=True)):
        article_id, revision, _ = key
        whose = {"id": number, "article_id": article_id, "revision": revision}
        rows.append(whose | {"position": position} | values.fact_columns(once[key]))
        evidence.extend(_evidence_columns(number, once[key]))
    await session.execute(table_of(FactRow).insert(), rows)
    await session.execute(table_of(EvidenceRow).insert(), evidence)


async def search(
    session: AsyncSession,
    *,
    types: Collection[FactType] = (),
    words: str = "",
    limit: int = 10,
    offset: int = 0,
) -> list[Stated]:
    """Return facts of relevant articles as they stand now, those of the newest article first.

    Every word must occur in the subject, a quote or the title, in any spelling
    (`domain.search.phrase`); it may be the beginning of a longer one. The name of a kind
    (`domain.ledger.kinds`) also finds the facts that are of it.
    """
    phrases = phrases_of(words, begins=True)
    if words.split() and not phrases:
        return []
    wide = [widened(one, types) for one in phrases]
    if not any(one.others for one in wide):
        return await _worded(session, types, phrases, limit, offset)
    found = await _worded(session, types, wide, offset + limit, 0, _MOST_FOR_A_KIND[bool(types)])
    if len(found) < offset + limit:
        # Further back than that, only what holds the words themselves.
        known = {one.number for one in found}
        further = await _worded(session, types, phrases, offset + limit, 0)
        found += [one for one in further if one.number not in known]
    return found[offset : offset + limit]


async def holding(
    session: AsyncSession,
    phrases: Sequence[Phrase],
    *,
    types: Collection[FactType],
    limit: int,
    looked_at: int = _MOST_LOOKED_AT,
) -> list[Stated]:
    """Return facts of these types with all these phrases, as `search` does with words.

    `looked_at`: articles whose facts are looked into at most.
    """
    return await _worded(session, types, phrases, limit, 0, looked_at)


async def of_indicator(
    session: AsyncSession, indicator: str, *, types: Collection[FactType], limit: int
) -> list[Stated]:
    """Return figures that were taken for this indicator, those of the newest article first."""
    query = _stated().where(FactRow.indicator == indicator, FactRow.type.in_(types))
    order = (FactRow.article_id.desc(), FactRow.position, FactRow.id)
    return await _load(session, query.order_by(*order).limit(limit))


async def following(
    session: AsyncSession, number: int, *, types: Collection[FactType] = (), limit: int
) -> list[Stated]:
    """Return the facts that `search` could find, numbered after this one: a page of them all."""
    query = _stated().where(FactRow.id > number)
    if types:
        query = query.where(FactRow.type.in_(types))
    return await _load(session, query.order_by(FactRow.id).limit(limit))


async def stated_by(
    session: AsyncSession, article_ids: Sequence[int], *, types: Collection[FactType] = ()
) -> list[Stated]:
    """Return what these articles state as they stand now, in their order and the text's."""
    found: list[Stated] = []
    for some in batches(article_ids):
        query = _stated().where(FactRow.article_id.in_(some))
        if types:
            query = query.where(FactRow.type.in_(types))
        found += await _load(session, query.order_by(FactRow.position, FactRow.id))
    place = {number: at for at, number in enumerate(article_ids)}
    return sorted(found, key=lambda one: place[one.article.id])


async def get(session: AsyncSession, number: int, *, hidden: bool = False) -> Stated | None:
    """Return a fact of an article as it stands now; None where there is none of this number.

    `hidden`: also one that operators took out of sight.
    """
    if not is_number(number):
        return None
    query = _stated(hidden=hidden).where(FactRow.id == number)
    return next(iter(await _load(session, query)), None)


async def numbered(session: AsyncSession, numbers: Sequence[int]) -> list[Stated]:
    """Return the facts of these numbers that still stand."""
    found: list[Stated] = []
    for some in batches(numbers):
        found += await _load(session, _stated().where(FactRow.id.in_(some)))
    return found


async def count(session: AsyncSession) -> int:
    """Return how many facts there are that `search` could find."""
    query = select(func.count(FactRow.id)).join(ArticleRow, ArticleRow.id == FactRow.article_id)
    return await session.scalar(query.where(*CURRENT)) or 0


async def roughly(session: AsyncSession, *, exact: int = 2_000) -> tuple[int, bool]:
    """Return how many facts there are, and whether that is exact: so many are counted, no more.

    Of more it is how many are kept, earlier revisions among them: counting those that stand takes
    a look at each.
    """
    few = select(FactRow.id).join(ArticleRow, ArticleRow.id == FactRow.article_id).where(*CURRENT)
    counted = select(func.count()).select_from(few.limit(exact + 1).subquery())
    number = await session.scalar(counted) or 0
    if number <= exact:
        return number, True
    if session.get_bind().dialect.name == "postgresql":
        # What its statistics say; -1 where they were never taken.
        said = "SELECT CAST(reltuples AS bigint) FROM pg_class WHERE oid = 'fact'::regclass"
        kept = await session.scalar(text(said))
    else:
        kept = await session.scalar(select(func.count()).select_from(table_of(FactRow)))
    return max(number, kept or 0), False


async def of_articles(
    session: AsyncSession, article_ids: Sequence[int]
) -> dict[int, tuple[Fact, ...]]:
    """Return the facts of the current revisions of these articles, in the text's order."""
    rows: list[Row[Any]] = []
    for some in batches(article_ids):
        query = (
            select(FactRow.article_id, *_FACT)
            .join(ArticleRow, ArticleRow.id == FactRow.article_id)
            .where(
                FactRow.revision == ArticleRow.revision,
                FactRow.hidden.is_(False),
                FactRow.article_id.in_(some),
            )
            .order_by(FactRow.article_id, FactRow.position, FactRow.id)
        )
        rows.extend(await session.execute(query))
    evidence = await _evidence(session, [row.id for row in rows])
    found: dict[int, list[Fact]] = defaultdict(list)
    for row in rows:
        found[row.article_id].append(values.fact(row, evidence[row.id]))
    return {article_id: tuple(facts) for article_id, facts in found.items()}


async def every_of(session: AsyncSession, article_id: int) -> list[tuple[int, Fact]]:
    """Return what an article states now with its numbers, hidden facts among them."""
    query = (
        select(FactRow)
        .join(ArticleRow, ArticleRow.id == FactRow.article_id)
        .where(FactRow.revision == ArticleRow.revision, FactRow.article_id == article_id)
        .order_by(FactRow.position, FactRow.id)
        .execution_options(populate_existing=True)
    )
    rows = list(await session.scalars(query))
    evidence = await _evidence(session, [row.id for row in rows])
    return [(row.id, values.fact(row, evidence[row.id])) for row in rows]


async def replace_all(
    session: AsyncSession, article_id: int, revision: int, found: Sequence[Fact]
) -> None:
    """Keep what better rules find in a revision, in place of what was found before.

    A fact that is found again keeps its number: people have it in their messages. The article is
    out of the search index meanwhile, as `db.search.drop` says.

    Raises:
        ValueError: A fact has no evidence.
    """
    known = {fact.id: number for number, fact in await every_of(session, article_id)}
    wanted = {fact.id: fact for fact in found}
    gone = [number for name, number in known.items() if name not in wanted]
    for some in batches(gone):
        await session.execute(delete(FactRow).where(FactRow.id.in_(some)))
    table, places = table_of(FactRow), {fact.id: at for at, fact in enumerate(found)}
    for name in wanted.keys() & known.keys():
        columns = values.fact_columns(wanted[name]) | {"position": places[name]}
        await session.execute(table.update().where(table.c.id == known[name]).values(columns))
        await _replace_evidence(session, known[name], wanted[name])
    new = [(article_id, revision, fact) for fact in found if fact.id not in known]
    await add_all(session, new)


async def _replace_evidence(session: AsyncSession, number: int, fact: Fact) -> None:
    await session.execute(delete(EvidenceRow).where(EvidenceRow.fact_id == number))
    await session.execute(table_of(EvidenceRow).insert(), _evidence_columns(number, fact))


def _evidence_columns(number: int, fact: Fact) -> list[dict[str, Any]]:
    if not fact.evidence:
        raise ValueError(f"fact {fact.id} has no evidence")
    return [
        {
            "fact_id": number,
            "position": position,
            "field": words.field,
            "start_at": words.start,
            "end_at": words.end,
            "quote": words.quote,
        }
        for position, words in enumerate(fact.evidence)
    ]


async def _evidence(session: AsyncSession, numbers: Sequence[int]) -> dict[int, list[values.Said]]:
    found: dict[int, list[values.Said]] = defaultdict(list)
    for some in batches(numbers):
        query = select(
            EvidenceRow.fact_id,
            EvidenceRow.start,
            EvidenceRow.end,
            EvidenceRow.quote,
            EvidenceRow.field,
        ).where(EvidenceRow.fact_id.in_(some))
        for number, start, end, said, place in await session.execute(
            query.order_by(EvidenceRow.position)
        ):
            found[number].append(values.Said(start, end, said, place))
    return found


async def _worded(
    session: AsyncSession,
    types: Collection[FactType],
    phrases: Sequence[Phrase],
    limit: int,
    offset: int,
    most: int = _MOST_LOOKED_AT,
) -> list[Stated]:
    """Look for the words in the facts of the articles that the index names, newest first."""
    found: list[Stated] = []
    looked = 0
    query = Query(phrases=tuple(phrases), types=tuple(types))
    async for keys in search_index.candidates(session, query, at_once=_KEYS):
        # Keys cost little, facts much: as soon as there are enough of them no more are loaded.
        for some in batches(list(map(article_of, keys)), _AT_ONCE):
            stated = await stated_by(session, some, types=types)
            found += [one for one in stated if holds(one, phrases)]
            looked += len(some)
            if len(found) >= offset + limit:
                return found[offset : offset + limit]
        if looked >= most:
            break
    return found[offset : offset + limit]


def holds(one: Stated, phrases: Sequence[Phrase]) -> bool:
    """Tell whether a fact, its words or its title hold each phrase, or it is of its kind."""
    wanted = [phrase for phrase in phrases if not is_of(one.fact, phrase)]
    if not wanted:
        return True
    quotes = (said.quote for said in one.fact.evidence)
    return occur_in(wanted, (one.fact.subject, one.article.title, *quotes))


def _stated(*, hidden: bool = False) -> Select[Any]:
    """Select columns, not objects of the ORM: hundreds of facts are looked at for one answer."""
    return (
        select(*_FACT, *values.TOLD, SourceRow.title.label("source_title"), SourceRow.tier)
        .join(ArticleRow, ArticleRow.id == FactRow.article_id)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(*(_ANY if hidden else CURRENT))
    )


async def _load(session: AsyncSession, query: Select[Any]) -> list[Stated]:
    found = (await session.execute(query)).all()
    evidence = await _evidence(session, [row.id for row in found])
    return [
        Stated(
            number=row.id,
            fact=values.fact(row, evidence[row.id]),
            article=values.article_told(row, row.source_title, row.tier),
        )
        for row in found
    ]
