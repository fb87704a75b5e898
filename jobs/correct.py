"""Wrong facts: a reader's report reaches operators, their decision whoever was told the fact."""

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec

import db.audit
import db.corrections
import db.deliveries
import db.facts
import db.judgements
import db.operators
from db.engine import Database, Session
from domain.chat import Destination
from domain.correction import Reported, State, Wrong, change
from domain.delivery import Lane, Owed
from domain.facts.fact import Fact
from domain.facts.stated import Stated


async def report(
    database: Database, number: int, *, reported_by: int | None, now: datetime
) -> Stated | None:
    """Tell operators that somebody calls a fact wrong, once; None where there is no such fact."""
    async with database.write() as session:
        stated = await db.facts.get(session, number)
        if stated is None:
            return None
        if await db.corrections.report(session, stated, reported_by=reported_by, now=now):
            reported = Reported(
                number=number,
                title=stated.article.title,
                url=stated.article.url,
                fact=stated.fact,
            )
            await _tell_operators(session, reported, stated, now)
        return stated


async def keep(database: Database, number: int, *, actor_id: int | None, now: datetime) -> bool:
    """Decide that a fact is right; False where there is none."""
    return await _decide(database, number, "kept", lambda _: {}, actor_id=actor_id, now=now)


async def hide(database: Database, number: int, *, actor_id: int | None, now: datetime) -> bool:
    """Show a fact to nobody any more, and tell those who were told; False where there is none."""
    return await _decide(database, number, "hidden", lambda _: {}, actor_id=actor_id, now=now)


async def correct(
    database: Database, number: int, name: str, text: str, *, actor_id: int | None, now: datetime
) -> bool:
    """Put a field of a fact right, and tell those who were told; False where there is none.

    Raises:
        NoSuchField: The fact has no such field, or the field takes no such value.
        NotInTheQuote: The fact's own words do not say so.
    """

    def read(fact: Fact) -> Mapping[str, str]:
        return change(fact, name, text)

    return await _decide(database, number, "corrected", read, actor_id=actor_id, now=now)


async def _decide(
    database: Database,
    number: int,
    state: State,
    read: Callable[[Fact], Mapping[str, str]],
    *,
    actor_id: int | None,
    now: datetime,
) -> bool:
    async with database.write() as session:
        before = await db.facts.get(session, number, hidden=True)
        if before is None:
            return False
        changes = read(before.fact)
        done = await db.corrections.decide(
            session, before, state, changes=changes, decided_by=actor_id, now=now
        )
        if done:
            await _note(session, before, state, changes, actor_id=actor_id, now=now)
            await _tell_readers(session, before, now)
        return True


async def _note(
    session: Session,
    stated: Stated,
    state: State,
    changes: Mapping[str, str],
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    await db.audit.note(
        session,
        actor_id=actor_id,
        action=f"fact.{state}",
        subject=f"fact {stated.number}",
        detail={"article": stated.article.id, "quote": stated.fact.evidence[0].quote, **changes},
        now=now,
    )


async def _tell_operators(
    session: Session, reported: Reported, stated: Stated, now: datetime
) -> None:
    owed = [
        Owed(
            destination=Destination(chat_id=chat_id),
            kind="report",
            key=f"report:a{stated.article.id}:{stated.fact.id}",
            lane=Lane.ALERT,
            payload=msgspec.to_builtins(reported),
        )
        for chat_id in await db.operators.reachable(session)
    ]
    await db.deliveries.owe(session, owed, now)


async def _tell_readers(session: Session, before: Stated, now: datetime) -> None:
    """Owe a correction to whoever was told the story by itself, if what he was told has changed."""
    after = await db.facts.get(session, before.number)
    now_reads = after.fact if after else None
    judged = await db.judgements.get(session, before.article.id)
    story = judged.story_id if judged else None
    if now_reads == before.fact or story is None:
        return
    wrong = Wrong(
        number=before.number,
        title=before.article.title,
        url=before.article.url,
        before=before.fact,
        after=now_reads,
    )
    owed = [
        Owed(
            destination=destination,
            kind="correction",
            key=f"correction:f{before.number}:{now.isoformat(timespec='seconds')}",
            lane=Lane.ALERT,
            payload=msgspec.to_builtins(wrong),
            story_id=story,
        )
        for destination in await db.deliveries.recipients(session, story)
    ]
    await db.deliveries.owe(session, owed, now)
