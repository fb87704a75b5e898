"""Read every source whose time has come: many at once, each into the database on its own."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Literal

import db.memory
import db.sources
import jobs.faults
from db.engine import Database
from db.errors import DatabaseUnavailable
from domain.health import GARBLED, moved, rhythm
from domain.source import Source, failed, succeeded
from jobs.full_text import wants_pages
from jobs.house import House
from jobs.intake import intake
from jobs.notes import After, Note, put_down
from jobs.storing import Intake
from sources.errors import FetchError, SourceError
from sources.page import Feed, Page

log = logging.getLogger(__name__)

# A source that was claimed by a process which then died is due again after this time.
LEASE = timedelta(minutes=3)

_NOTES = 32  # in one transaction: some milliseconds of it

Outcome = Literal["read", "unchanged", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """How one source answered."""

    id: int
    url: str
    outcome: Outcome
    new: int = 0
    error: str | None = None
    code: str | None = None
    """What is wrong with it, for who says it in another language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """How one round went; the numbers count sources, then what they brought."""

    read: int = 0
    unchanged: int = 0
    failed: int = 0
    articles: int = 0
    relevant: int = 0
    facts: int = 0
    sources: tuple[SourceReport, ...] = ()


async def poll(
    house: House,
    now: datetime,
    *,
    limit: int = 1_000,
    everything: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> PollReport:
    """Read all due sources; a failure of one is its own and never stops the others.

    `everything`: also those that are not due yet. `progress` is told how many have been read, of
    how many.
    """
    async with house.database.write() as session:
        if everything:
            await db.sources.make_due(session, now)
        due = await db.sources.claim(session, now, limit=limit, lease=LEASE)
    done = count(1)

    async def look(source: Source) -> tuple[SourceReport, Intake]:
        seen = await visit(house, source, now)
        progress(next(done), len(due))
        return seen

    return _summary(await asyncio.gather(*map(look, due)))


async def poll_one(house: House, source_id: int, now: datetime) -> SourceReport | None:
    """Read one source now, due or not; None where there is none that is active."""
    async with house.database.write() as session:
        source = await db.sources.claim_one(session, source_id, now, lease=LEASE)
    if source is None:
        return None
    report, _ = await visit(house, source, now)
    return report


async def visit(house: House, source: Source, now: datetime) -> tuple[SourceReport, Intake]:
    """Read one claimed source and note how that left it; never raises for what the source did."""
    async with house.reading:
        try:
            after, report, brought = await _look(house, source, now)
        except SourceError as error:
            after = _after_failure(error, now)
            report, brought = _failure(source, error.reason, error.code), Intake()
        except DatabaseUnavailable:
            raise
        except Exception as error:
            # A bug of ours in one source's reading: the others are read all the same.
            await jobs.faults.report(house.database, error, now)
            reason = "Reading it failed on our side; the log has the details."
            after = _after_our_fault(reason, now)
            report, brought = _failure(source, reason, "our_fault"), Intake()
        await house.together(put_down, _NOTES)(Note(source, after))
    level = logging.DEBUG if report.outcome == "unchanged" else logging.INFO
    log.log(level, "source %d %s: %d new", source.id, report.outcome, report.new)
    return report, brought


async def _look(house: House, source: Source, now: datetime) -> tuple[After, SourceReport, Intake]:
    page = await house.web.fetch(
        source.url,
        etag=source.etag,
        last_modified=source.last_modified,
        body_hash=source.body_hash,
    )
    if page is None or page.same_as(source.body_hash):
        report = SourceReport(id=source.id, url=source.url, outcome="unchanged")
        return _after_success(page, now), report, Intake()
    feed = await _parsed(house, source, page)
    if source.full_text is None:
        source = replace(source, full_text=wants_pages(source.kind, feed.entries))
    brought = await intake(house, source, feed, now)
    report = SourceReport(id=source.id, url=source.url, outcome="read", new=brought.articles)
    return _after_success(page, now, feed, brought), report, brought


async def _parsed(house: House, source: Source, page: Page) -> Feed:
    memory = await house.together(recall, _NOTES)(source.id)
    return await house.jail.parse(source.kind, page, source.options, memory)


async def recall(database: Database, sources: Sequence[int]) -> Sequence[bytes]:
    """Return what the last readings of these sources left for the next ones."""
    async with database.read() as session:
        found = await db.memory.recall(session, sources)
    return [found.get(source, b"") for source in sources]


def _after_success(
    page: Page | None, now: datetime, feed: Feed | None = None, brought: Intake | None = None
) -> After:
    def after(source: Source) -> Source:
        if feed is not None and brought is not None:
            source = _learnt(source, feed, brought, now)
        # A 304 has no body; a 200 with the same body may bring fresh validators.
        return succeeded(
            moved(source, page.moved_to if page else None),
            now,
            etag=page.etag if page else source.etag,
            last_modified=page.last_modified if page else source.last_modified,
            body_hash=page.body_hash if page else source.body_hash,
            asked=_asked(page, feed),
        )

    return after


def _learnt(source: Source, feed: Feed, brought: Intake, now: datetime) -> Source:
    """Return the source with what this reading tells of its title, its rhythm, its text."""
    published = [entry.published for entry in feed.entries]
    published += [entry.published for entry in feed.earlier]
    newest = max((at for at in published if at is not None and at <= now), default=None)
    new_at = source.last_new_at
    if brought.articles:
        new_at = (newest or now) if source.never_read else now
    return replace(
        source,
        title=source.title or feed.title,
        rhythm=rhythm(published) or source.rhythm,
        last_new_at=new_at or newest,
        full_text=_decided(source, feed),
        note=GARBLED if feed.doubtful else feed.note,
    )


def _decided(source: Source, feed: Feed) -> bool:
    if source.full_text is None:
        return wants_pages(source.kind, feed.entries)
    return source.full_text


def _asked(page: Page | None, feed: Feed | None) -> timedelta:
    """Return how long server and feed ask to be left alone."""
    said = (page and page.max_age, feed and feed.ttl)
    return max((time for time in said if time), default=timedelta())


def _after_failure(error: SourceError, now: datetime) -> After:
    retry_after = error.retry_after if isinstance(error, FetchError) else None
    jitter = random.random()  # noqa: S311 - it spreads requests, it hides nothing
    return lambda source: failed(
        source, now, error.reason, code=error.code, retry_after=retry_after, jitter=jitter
    )


def _after_our_fault(reason: str, now: datetime) -> After:
    return lambda source: failed(source, now, reason, code="our_fault")


def _failure(source: Source, reason: str, code: str) -> SourceReport:
    return SourceReport(id=source.id, url=source.url, outcome="failed", error=reason, code=code)


def _summary(rounds: list[tuple[SourceReport, Intake]]) -> PollReport:
    outcomes = [report.outcome for report, _ in rounds]
    return PollReport(
        read=outcomes.count("read"),
        unchanged=outcomes.count("unchanged"),
        failed=outcomes.count("failed"),
        articles=sum(brought.articles for _, brought in rounds),
        relevant=sum(brought.relevant for _, brought in rounds),
        facts=sum(brought.facts for _, brought in rounds),
        sources=tuple(report for report, _ in rounds),
    )
