"""An article's web page as `pilotwatch read` wants it: from an address, or from a saved file."""

import asyncio
from collections.abc import Awaitable
from hashlib import sha256
from zoneinfo import ZoneInfo

import click

from bot.cli.opening import settings
from bot.cli.saying import Saying
from bot.settings import Settings
from domain.source import ReadingOptions
from sources.errors import SourceError
from sources.jail import Jail
from sources.page import Page, PageText
from sources.web import Web

_OPTIONS = ReadingOptions()


def fetched(url: str) -> Saying:
    """Fetch an article's page.

    Raises:
        click.UsageError: It cannot be had or read; the line says why.
    """
    return asyncio.run(_explained(_fetched(url, settings())))


def saved(raw: bytes) -> Saying:
    """Read a page that was saved to a file.

    Raises:
        click.UsageError: There is no article in it.
    """
    page = Page(url="http://localhost/", body=raw, body_hash=sha256(raw).hexdigest())
    return asyncio.run(_explained(_extracted(page)))


async def _explained(work: Awaitable[PageText]) -> Saying:
    try:
        found = await work
    except SourceError as error:
        raise click.UsageError(str(error)) from error
    day = found.published and found.published.astimezone(ZoneInfo(_OPTIONS.timezone)).date()
    return Saying(
        text=found.text,
        title=found.title,
        published=day.isoformat() if day else None,
        attachments=found.attachments,
        origins=found.origins,
        quality=found.quality,
        doubtful=found.doubtful,
    )


async def _fetched(url: str, found: Settings) -> PageText:
    networks = [str(network) for network in found.fetch_allow_cidrs]
    async with Web(allow_cidrs=networks, proxy=found.fetch_proxy) as web:
        page = await web.fetch(url)
    if page is None:
        raise click.UsageError("It answered 304 to a first request.")
    return await _extracted(page)


async def _extracted(page: Page) -> PageText:
    async with Jail(workers=1) as jail:
        return await jail.extract(page, options=_OPTIONS)
