"""Nothing lost over random kill -9 and whatever Telegram does; repeats within their bound.

`make faults` runs many more rounds (FAULT_KILLS).
"""

import asyncio
import os
import random
import sqlite3
from pathlib import Path

from tests.faults.harness import SENDERS, break_things, locked, owe, scene
from tests.whole import TOKEN

KILLS = int(os.environ.get("FAULT_KILLS", "2"))
SEED = int(os.environ.get("FAULT_SEED", "20261123"))
CHATS, EACH = 40 + 20 * KILLS, 2
SECRET = TOKEN.partition(":")[2]


async def test_nothing_is_lost_over_kills_floods_and_dropped_answers(
    tmp_path: Path, migrated_file: Path
):
    chance = random.Random(SEED)
    async with scene(tmp_path, migrated_file) as (sandbox, bot, ledger):
        await owe(bot, ledger, chats=CHATS, each=EACH)
        unknown = break_things(sandbox, chance, CHATS)
        for _ in range(KILLS):
            since = sandbox.calls.last_seq
            await bot.start()
            await sandbox.calls.wait(method="sendMessage", since=since, timeout=60)
            await asyncio.sleep(chance.uniform(0.1, 1.5))
            await bot.kill()
        await bot.start()
        await sandbox.calls.wait(method="sendMessage", since=sandbox.calls.last_seq, timeout=60)
        async with locked(bot):
            await asyncio.sleep(1.5)
        await bot.stop_for(1)
        await ledger.complete()
        assert await bot.end() == 0
    assert ledger.lost == set()
    assert ledger.repeats <= SENDERS * KILLS + unknown
    assert _integrity(tmp_path) == "ok"
    assert _given_up(tmp_path) == 0
    assert _holding_the_token(tmp_path) == []


async def test_who_is_asked_to_end_under_load_ends_in_time_and_repeats_nothing(
    tmp_path: Path, migrated_file: Path
):
    async with scene(tmp_path, migrated_file) as (sandbox, bot, ledger):
        await owe(bot, ledger, chats=50, each=1)
        await bot.start()
        await sandbox.calls.wait(method="sendMessage", timeout=60)
        await asyncio.sleep(0.3)
        began = asyncio.get_running_loop().time()
        assert await bot.end() == 0
        assert asyncio.get_running_loop().time() - began < 8
        assert ledger.lost
        await bot.start()
        await ledger.complete()
        assert await bot.end() == 0
    assert ledger.repeats == 0
    assert sandbox.refused == 0


def _integrity(folder: Path) -> str:
    with sqlite3.connect(folder / "bot.db") as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def _holding_the_token(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if SECRET.encode() in one.read_bytes()]


def _given_up(folder: Path) -> int:
    query = "SELECT count(*) FROM delivery WHERE state IN ('failed', 'expired', 'uncertain')"
    with sqlite3.connect(folder / "bot.db") as connection:
        return int(connection.execute(query).fetchone()[0])
