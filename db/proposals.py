"""Rules that readers' marks suggest, and what operators decided."""

from dataclasses import replace
from datetime import datetime

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.columns import is_number
from db.models import ProposalRow
from db.statements import reserve, table_of
from domain.proposal import Decided, Decision, Proposal


async def is_new(session: AsyncSession, key: str) -> bool:
    """Tell whether this was never proposed: what was decided once is not asked again."""
    found = await session.scalar(select(ProposalRow.id).where(ProposalRow.key == key))
    return found is None


async def is_about(session: AsyncSession, story_id: int) -> bool:
    """Tell whether something was proposed for a story before: once is enough."""
    query = select(ProposalRow.id).where(ProposalRow.story_id == story_id).limit(1)
    return await session.scalar(query) is not None


async def count_open(session: AsyncSession) -> int:
    """Return how many wait for operators."""
    query = select(func.count(ProposalRow.id)).where(ProposalRow.state == "open")
    return await session.scalar(query) or 0


async def add(session: AsyncSession, proposal: Proposal, story_id: int, now: datetime) -> Proposal:
    """Keep a new proposal and return it with its number."""
    (number,) = await reserve(session, ProposalRow, 1)
    kept = replace(proposal, number=number)
    row = {
        "id": number,
        "key": proposal.key,
        "story_id": story_id,
        "proposed": msgspec.to_builtins(kept),
        "state": "open",
        "made_at": now,
    }
    await session.execute(table_of(ProposalRow).insert(), [row])
    return kept


async def get(session: AsyncSession, number: int) -> Decided | None:
    """Return a proposal, locked until the unit of work ends."""
    if not is_number(number):
        return None
    query = select(ProposalRow).where(ProposalRow.id == number).with_for_update()
    row = await session.scalar(query)
    return _decided(row) if row else None


async def waiting(session: AsyncSession, limit: int) -> list[Proposal]:
    """Return those that wait for operators, the oldest first."""
    query = select(ProposalRow).where(ProposalRow.state == "open").order_by(ProposalRow.id)
    return [_decided(row).proposal for row in await session.scalars(query.limit(limit))]


async def decide(
    session: AsyncSession, number: int, state: Decision, by: int | None, now: datetime
) -> bool:
    """Note what was decided; False where it was decided before."""
    statement = (
        update(ProposalRow)
        .where(ProposalRow.id == number, ProposalRow.state == "open")
        .values(state=state, decided_at=now, decided_by=by)
        .returning(ProposalRow.id)
    )
    return (await session.execute(statement)).first() is not None


def _decided(row: ProposalRow) -> Decided:
    return Decided(proposal=msgspec.convert(row.proposed, Proposal), state=row.state)
