"""Who listens, and what decides for each what is told: everything in as few queries as possible."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import db.barred
import db.preferences
import db.verdicts
from db.engine import Session
from domain.chat import Destination
from domain.preferences import Listener, Verdict
from domain.rule import Rule


async def listener(
    session: Session,
    destination: Destination,
    story_ids: Collection[int],
    timezone: str = "Asia/Shanghai",
) -> Listener:
    """Return a destination with what it has set, and with what was said there of these stories.

    `timezone`: the chat's, where its quiet hours matter.
    """
    barred = await db.barred.words(session)
    preferences = await db.preferences.of(session, destination)
    return Listener(
        destination=destination,
        preferences=replace(preferences, rule=_with(preferences.rule, barred)),
        verdicts=await db.verdicts.of(session, destination, story_ids),
        timezone=timezone,
    )


async def listeners(session: Session, story_ids: Collection[int]) -> list[Listener]:
    """Return everybody who wants alerts, with what was said there of these stories."""
    said = await db.verdicts.about(session, story_ids)
    barred = await db.barred.words(session)
    return [
        _told(one, barred, said.get(one.destination, {}))
        for one in await db.preferences.listeners(session)
    ]


def _told(one: Listener, barred: tuple[str, ...], said: Mapping[int, Verdict]) -> Listener:
    if not barred and not said:
        return one
    rule = _with(one.preferences.rule, barred)
    return replace(one, preferences=replace(one.preferences, rule=rule), verdicts=said)


def _with(rule: Rule, barred: tuple[str, ...]) -> Rule:
    return replace(rule, barred=barred) if barred else rule
