"""How fast a story is found among many: part of `python -m bench stories --stored N`."""

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import db.articles
import db.sources
import db.stories
from db.engine import Database, connect
from db.migrate import migrate
from domain.article import Entry, NewArticle
from domain.identity import content_hash, keys
from domain.reading import Reading
from domain.relevance import Relevance
from domain.signature import Signature
from domain.source import Source
from jobs.grouping import placed_all

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAYS = 16
BATCH = 200
ASKED = 200
_WORDS = (
    "signed",
    "launched",
    "robot",
    "chip",
    "fund",
    "award",
    "park",
    "forum",
    "medical",
    "rent",
)
_PLACES = (
    "pidu-district",
    "jinjiang-district",
    "chengdu-hi-tech-zone",
    "unicorn-island",
    "chengdu",
)
_ABOUT = Relevance(topic="chengdu-ai", band="core", score=1.0, reasons=())


def measure(stored: int) -> None:
    """Print how long placing takes when so many articles came out within the gate."""
    with TemporaryDirectory(prefix="pilotwatch-bench-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        migrate(url)
        took = asyncio.run(_measure(connect(url), stored))
    print(
        f"among {stored} articles of {DAYS} days: {1000 * statistics.median(took):.1f} ms for one, "
        f"{1000 * sorted(took)[int(0.95 * len(took))]:.1f} ms at the 95th percentile"
    )


async def _measure(database: Database, stored: int) -> list[float]:
    chance = random.Random(1)
    async with database.write() as session:
        source = await db.sources.add(
            session,
            url="https://bench.invalid/",
            kind="feed",
            title="bench",
            tier="media",
            interval=timedelta(hours=1),
            now=NOW,
        )
    for first in range(0, stored, BATCH):
        some = [_article(chance, number) for number in range(first, min(stored, first + BATCH))]
        await _put(database, source, some)
    took = []
    for number in range(stored, stored + ASKED):
        article = _article(chance, number)
        started = time.perf_counter()
        async with database.write() as session:
            await placed_all(session, source, [article], NOW, backlog=[False])
        took.append(time.perf_counter() - started)
    await database.close()
    return took


async def _put(database: Database, source: Source, articles: Sequence[NewArticle]) -> None:
    async with database.write() as session:
        story = await db.stories.add(
            session, topic="chengdu-ai", band="core", backlog=False, now=NOW
        )
        told = [replace(article, story_id=story) for article in articles]
        await db.articles.add_all(session, source.id, told, NOW)


def _article(chance: random.Random, number: int) -> NewArticle:
    """An article that says some thirty things, as news about one city does."""
    at = NOW - timedelta(days=DAYS) * chance.random()
    given = {f"n:count:{chance.randint(20, 2000):.2e}" for _ in range(6)}
    given |= {f"n:CNY:{chance.randint(1, 900) * 10.0**6:.2e}" for _ in range(5)}
    given |= {f"c:{word}" for word in chance.sample(_WORDS, 5)}
    given |= {f"e:{place}" for place in chance.sample(_PLACES, 3)}
    given |= {f"d:{(at - timedelta(days=chance.randint(0, 2))).date()}"}
    sample = tuple(sorted(chance.randrange(2**32) for _ in range(32)))
    signature = Signature(
        keys=tuple(sorted(given)), opening=tuple(sorted(given)[:10]), sample=sample
    )
    entry = Entry(guid=str(number), title=f"Article {number}", published=at)
    return NewArticle(
        entry=entry,
        keys=keys(entry),
        canonical_url="",
        content_hash=content_hash(entry.title, ""),
        reading=Reading(
            title=entry.title,
            published=None,
            language="zh-Hans",
            text="",
            relevance=(_ABOUT,),
            facts=(),
            entities=(),
            signature=signature,
        ),
    )
