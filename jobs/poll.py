"""Read every source whose time has come: many at once, each into the database on its own."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

import db.sources
from domain.source import Source, failed, succeeded
from jobs.house import House
from jobs.intake import Intake, intake
from sources.errors import FetchError, SourceError
from sources.page import Page

log = logging.getLogger(__name__)

# A source that was claimed by a process which then died is due again after this time.
LEASE = timedelta(minutes=3)

Outcome = Literal["read", "unchanged", "failed"]

After = Callable[[Source], Source]
"""How a reading leaves a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """How one source answered."""

    id: int
    url: str
    outcome: Outcome
    new: int = 0
    error: str | None = None


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
    house: House, now: datetime, *, limit: int = 1_000, everything: bool = False
) -> PollReport:
    """Read all due sources; a failure of one is its own and never stops the others.

    `everything`: also those that are not due yet.
    """
    async with house.database.write() as session:
        if everything:
            await db.sources.make_due(session, now)
        due = await db.sources.claim(session, now, limit=limit, lease=LEASE)
    rounds = await asyncio.gather(*(visit(house, source, now) for source in due))
    return _summary(rounds)


async def visit(house: House, source: Source, now: datetime) -> tuple[SourceReport, Intake]:
    """Read one claimed source and note how that left it; never raises for what the source did."""
    async with house.reading:
        try:
            after, report, brought = await _look(house, source, now)
        except SourceError as error:
            retry_after = error.retry_after if isinstance(error, FetchError) else None
            after = _after_failure(error.reason, now, retry_after)
            report, brought = _failure(source, error.reason), Intake()
        except Exception:
            # A bug of ours in one source's reading: the others are read all the same.
            log.exception("reading source %d failed", source.id)
            reason = "Reading it failed on our side; the log has the details."
            after, report, brought = _after_failure(reason, now), _failure(source, reason), Intake()
        await _remember(house, source.id, after)
    level = logging.DEBUG if report.outcome == "unchanged" else logging.INFO
    log.log(level, "source %d %s: %d new", source.id, report.outcome, report.new)
    return report, brought


async def _look(house: House, source: Source, now: datetime) -> tuple[After, SourceReport, Intake]:
    page = await house.web.fetch(source.url, etag=source.etag, last_modified=source.last_modified)
    if page is None or page.body_hash == source.body_hash:
        report = SourceReport(id=source.id, url=source.url, outcome="unchanged")
        return _after_success(page, now), report, Intake()
    feed = await house.jail.parse(source.kind, page)
    brought = await intake(house, source, feed.entries, now)
    report = SourceReport(id=source.id, url=source.url, outcome="read", new=brought.articles)
    return _after_success(page, now, title=feed.title), report, brought


async def _remember(house: House, source_id: int, after: After) -> None:
    """Note how the reading left the source: as it is now, since people may have changed it."""
    async with house.database.write() as session:
        await db.sources.lock(session, source_id)
        source = await db.sources.get(session, source_id)
        if source is not None:
            await db.sources.save(session, after(source))


def _after_success(page: Page | None, now: datetime, *, title: str = "") -> After:
    def after(source: Source) -> Source:
        # A 304 has no body; a 200 with the same body may bring fresh validators.
        return succeeded(
            replace(source, title=source.title or title),
            now,
            etag=page.etag if page else source.etag,
            last_modified=page.last_modified if page else source.last_modified,
            body_hash=page.body_hash if page else source.body_hash,
        )

    return after


def _after_failure(reason: str, now: datetime, retry_after: timedelta | None = None) -> After:
    return lambda source: failed(source, now, reason, retry_after=retry_after)


def _failure(source: Source, reason: str) -> SourceReport:
    return SourceReport(id=source.id, url=source.url, outcome="failed", error=reason)


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
