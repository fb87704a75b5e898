"""Rereading: newer rules run over what is stored. Nothing of it is sent to anybody."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import db.chats
import db.repairs
import db.rereading
import db.sources
import db.stories
from db.engine import Database, Session
from db.rereading import Stored
from domain.article import NewArticle
from domain.chat import Destination
from domain.grouping import band
from domain.reading import Reading
from domain.rereading import Run, progress
from domain.source import ReadingOptions, Source
from jobs.grouping import placed, same_elsewhere
from jobs.house import House
from jobs.ports import Courier, DeliveryError
from sources.task import ReadFailure, ReadRequest

log = logging.getLogger(__name__)

BATCH = 40
"""Articles in one unit of work: what a kill loses at most."""


async def begin(
    database: Database, *, since: datetime | None, started_by: int | None, now: datetime
) -> Run:
    """Begin a run, or go on with the one that is not finished."""
    async with database.write() as session:
        return await db.rereading.begin(session, since=since, started_by=started_by, now=now)


async def step(house: House, run: Run, now: datetime) -> Run:
    """Reread the next articles of a run; return how far it is now.

    What was read and how far the run has got are one transaction: a kill loses nothing and does
    nothing twice.
    """
    async with house.database.read() as session:
        stored = await db.rereading.following(session, run, BATCH)
        asked = await _requests(session, stored)
    outcomes = await house.jail.read(asked, house.topics)
    async with house.database.write() as session:
        await db.stories.lock(session)
        changed = 0
        for one, outcome in zip(stored, outcomes, strict=True):
            if isinstance(outcome, ReadFailure):
                log.warning("could not reread article %d: %s", one.article_id, outcome.reason)
            else:
                changed += await _reread(session, one, outcome, now)
        last = stored[-1].article_id if stored else run.until_id
        after = await db.rereading.advance(
            session, run, last_id=last, done=len(stored), changed=changed, now=now
        )
        if after is None:
            raise Overtaken
    return after


async def again(database: Database, run: Run) -> Run:
    """Return a run as it is now."""
    async with database.read() as session:
        return await db.rereading.get(session, run.id)


class Overtaken(Exception):
    """Another process has reread the same articles; nothing of ours is kept."""


async def go_on(house: House, courier: Courier | None, now: datetime) -> Run | None:
    """Do a little of an unfinished run and show how far it has got; None where there is none."""
    async with house.database.read() as session:
        run = await db.rereading.unfinished(session)
    if run is None:
        return None
    try:
        after = await step(house, run, now)
    except Overtaken:
        return run
    if courier is not None:
        await show(house.database, courier, after)
    return after


async def show(database: Database, courier: Courier, run: Run) -> None:
    """Put the progress into its message; who deleted that does not want to see it."""
    if run.chat_id is None or run.message_id is None:
        return
    async with database.read() as session:
        chat = await db.chats.get(session, run.chat_id)
    if chat is None:
        return
    (message,) = courier.compose(progress(run), chat)
    try:
        await courier.edit(Destination(chat_id=chat.id), run.message_id, message)
    except DeliveryError as error:
        log.info("the progress could not be shown: %s", error)


async def _requests(session: Session, stored: Sequence[Stored]) -> list[ReadRequest]:
    """Ask for each as its source was asked: a day began there when it was still another in UTC."""
    zones = {}
    for source_id in {one.source_id for one in stored}:
        source = await db.sources.get(session, source_id)
        zones[source_id] = (source.options if source else ReadingOptions()).timezone
    return [ReadRequest.of(one.entry, zones[one.source_id]) for one in stored]


async def _reread(session: Session, stored: Stored, reading: Reading, now: datetime) -> bool:
    """Keep what the newer rules say of an article; tell whether that is anything new."""
    source = await db.sources.get(session, stored.source_id)
    if source is None:
        return False
    article, new = stored.read_as(reading), False
    if await db.rereading.differs(session, stored, reading):
        article = await _in_its_story(session, source, stored, reading, now)
        new = await db.rereading.rewrite(session, stored, article, now)
    else:
        # It may have been too long ago to be looked for: those behind it look for it now.
        await db.rereading.sign(session, stored, reading)
    return await _joined(session, source, stored, article, now) or new


async def _in_its_story(
    session: Session, source: Source, stored: Stored, reading: Reading, now: datetime
) -> NewArticle:
    """Return an article with its story: what people placed stays, what is off the topic leaves.

    What comes into a story only now is old news: it is the backlog's, and alerts nobody.
    """
    article = stored.read_as(reading)
    if stored.pinned:
        return article
    if band(reading) == "off":
        return replace(article, story_id=None)
    if stored.story_id is not None:
        return article
    return await placed(session, source, article, now, backlog=True)


async def _joined(
    session: Session, source: Source, stored: Stored, article: NewArticle, now: datetime
) -> bool:
    """Make two stories one, and tell so, where the newer rules see that they tell the same.

    The older one stays, and who was alerted to either is not alerted again. Stories that a person
    has put together or taken apart are left as they are.
    """
    if article.story_id is None or stored.pinned:
        return False
    other = await same_elsewhere(session, source, article, stored.article_id, stored.first_seen_at)
    if other is None or other == article.story_id:
        return False
    if await db.rereading.placed_by_a_person(session, (other, article.story_id)):
        return False
    older, newer = sorted((other, article.story_id))
    await db.repairs.merge(session, into=older, other=newer, now=now, pin=False)
    return True
