"""How the bot is, without a port: written by it, read by whoever looks after it."""

import asyncio
import json
import os
import stat
from pathlib import Path

import pytest

from bot.health import STALE, felt, pulse_file, pulsing
from bot.timing import Timing
from tests.whole import running

NOW = 1_764_000_000.0


async def well() -> tuple[str, ...]:
    return ()


async def ill() -> tuple[str, ...]:
    return ("Telegram does not answer",)


async def written(file: Path) -> None:
    async with asyncio.timeout(10):
        while not file.exists():  # noqa: ASYNC110, ASYNC240 - a file has no event
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(("look", "said"), [(well, ()), (ill, ("Telegram does not answer",))])
async def test_how_it_is_stands_in_a_file_while_it_runs(tmp_path, look, said):
    file = tmp_path / "x.health"
    async with pulsing(file, look, every=0.01):
        await written(file)
        at = json.loads(file.read_text())["at"]
        assert felt(file, at + 1) == said
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.exists()
    assert felt(file, at) == ("it is not running",)
    assert os.listdir(tmp_path) == []


def test_what_is_old_or_nonsense_is_no_sign_of_life(tmp_path):
    file = tmp_path / "x.health"
    file.write_text(json.dumps({"at": NOW, "troubles": []}))
    assert felt(file, NOW + STALE) == ()
    (told,) = felt(file, NOW + STALE + 20)
    assert told == "it has not been heard of for 65 s"
    for nonsense in ("", "{", "[]", '{"at": "x", "troubles": []}', '{"at": 1}'):
        file.write_text(nonsense)
        assert "cannot be read" in felt(file, NOW)[0]


async def test_a_disk_that_takes_nothing_does_not_stop_the_bot(tmp_path):
    file = tmp_path / "gone" / "x.health"
    async with pulsing(file, well, every=0.001):
        await asyncio.sleep(0.02)
    assert not file.exists()


def test_two_databases_have_two_files_and_no_password_is_in_their_names(tmp_path):
    one = pulse_file(f"sqlite:///{tmp_path}/a.db")
    assert one.parent == tmp_path
    assert one != pulse_file(f"sqlite:///{tmp_path}/b.db")
    assert "hunter2" not in str(pulse_file("postgresql://me:hunter2@host/name"))


async def test_a_running_bot_is_well_and_one_that_has_ended_is_not(sqlite_url):
    file = pulse_file(sqlite_url)
    async with running(sqlite_url):
        await written(file)
        assert felt(file, json.loads(file.read_text())["at"]) == ()
    assert felt(file, NOW) == ("it is not running",)


def test_durations_are_counted_into_their_classes():
    timing = Timing(iter((0.0, 0.2, 5.0, 5.04)).__next__)
    with timing.measured():
        pass
    with timing.measured():
        pass
    timing.note(99)
    assert timing.up_to() == {"0.05": 1, "0.1": 1, "0.3": 2, "1": 2, "3": 2, "10": 2, "+Inf": 3}
    assert timing.count == 3
    assert round(timing.total, 2) == 99.24
