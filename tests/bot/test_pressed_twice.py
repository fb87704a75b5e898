"""Every button pressed twice: the second press changes nothing more, whoever presses it where."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

import db.proposals
import db.suggestions
from bot.commands import PRESSED
from bot.rights import STAFF
from db.models import TABLES
from domain.proposal import BarWord, Proposal
from tests.bot.scene import GROUP, OPERATOR, READER, Scene
from tests.bot.test_who_may import ARGUMENTS
from tests.builders import NOW, deadline, fact, new_article, stored_story

ELSEWHERE = {
    "prove",  # it stands under what somebody said, and does that again
    "say",  # needs a draft of one's own; tested with /broadcast
    "lookinto",  # goes out to look; tested with /suggest
}


async def furnished(scene: Scene) -> None:
    """Something to press buttons about: number 1 of everything."""
    told = new_article(title="Hotpot in Chengdu", facts=(fact(), deadline()))
    for article in (told, new_article(title="Parks")):
        await stored_story(scene.tools.database, article)
    await scene.say("/start", OPERATOR)
    await scene.say("/start")
    async with scene.tools.database.write() as session:
        bar = BarWord(word="hotpot", matched=0, of=2)
        proposal = Proposal(number=0, bar=bar, title="Hotpot", url="https://a.example/")
        await db.proposals.add(session, proposal, 1, NOW)
        await db.suggestions.add(session, READER["id"], "https://s.example/", NOW)


async def rows(scene: Scene) -> dict[str, list[str]]:
    """Return everything that is stored, but for the audit log: that may say who pressed again."""
    found = {}
    async with scene.tools.database.read() as session:
        for name, table in TABLES.tables.items():
            if name == "audit":
                continue
            every = await session.execute(sa.select(table))
            found[name] = sorted(json.dumps(list(row), default=str) for row in every)
    return found


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize(
    ("user", "place"),
    [(READER, None), (OPERATOR, None), (READER, GROUP)],
    ids=["a reader", "an operator", "an administrator of a group"],
)
async def test_a_second_press_changes_nothing_more(
    scene: Scene, user: dict[str, Any], place: dict[str, Any] | None
):
    await furnished(scene)
    where = {"chat": place} if place else {}
    if place:
        scene.sandbox.member(place, "administrator", user=user)
    await scene.settle()
    await scene.say("/help", user, **where)
    sent = scene.last_message()["id"]
    changed = set()
    for pressed in PRESSED:
        if pressed.verb in ELSEWHERE or (pressed.who in STAFF and user is not OPERATOR):
            continue
        data = f"v1:{pressed.verb}:{ARGUMENTS[pressed.verb]}"
        before = await rows(scene)
        await scene.press(data, sent, user, force=True, **where)
        once = await rows(scene)
        await scene.press(data, sent, user, force=True, **where)
        assert await rows(scene) == once, pressed.verb
        if once != before:
            changed.add(pressed.verb)
    assert {"sub", "set", "relevant", "irrelevant", "unjudge", "save", "unsave"} <= changed
