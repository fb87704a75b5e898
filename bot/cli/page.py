"""An article's web page as `pilotwatch read` wants it: from an address, or from a saved file."""

import asyncio
import re
from collections.abc import Awaitable
from dataclasses import dataclass
from hashlib import sha256
from zoneinfo import ZoneInfo

import click

from bot.cli.opening import settings
from bot.settings import Settings
from domain.source import ReadingOptions
from sources.errors import SourceError
from sources.jail import Jail
from sources.page import Page, PageText
from sources.web import Web

_OPTIONS = ReadingOptions()
_HTML_FILE = re.compile(r"\.x?html?", re.IGNORECASE)
_HTML_START = re.compile(rb"<!doctype html|<html|<head|<meta", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """The words of an article, ready to be read."""

    text: str
    title: str = ""
    published: str | None = None
    """An ISO date in the source's zone."""


def is_address(source: str) -> bool:
    """Tell whether this is to be fetched, not opened."""
    return source.startswith(("http://", "https://"))


def is_page(suffix: str, raw: bytes) -> bool:
    """Tell whether a file is a web page, by its name or by how it begins in any encoding."""
    return bool(_HTML_FILE.fullmatch(suffix) or _HTML_START.search(raw[:1024].replace(b"\0", b"")))


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
    return Saying(text=found.text, title=found.title, published=day.isoformat() if day else None)


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
