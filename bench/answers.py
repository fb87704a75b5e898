"""How long one waits for an answer: `python -m bench answers [--articles 5000] [--times 5]`.

The real bot (`pilotwatch run`, SQLite) in a process of its own, with made-up articles and facts,
and nothing else to do. Each command of a reader is asked one after the other in both languages; the
time runs from the update in the sandbox to the first message that is handed to Telegram. Prints p50
and p95 of each; returns 1 where one is over the goal. `--at FILE` takes a database filled before.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from bench import stock
from bench.load import Crowd, bot_on
from db.engine import connect
from db.migrate import migrate
from sandbox.server import Sandbox

GOAL = 0.3
"""Seconds for 95 of 100 answers."""
PEOPLE = {"en": 7_000, "zh": 8_000}
"""The first of those who ask: another one for each question, since a chat takes one message a
second, and nobody is to wait for the answer before his."""
ASKED = (
    "/start", "/help", "/latest", "/latest 20", "/search 成都 人工智能",
    "/search pilot zone since:30d", "/facts", "/facts measures 算力券", "/measures",
    "/measures 算力 open", "/documents", "/documents 行动计划", "/doc d1", "/deadlines", "/metric",
    "/metric compute", "/metric 企业 武侯区", "/story s1", "/why a1", "/follow 算力券",
    "/following", "/unfollow 算力券", "/saved s1", "/saved", "/sources", "/status", "/settings",
    "/settings exclude 招聘", "/settings quiet 22:00-07:00", "/subscribe daily 09:00",
    "/unsubscribe", "/digest preview", "/digest", "/export csv measures", "/channel", "/suggest",
    "/language", "/privacy",
)  # fmt: skip
_PATIENCE = 120.0


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 where the goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench answers", description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--at", type=Path, help="a SQLite file of `bench.stock`")
    options = parser.parse_args(list(arguments))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{options.at or Path(folder) / 'answers.db'}"
        migrate(url)
        new = 0 if options.at else options.articles
        return asyncio.run(_run(Path(folder), url, new, options.times))


async def _run(folder: Path, url: str, articles: int, times: int) -> int:
    await _made_ready(url, articles)
    async with Sandbox(port=0) as sandbox, bot_on(sandbox, url, folder):
        await sandbox.calls.wait(method="setMyCommands", timeout=_PATIENCE)
        waited = await _ask_all(sandbox, times)
    return _report(waited)


async def _made_ready(url: str, articles: int) -> None:
    database = connect(url)
    if articles:
        await stock.fill(database, articles)
    async with database.write() as session:
        # Nothing is read meanwhile: the addresses are made up.
        await session.execute(text("UPDATE source SET next_at = '2099-01-01 00:00:00'"))
    await database.close()


async def _ask_all(sandbox: Sandbox, times: int) -> dict[str, list[float]]:
    waited: dict[str, list[float]] = defaultdict(list)
    people = Crowd(sandbox)
    for turn in range(times + 1):
        for number, words in enumerate(ASKED):
            for language, first in PEOPLE.items():
                people.ask(first + number, words, language)
                await people.rest(_PATIENCE)
            fresh = people.fresh()
            if turn:  # the first round only warms up
                waited[words] += fresh
            people.forget()
    return waited


def _report(waited: dict[str, list[float]]) -> int:
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    slow = 0
    for words, times in sorted(waited.items(), key=lambda one: -statistics.median(one[1])):
        p95 = sorted(times)[int(0.95 * (len(times) - 1))]
        slow += p95 > GOAL
        print(f"  {words:32}{1000 * statistics.median(times):7.0f} /{1000 * p95:7.0f} ms")
    every = sorted(taken for times in waited.values() for taken in times)
    p50, p95 = (1000 * every[int(q * (len(every) - 1))] for q in (0.5, 0.95))
    print(f"{len(every)} answers: p50 {p50:.0f} ms, p95 {p95:.0f} ms (goal {1000 * GOAL:.0f})")
    print(f"{slow} of {len(waited)} questions are slower than that")
    return int(p95 > 1000 * GOAL)
