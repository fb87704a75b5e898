"""Which facts were called wrong, what was decided, and that it stays so when they are read anew."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db import facts, search, values
from db.models import CorrectionRow, FactRow
from db.statements import insert, table_of
from domain.correction import Correction, State, apply, corrected
from domain.facts.fact import Fact
from domain.facts.stated import Stated


async def report(
    session: AsyncSession, stated: Stated, *, reported_by: int | None, now: datetime
) -> bool:
    """Note that somebody calls a fact wrong; False where it was called so, or decided, before."""
    new = {
        "article_id": stated.article.id,
        "fact_id": stated.fact.id,
        "type": stated.fact.type,
        "quote": stated.fact.evidence[0].quote,
        "state": "reported",
        "changes": {},
        "reported_at": now,
        "reported_by": reported_by,
    }
    statement = insert(session, CorrectionRow).values(new).on_conflict_do_nothing()
    found = await session.execute(statement.returning(CorrectionRow.fact_id))
    return found.scalar() is not None


async def decide(
    session: AsyncSession,
    stated: Stated,
    state: State,
    *,
    changes: Mapping[str, str],
    decided_by: int | None,
    now: datetime,
) -> bool:
    """Keep what operators decide of a fact; False where that was decided already."""
    await report(session, stated, reported_by=decided_by, now=now)
    known = (
        CorrectionRow.article_id == stated.article.id,
        CorrectionRow.fact_id == stated.fact.id,
    )
    row = await session.scalar(select(CorrectionRow).where(*known).with_for_update())
    if row is None or (row.state == state and {**row.changes, **changes} == row.changes):
        return False
    if (row.state, state) == ("corrected", "kept"):
        return False  # it is right as it was put right
    decision = {
        "state": state,
        "changes": {**row.changes, **changes},
        "decided_at": now,
        "decided_by": decided_by,
    }
    saved = update(CorrectionRow).where(*known).values(decision)
    await session.execute(saved.execution_options(synchronize_session=False))
    await reapply(session, stated.article.id)
    await search.renew(session, [stated.article.id])
    return True


async def reapply(session: AsyncSession, article_id: int) -> None:
    """Apply what was decided of an article's facts to those that it states now."""
    query = select(CorrectionRow).where(
        CorrectionRow.article_id == article_id, CorrectionRow.state.in_(("hidden", "corrected"))
    )
    decided = [_correction(row) for row in await session.scalars(query)]
    shown = update(FactRow).where(FactRow.article_id == article_id).values(hidden=False)
    if not decided:
        await session.execute(shown.execution_options(synchronize_session=False))
        return
    every = await facts.every_of(session, article_id)
    meant = corrected([fact for _, fact in every], decided)
    for number, fact in every:
        await _apply(session, number, fact, meant.get(fact.id))


async def state_of(session: AsyncSession, stated: Stated) -> State | None:
    """Return how far a fact has got that was called wrong; None where nobody called it so."""
    query = select(CorrectionRow.state).where(
        CorrectionRow.article_id == stated.article.id, CorrectionRow.fact_id == stated.fact.id
    )
    return await session.scalar(query)


async def _apply(
    session: AsyncSession, number: int, fact: Fact, decided: Correction | None
) -> None:
    columns = {"hidden": decided is not None and decided.state == "hidden"}
    if decided is not None and decided.state == "corrected":
        columns |= values.fact_columns(apply(fact, decided.changes))
    table = table_of(FactRow)
    await session.execute(table.update().where(table.c.id == number).values(columns))


def _correction(row: CorrectionRow) -> Correction:
    return Correction(
        fact_id=row.fact_id,
        type=row.type,
        quote=row.quote,
        state=row.state,
        changes=row.changes,
    )
