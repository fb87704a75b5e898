"""The article's own words, fetched from its page where its source only announces it.

At most `PAGES` pages for a source in one round, the first of its list; what is beyond them or does
not come in time keeps the words of the announcement, says so (`quality`), and is `jobs.late_pages`'
care.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from domain.article import Attachment, Entry, Quality, is_snippet
from domain.identity import canonical_url
from domain.source import Kind, ReadingOptions, Source
from jobs.house import House
from sources.errors import SourceError
from sources.page import PageText

log = logging.getLogger(__name__)

PAGES = 20
PATIENCE = 60.0
"""Seconds for the pages of one source; with its own page well within a lease of `jobs.poll`."""

_FILES = (".pdf", ".doc", ".docx", ".wps", ".ofd", ".xls", ".xlsx", ".zip", ".rar")
_CUT = ("…", "...", "⋯")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article with the best words that were to be had, and where they were found."""

    entry: Entry
    canonical_url: str
    quality: Quality
    origins: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    page_owed: bool = False
    """It has a page that was to be read, and was not."""


_ONLY_ANNOUNCED: frozenset[Kind] = frozenset({"list", "json", "search"})


def wants_pages(kind: Kind, entries: Sequence[Entry]) -> bool:
    """Tell whether the articles' own pages have to be read: here they are only announced."""
    if kind in _ONLY_ANNOUNCED:
        return True
    return sum(is_snippet(entry.text) for entry in entries) * 2 > len(entries)


async def in_full(house: House, source: Source, entries: Sequence[Entry]) -> list[Told]:
    """Return the articles of these announcements, in their order."""
    if not source.full_text:
        return [announced(entry) for entry in entries]
    return await read_pages(house, entries, source.options)


async def read_pages(
    house: House,
    entries: Sequence[Entry],
    options: ReadingOptions,
    *,
    patience: float = PATIENCE,
) -> list[Told]:
    """Read the pages of the first `PAGES` articles; the rest stays as it was announced."""
    found = [replace(announced(entry), page_owed=_has_a_page(entry)) for entry in entries]
    wanted = [at for at, entry in enumerate(entries) if _has_a_page(entry)][:PAGES]
    try:
        async with asyncio.timeout(patience):
            async with asyncio.TaskGroup() as pages:
                for at in wanted:
                    pages.create_task(_fill(house, options, found, at))
    except TimeoutError:
        log.info("not all of %d pages came within %.0f s", len(wanted), patience)
    return found


def announced(entry: Entry) -> Told:
    """Return an article of which there is only the announcement."""
    present = {"title": entry.title, "text": entry.text, "published": entry.published}
    return Told(
        entry=entry,
        canonical_url=canonical_url(entry.url),
        quality="snippet" if is_snippet(entry.text) else "full",
        origins={name: "feed" for name, value in present.items() if value},
        attachments=(Attachment(name=entry.title, url=entry.url),) if _is_file(entry.url) else (),
    )


def merged(entry: Entry, page: PageText, *, address: str, timezone: str) -> Told:
    """Return what the page says of the article where it says more than the announcement."""
    told = announced(entry)
    origins, kept = dict(told.origins), entry
    if page.quality == "full" and len(page.text) >= len(entry.text):
        kept = replace(kept, text=page.text)
        origins["text"] = page.origins.get("text", "page")
    if page.title and _cut_from(entry.title, page.title):
        kept = replace(kept, title=page.title)
        origins["title"] = page.origins.get("title", "page")
    if page.published and not _same_day(page.published, entry.published, timezone):
        kept = replace(kept, published=page.published)
        origins["published"] = page.origins.get("published", "page")
    return Told(
        entry=kept,
        canonical_url=address or told.canonical_url,
        quality="full" if kept.text != entry.text else told.quality,
        origins=origins,
        attachments=page.attachments or told.attachments,
    )


async def _fill(house: House, options: ReadingOptions, found: list[Told], at: int) -> None:
    """Put the whole article in the place of its announcement, if its page can be read."""
    entry = found[at].entry
    try:
        page = await house.web.fetch(entry.url)
        if page is None:
            return
        text = await house.jail.extract(page, options)
    except SourceError as error:
        # The announcement is kept: one page that cannot be had costs nothing else.
        log.info("an article's page could not be read: %s (%s)", error, error.code)
        return
    found[at] = merged(entry, text, address=_final(page.url, text), timezone=options.timezone)


def _final(url: str, page: PageText) -> str:
    """Return where the redirects led, unless that is a front door or says nothing."""
    if page.quality != "full" or urlsplit(url).path in ("", "/"):
        return ""
    return canonical_url(url)


def _has_a_page(entry: Entry) -> bool:
    return bool(entry.url) and not _is_file(entry.url)


def _is_file(url: str) -> bool:
    return url.partition("?")[0].lower().endswith(_FILES)


def _cut_from(shown: str, whole: str) -> bool:
    """Tell whether a title is the beginning of another: lists cut long ones."""
    if not shown:
        return True
    stem = shown.rstrip()
    for end in _CUT:
        stem = stem.removesuffix(end)
    return stem != shown.rstrip() and whole.startswith(stem.rstrip())


def _same_day(page: datetime, entry: datetime | None, timezone: str) -> bool:
    """Pages often give a day alone; the announcement's hour of that day is worth keeping."""
    zone = ZoneInfo(timezone)
    return entry is not None and page.astimezone(zone).date() == entry.astimezone(zone).date()
