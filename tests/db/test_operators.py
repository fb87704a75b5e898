"""Who may run the bot, and what they did."""

from datetime import timedelta

import db.audit
import db.operators
from domain.operator import AuditEntry
from tests.builders import NOW
from tests.db.counting import rows_in


async def test_the_named_people_own_the_bot_and_nobody_else_does(database):
    async with database.write() as session:
        await db.operators.seed(session, [2**52, 5], NOW)
        await db.operators.seed(session, [], NOW)
        assert await db.operators.role(session, 5) == "owner"
        assert await db.operators.role(session, 6) is None
        assert await db.operators.every(session) == [(5, "owner"), (2**52, "owner")]


async def test_naming_them_again_changes_nothing(database):
    async with database.write() as session:
        await db.operators.seed(session, [5], NOW)
        await db.operators.seed(session, [9, 5, 5], NOW + timedelta(days=1))
        assert await db.operators.every(session) == [(5, "owner"), (9, "owner")]
    assert await rows_in(database, "operator") == 2


async def test_the_last_changes_are_read_first(database):
    async with database.write() as session:
        for minute, actor in enumerate((5, None, 6)):
            await db.audit.note(
                session,
                actor_id=actor,
                action="source.add",
                subject=f"source {minute}",
                detail={"url": "https://源.example/", "tiers": ("official",)},
                now=NOW + timedelta(minutes=minute),
            )
        assert await db.audit.latest(session, 2) == [
            AuditEntry(
                at=NOW + timedelta(minutes=minute),
                actor_id=actor,
                action="source.add",
                subject=f"source {minute}",
                detail={"url": "https://源.example/", "tiers": ["official"]},
            )
            for minute, actor in ((2, 6), (1, None))
        ]
