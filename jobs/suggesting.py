"""Sources that readers suggest: operators look at them, readers are told when one is watched."""

from datetime import datetime
from typing import Literal

import msgspec

import db.audit
import db.deliveries
import db.sources
import db.suggestions
from db.engine import Database, Session
from db.suggestions import Suggestion
from domain.chat import Destination
from domain.delivery import Lane, Owed
from domain.proposal import Thanked
from domain.source import Source
from jobs.staff import tell_operators

MOST_WAITING = 5
"""Suggestions of one chat that wait for operators at a time."""

Outcome = Literal["asked", "known", "suggested", "enough"]
"""asked: operators are. known: it is watched already. suggested: somebody did before. enough: first
those that wait are decided."""


async def suggest(database: Database, chat_id: int, url: str, now: datetime) -> Outcome:
    """Ask operators to watch an address; each is asked about once."""
    async with database.write() as session:
        if await db.sources.same_page(session, [url]) is not None:
            return "known"
        if await db.suggestions.count_open(session, chat_id) >= MOST_WAITING:
            return "enough"
        new = await db.suggestions.add(session, chat_id, url, now)
        if new is None:
            return "suggested"
        await tell_operators(session, "suggestion", f"suggestion:{new.number}", new, now)
    return "asked"


async def decline(
    database: Database, number: int, *, actor_id: int | None, now: datetime
) -> Suggestion | None:
    """Decide against a suggestion and return what became of it; None where there is none."""
    async with database.write() as session:
        if await db.suggestions.decide(session, number, "dismissed", actor_id, now):
            await _note(session, number, "dismissed", actor_id, now)
        return await db.suggestions.get(session, number)


async def accept(
    session: Session, number: int, source: Source, *, actor_id: int | None, now: datetime
) -> None:
    """Note that what was suggested is watched now, and tell whoever suggested it."""
    found = await db.suggestions.get(session, number)
    if found is None or not await db.suggestions.decide(session, number, "accepted", actor_id, now):
        return
    await _note(session, number, "accepted", actor_id, now)
    thanks = Thanked(url=found.suggested.url, title=source.title)
    owed = Owed(
        destination=Destination(chat_id=found.chat_id),
        kind="thanks",
        key=f"thanks:{number}",
        lane=Lane.DIGEST,
        payload=msgspec.to_builtins(thanks),
    )
    await db.deliveries.owe(session, [owed], now)


async def _note(
    session: Session, number: int, state: str, actor_id: int | None, now: datetime
) -> None:
    await db.audit.note(
        session,
        actor_id=actor_id,
        action=f"suggestion.{state}",
        subject=f"suggestion {number}",
        detail={},
        now=now,
    )
