"""Feeds that others wrote to test readers, through guard and jail and into a database, twice.

`python -m bench feedcorpus`. They are the test feeds of feedparser's source archive, some two
thousand, fetched by pip into `data/bench` the first time; nothing of them is in this repository.
Each must give entries or one clear error in time, and a second reading must store nothing.
"""

import argparse
import asyncio
import gzip
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from unittest import mock

import db.sources
from db.engine import Database, connect
from db.migrate import migrate
from domain.source import Source
from jobs.house import House
from jobs.intake import intake
from sources.errors import ParseError
from sources.feed import parse
from sources.jail import Jail
from sources.page import Feed, Page
from sources.web import Web

CORPORA = {"feedparser": "feedparser==6.0.14"}
SLOWEST = 6.0
"""Seconds in which each feed gives entries or an error."""

_FOLDER = Path(__file__).parent.parent / "data" / "bench" / "feedcorpus"
_HEADER = re.compile(rb"^\s*Header:\s*Content-type:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)
_NOW = datetime(2026, 11, 30, tzinfo=UTC)


@dataclass(slots=True)
class Tally:
    """What came of all feeds."""

    outcomes: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    stored: int = 0
    again: list[str] = field(default_factory=list)
    """Files of which a second reading stored something."""
    unlike: list[str] = field(default_factory=list)
    """Files that the quick way reads otherwise than feedparser alone."""
    broken: list[str] = field(default_factory=list)
    """Files that gave neither entries nor a clear error, or too late."""


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 where a feed broke something or was stored twice."""
    parser = argparse.ArgumentParser(prog="python -m bench feedcorpus", description=__doc__)
    parser.add_argument("--most", type=int, help="only so many files")
    options = parser.parse_args(list(arguments))
    pages = list(corpus())[: options.most]
    tally = asyncio.run(_read(pages))
    _tell(tally, len(pages))
    return 1 if tally.again or tally.broken or tally.unlike or not tally.entries else 0


def corpus() -> Iterator[tuple[str, Page]]:
    """Yield each file of the corpora as a page, with its name.

    Raises:
        subprocess.CalledProcessError: An archive cannot be had.
    """
    for name, requirement in CORPORA.items():
        folder = _FOLDER / name
        if not any(folder.glob("*.tar.gz")):
            _download(requirement, folder)
        for archive in sorted(folder.glob("*.tar.gz")):
            yield from _pages(archive)


def _download(requirement: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*command, "--no-binary", ":all:", "-d", folder, requirement], check=True)


def _pages(archive: Path) -> Iterator[tuple[str, Page]]:
    with tarfile.open(archive) as files:
        for member in files:
            parts = Path(member.name).parts
            if "tests" in parts and member.isfile() and not member.name.endswith(".py"):
                content = files.extractfile(member)
                assert content is not None  # noqa: S101  # it is a file
                yield "/".join(parts[2:]), _page(member.name, content.read())


def _page(name: str, body: bytes) -> Page:
    body = _inflated(name, body)
    header = _HEADER.search(body[:4096])
    return Page(
        url=f"http://corpus.example/{name}",
        body=body,
        content_type=header[1].decode("latin-1") if header else "",
        body_hash=sha256(body).hexdigest(),
    )


def _inflated(name: str, body: bytes) -> bytes:
    """Undo what a server's compression would be; what is damaged stays as it is."""
    try:
        if name.endswith(".gz"):
            return gzip.decompress(body)
        return zlib.decompress(body) if name.endswith(".z") else body
    except (OSError, EOFError, zlib.error):
        return body


async def _read(pages: Sequence[tuple[str, Page]]) -> Tally:
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/corpus.db"
        await asyncio.to_thread(migrate, url)
        database = connect(url)
        async with Web() as web, Jail() as jail:
            house = House(database=database, web=web, jail=jail)
            for name, page in pages:
                await _one(house, name, page, tally)
        await database.close()
    return tally


async def _one(house: House, name: str, page: Page, tally: Tally) -> None:
    feed = await _parsed(house.jail, name, page, tally)
    if feed is None:
        return
    with mock.patch("sources.understanding.quick.entries", return_value=None):
        if parse(page.body, page.content_type, page.url).entries != feed.entries:
            tally.unlike.append(name)
    tally.entries += len(feed.entries)
    first = await _kept(house, page.url, feed)
    tally.stored += first
    # As if nothing were remembered of the feed: its entries must be known by themselves.
    again = await _parsed(house.jail, name, page, Tally())
    if again is None or again.entries != feed.entries or await _kept(house, page.url, again):
        tally.again.append(name)


async def _parsed(jail: Jail, name: str, page: Page, tally: Tally) -> Feed | None:
    begun = time.monotonic()
    feed, outcome = None, ""
    try:
        feed = await jail.parse("feed", page)
        outcome = "read with entries" if feed.entries else "read, without entries"
    except ParseError as error:
        outcome = f"refused: {error.code}"
        if error.code.startswith("parse_") or not error.reason.strip():
            tally.broken.append(f"{name}: {error}")
    except Exception as error:  # whatever it is: that it came through is what is looked for
        outcome = f"exception: {type(error).__name__}"
        tally.broken.append(f"{name}: {error!r}")
    tally.outcomes[outcome] += 1
    if time.monotonic() - begun > SLOWEST:
        tally.broken.append(f"{name}: took {time.monotonic() - begun:.1f} s")
    return feed


async def _kept(house: House, url: str, feed: Feed) -> int:
    source = await _source(house.database, url)
    return (await intake(house, source, feed, _NOW)).articles


async def _source(database: Database, url: str) -> Source:
    async with database.write() as session:
        known = await db.sources.by_url(session, url)
        if known is not None:
            return known
        return await db.sources.add(
            session,
            url=url,
            kind="feed",
            title="",
            tier="media",
            interval=timedelta(minutes=15),
            now=_NOW,
        )


def _tell(tally: Tally, files: int) -> None:
    print(f"{files} files, {tally.entries} entries, {tally.stored} articles stored")
    for outcome, number in tally.outcomes.most_common():
        print(f"  {number:6} {outcome}")
    print(f"second reading stored something: {len(tally.again)}")
    print(f"read otherwise than by feedparser alone: {len(tally.unlike)}")
    print(f"neither entries nor one clear error in {SLOWEST:g} s: {len(tally.broken)}")
    for line in [*tally.again, *tally.unlike, *tally.broken][:40]:
        print(f"  {line}")
