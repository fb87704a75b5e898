"""Pages of articles that could not be read at once: tried again, more and more seldom."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import db.late_pages
import db.sources
from db.engine import Session
from domain.article import Known, LatePage, NewArticle
from domain.reading import Reading
from domain.source import Source
from jobs.full_text import Told, read_pages
from jobs.house import House
from jobs.storing import Brought, put_away
from sources.task import ReadFailure, ReadRequest

AT_ONCE = 8
_WAITS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""Between tries; a page that cannot be read in a day will not be."""
_LEASE = timedelta(minutes=5)  # longer than `jobs.full_text.PATIENCE`: nobody reads a page twice


async def read_late_pages(house: House, now: datetime) -> int:
    """Try the pages that are due; return how many could be read at last."""
    async with house.database.write() as session:
        due = await db.late_pages.claim(session, now, limit=AT_ONCE, lease=_LEASE)
        sources = {page.source_id: await db.sources.get(session, page.source_id) for page in due}
    read = 0
    for source_id, source in sources.items():
        pages = [page for page in due if page.source_id == source_id]
        read += await _read(house, source, pages, now) if source else 0
    return read


async def _read(house: House, source: Source, pages: Sequence[LatePage], now: datetime) -> int:
    told = await read_pages(house, [page.entry for page in pages], source.options)
    come = [(page, one) for page, one in zip(pages, told, strict=True) if not one.page_owed]
    edits = await _understood(house, come, source.options.timezone)
    if edits:
        brought = Brought(source=source, new=(), edits=edits, memory=None, at=now)
        await house.together(put_away)(brought)
    async with house.database.write() as session:
        for page, one in zip(pages, told, strict=True):
            await _settle(session, page, one, now)
    return len(come)


async def _understood(
    house: House, come: Sequence[tuple[LatePage, Told]], timezone: str
) -> tuple[tuple[Known, NewArticle], ...]:
    """Return the articles as their pages tell them, where these tell more."""
    more = [(page, told) for page, told in come if told.entry != page.entry]
    asked = [ReadRequest.of(told.entry, timezone) for _, told in more]
    readings = await house.jail.read(asked, house.topics) if asked else []
    return tuple(
        (page.known, _article(page, told, reading))
        for (page, told), reading in zip(more, readings, strict=True)
        if not isinstance(reading, ReadFailure)
    )


def _article(page: LatePage, told: Told, reading: Reading) -> NewArticle:
    return NewArticle(
        entry=told.entry,
        keys=(),
        canonical_url=told.canonical_url,
        # Of the announcement, as it stands in its feed: it must be known again there.
        content_hash=page.known.content_hash,
        reading=reading,
        origins=told.origins,
        quality=told.quality,
        attachments=told.attachments,
    )


async def _settle(session: Session, page: LatePage, told: Told, now: datetime) -> None:
    if told.page_owed and page.tries < len(_WAITS):
        await db.late_pages.later(session, page, now + _WAITS[page.tries])
    else:
        await db.late_pages.settle(session, page)
