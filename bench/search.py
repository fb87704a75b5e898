"""How fast things are found: `python -m bench search [--articles 100000] [--queries 60]`.

Fills both databases with the same made-up articles and facts, through the functions that the bot
uses, and asks both the same: one page of ten, newest first, words looked up, articles read and
looked into; then what stands behind /metric, /measures, /facts, /latest, /deadlines, /documents.
Prints what the index weighs against the text, p50 and p95 of each kind of query, and whether both
databases gave the same answers. `--at URL`, twice, asks databases that were filled before.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import text

import db.search
from bench import stock
from bench.archive import NEWEST, told, vocabulary
from bench.asked import ASKED, Asking
from db.engine import Database, connect
from db.migrate import migrate
from domain.search.query import parse
from tests import postgres

PAGE = 10
_FLOOR = 200
_GOAL = 50.0
"""Milliseconds for 95 of 100 queries."""
_HEAVIEST = {"sqlite": 2.0, "postgresql": 4.0}
"""How many times the text an index may weigh."""

_WEIGHT = {
    "sqlite": "SELECT sum(pgsize) FROM dbstat "
    "WHERE name LIKE 'article\\_terms%' ESCAPE '\\' OR name LIKE '%article\\_search%' ESCAPE '\\'",
    "postgresql": "SELECT pg_total_relation_size('article_terms')"
    " + pg_total_relation_size('article_search')",
}
"""The bytes of every page of the tables that searching needs, and of their indexes."""


@dataclass
class Side:
    """One of the databases, and what was measured of it."""

    name: str
    database: Database
    answers: list[list[int]] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)
    floor: list[float] = field(default_factory=list)

    async def database_is_filled(self) -> bool:
        """Tell whether there are articles already."""
        async with self.database.read() as session:
            return await session.scalar(text("SELECT max(id) FROM article")) is not None


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 where both databases do not answer alike or a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench search", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=60, help="of each kind")
    parser.add_argument("--at", action="append", default=[], metavar="URL")
    options = parser.parse_args(list(arguments))
    with nullcontext(options.at) if options.at else _addresses() as urls:
        return asyncio.run(_run(urls, options.articles, options.queries))


async def _run(urls: Sequence[str], articles: int, queries: int) -> int:
    asked = {kind: list(_queries(make, articles, queries)) for kind, make in KINDS.items()}
    sides, failed = [], 0
    for url in urls:
        async with _opened(url) as side:
            failed += await _fill(side, articles)
            for kind, texts in asked.items():
                side.times[kind] = [await _ask(side, _page, one) for one in texts]
            for name, (ask, texts) in ASKED.items():
                side.times[name] = [await _ask(side, ask, one) for one in texts]
            side.floor = [await _nothing(side) for _ in range(_FLOOR)]
            sides.append(side)
    same = all(side.answers == sides[0].answers for side in sides)
    for side in sides:
        failed += _report(side)
    print(f"the same answers on both: {'yes' if same else 'NO'}")
    return 1 if failed or not same else 0


async def _ask(side: Side, ask: Asking, words: str) -> float:
    """Ask three times; return the milliseconds that it took, the median."""
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        found = await ask(side.database, words)
        taken.append(1000 * (time.perf_counter() - started))
    side.answers.append(found)
    return statistics.median(taken)


async def _page(database: Database, words: str) -> list[int]:
    async with database.read() as session:
        found = await db.search.find(session, parse(words, NEWEST), limit=PAGE)
    return [one.article.id for one in found.found]


async def _nothing(side: Side) -> float:
    """Return what the machine takes for asking nothing at all: it is shared, and so is noise."""
    started = time.perf_counter()
    await side.database.check()
    return 1000 * (time.perf_counter() - started)


def _report(side: Side) -> int:
    print(f"{side.name}, milliseconds for a page of {PAGE}: p50 / p95")
    for kind, times in side.times.items():
        print(f"  {kind:28}{statistics.median(times):8.2f} /{_p95(times):8.2f}")
    print(f"  {'(asking nothing)':28}{statistics.median(side.floor):8.2f} /{_p95(side.floor):8.2f}")
    every = [taken for kind in KINDS for taken in side.times[kind]]
    print(f"  {'all searches':28}{statistics.median(every):8.2f} /{_p95(every):8.2f}")
    return _p95(every) > _GOAL or any(_p95(side.times[name]) > _GOAL for name in ASKED)


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


async def _fill(side: Side, articles: int) -> int:
    """Keep the articles; print what they and the index weigh, return 1 where that is too much."""
    started, kept = time.perf_counter(), await side.database_is_filled()
    weight = await _weight_of_text(side) if kept else await stock.fill(side.database, articles)
    taken = "before" if kept else f"in {time.perf_counter() - started:.0f} s"
    index = await _weigh(side)
    ratio = index / weight
    print(
        f"{side.name}: {articles} articles, {weight / 1e6:.0f} MB of text, kept {taken}; "
        f"index {index / 1e6:.0f} MB, {ratio:.2f} of the text"
    )
    return ratio > _HEAVIEST[side.name]


async def _weight_of_text(side: Side) -> int:
    length = "octet_length" if side.name == "postgresql" else "length"
    kind = "bytea" if side.name == "postgresql" else "blob"
    said = "convert_to(title || text, 'UTF8')" if kind == "bytea" else "CAST(title || text AS blob)"
    async with side.database.read() as session:
        query = text(f"SELECT sum({length}({said})) FROM article")  # noqa: S608 - no input in it
        return int((await session.execute(query)).scalar_one())


async def _weigh(side: Side) -> int:
    async with side.database.read() as session:
        return int((await session.execute(text(_WEIGHT[side.name]))).scalar_one())


def _queries(make: Callable[[Random, int], str], articles: int, count: int) -> Iterator[str]:
    """Yield queries out of articles that there are: each is found at least once, if it can be."""
    random = Random(11)
    for _ in range(count):
        yield make(random, random.randint(1, articles))


def _word(random: Random, chinese: bool) -> str:
    words, weights = vocabulary(chinese)
    (word,) = random.choices(words, cum_weights=weights)
    return word


def _english(random: Random, _: int) -> str:
    return _word(random, False)


def _two_english(random: Random, _: int) -> str:
    return f"{_word(random, False)} {_word(random, False)}"


def _phrase(_: Random, number: int) -> str:
    words = told(number - number % 2 or 2)[1].rstrip(". ").split()
    return f'"{words[4]} {words[5]}"'


def _cut(length: int) -> Callable[[Random, int], str]:
    def cut(random: Random, number: int) -> str:
        words = told(number - 1 + number % 2)[1].split("，")[1]
        start = random.randrange(len(words) - length)
        return words[start : start + length].replace("。", "成")

    return cut


def _both(random: Random, _: int) -> str:
    return f"{_word(random, True)} {_word(random, False)}"


def _one_glyph(random: Random, _: int) -> str:
    return _word(random, True)[0]


KINDS: dict[str, Callable[[Random, int], str]] = {
    "an English word": _english,
    "two English words": _two_english,
    "an English phrase": _phrase,
    "two Chinese characters": _cut(2),
    "four Chinese characters": _cut(4),
    "a common Chinese word": lambda *_: "成都",
    "Chinese and English": _both,
    "one Chinese character": _one_glyph,
    "what is not there": lambda random, _: f"x{random.random()}"[:9].replace(".", "q"),
}


@contextmanager
def _addresses() -> Iterator[list[str]]:
    """Give the addresses of an empty SQLite file and, where it can be had, a PostgreSQL server."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        sqlite = f"sqlite+aiosqlite:///{Path(folder) / 'search.db'}"
        try:
            with postgres.running() as cluster, cluster.fresh() as server:
                yield [sqlite, server]
        except postgres.PostgresMissing as missing:
            print(f"PostgreSQL is left out: {missing}", file=sys.stderr)
            yield [sqlite]


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Side]:
    await asyncio.to_thread(migrate, url)
    database = connect(url)
    try:
        yield Side(database.engine.dialect.name, database)
    finally:
        await database.close()
