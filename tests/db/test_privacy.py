"""Being forgotten: afterwards a person's number is nowhere, and everybody else's is as it was."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

import db.audit
import db.chats
import db.deliveries
import db.follows
import db.heard
import db.looks
import db.preferences
import db.proposals
import db.saved
import db.suggestions
import db.verdicts
from db import privacy
from db.columns import Identity, TelegramId
from db.models import TABLES
from domain.candidate import Candidate
from domain.follow import Wish
from domain.preferences import UNSET, Quiet
from domain.proposal import BarWord, Proposal
from tests import builders
from tests.builders import NOW, destination

LATER = NOW + timedelta(days=2)
PERSON, OTHER, GROUP = 7_000_777_001, 8_000_888_002, -1_009_000_999


async def rows(database) -> dict[str, list[str]]:
    """Return every row of every table, as text."""
    found = {}
    async with database.read() as session:
        for name, table in TABLES.tables.items():
            every = await session.execute(sa.select(table))
            found[name] = sorted(json.dumps(list(row), default=str) for row in every)
    return found


async def lived(database, user_id: int) -> None:
    """Somebody has used everything that leaves a trace."""
    at, group = destination(user_id), destination(GROUP)
    story = await builders.stored_story(database)
    await builders.subscribed(database, at)
    await builders.stored_chat(database, GROUP, type="supergroup")
    await builders.owing(database, builders.owed(user_id, f"digest:{user_id}"))
    async with database.write() as session:
        await db.chats.brought_by(session, GROUP, user_id, NOW)
        quiet = replace(UNSET, quiet=Quiet(start=0, until=60))
        await db.preferences.put(session, at, quiet, NOW)
        for place in (at, group):
            await db.verdicts.put(session, place, story, "irrelevant", user_id=user_id, now=NOW)
        await db.saved.put(session, at, story, NOW)
        await db.follows.put(session, at, Wish(kind="term", key="算力", label="算力"), NOW)
        await db.suggestions.add(session, user_id, f"https://s{user_id % 10}.example/", NOW)
        candidate = Candidate(url="https://a.example/", kind="feed", title="A")
        await db.looks.keep(
            session, actor_id=user_id, candidate=candidate, others=(), now=NOW, expires_at=LATER
        )
        detail = {"user": user_id, "others": [str(user_id), f"1{user_id}"]}
        await db.audit.note(
            session,
            actor_id=user_id,
            action="invitation.used",
            subject=f"user {user_id}",
            detail=detail,
            now=NOW,
        )
        await db.heard.take(
            session, user_id % 1000, NOW, body=json.dumps({"from": {"id": user_id}})
        )
        bar = BarWord(word=f"w{user_id % 10}", matched=0, of=0)
        proposal = Proposal(number=0, bar=bar, title="", url="")
        kept = await db.proposals.add(session, proposal, story, NOW)
        await db.proposals.decide(session, kept.number, "dismissed", user_id, NOW)
        farewell = builders.owed(
            OTHER, f"farewell:{user_id}", kind="farewell", payload={"chat_id": user_id, "title": ""}
        )
        await db.chats.remember(session, builders.chat(id=OTHER), NOW)
        await db.deliveries.owe(session, [farewell], NOW)


def naming(found: dict[str, list[str]], number: int) -> list[str]:
    alone = rf"(?<!\d){number}(?!\d)"
    return [
        f"{name}: {row}" for name, every in found.items() for row in every if re.search(alone, row)
    ]


async def test_afterwards_a_person_is_nowhere_and_nobody_else_has_lost_anything(database):
    await lived(database, OTHER)
    before = await rows(database)
    await lived(database, PERSON)
    assert len({one.split(":")[0] for one in naming(await rows(database), PERSON)}) >= 9
    async with database.write() as session:
        assert await privacy.forget_chat(session, PERSON)
        await privacy.forget_person(session, PERSON)
        assert not await privacy.forget_chat(session, PERSON)
    after = await rows(database)
    assert naming(after, PERSON) == []
    left = {name: set(every) - set(after[name]) for name, every in before.items()}
    # The group's row says who brought the bot there: that was the person, last.
    assert {name for name, every in left.items() if every} <= {"chat"}
    assert any(f"1{PERSON}" in row for row in after["audit"])


async def test_a_group_is_forgotten_with_what_was_said_and_saved_in_it(database):
    await lived(database, PERSON)
    async with database.write() as session:
        await db.saved.put(session, destination(GROUP, 5), 1, NOW)
        assert await privacy.forget_chat(session, GROUP)
    after = await rows(database)
    assert naming(after, GROUP) == []
    assert naming(after, PERSON)


def test_every_column_that_can_hold_a_persons_number_is_thought_of():
    """A new one has to be forgotten too: name it in `db.privacy`, or say here why it need not."""
    forgotten = {f"{row.__tablename__}.{name}" for row, name in privacy.NAMES}
    cascading = {
        f"{name}.{column.name}"
        for name, table in TABLES.tables.items()
        for column in table.columns
        if any(key.column.table.name == "chat" for key in column.foreign_keys)
    }
    otherwise = {
        "chat.id",
        "look.actor_id",
        "pause.chat_id",
        "reprocessing.chat_id",
        "operator.user_id",  # who runs the bot is not forgotten before he does so no more
    }
    no_person = {
        "heard_update.update_id",
        "delivery.carrier_id",  # another delivery
        "reprocessing.message_id",
        "look.suggestion_id",
        *(f"{name}.thread_id" for name in TABLES.tables),
    }
    every = {
        f"{name}.{column.name}"
        for name, table in TABLES.tables.items()
        for column in table.columns
        if type(column.type) is TelegramId and column.type is not Identity
    }
    assert every - forgotten - cascading - otherwise - no_person == set()


@pytest.mark.parametrize(
    ("value", "without"),
    [
        (7, privacy.FORGOTTEN),
        ("user 7", f"user {privacy.FORGOTTEN}"),
        ("a77 7", f"a77 {privacy.FORGOTTEN}"),
        ({"a": [7, "7", 77, True]}, {"a": [privacy.FORGOTTEN, privacy.FORGOTTEN, 77, True]}),
        ("-7", "-7"),
    ],
)
def test_a_number_is_taken_out_and_longer_ones_stay(value, without):
    assert privacy._without(value, 7) == without
