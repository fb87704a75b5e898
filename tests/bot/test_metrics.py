"""/metrics: what Prometheus reads, in numbers only."""

import asyncio
import re
from pathlib import Path

import httpx
from aiohttp.test_utils import TestServer
from prometheus_client.parser import text_string_to_metric_families

import db.heard
from bot.health import looking
from bot.loop_lag import LoopLag
from bot.metrics import CONTENT_TYPE, Instruments
from bot.server import Surface
from bot.timing import Timing
from db.engine import Database, connect
from tests.bot.scene import Scene
from tests.fakes import Clock

LINE = re.compile(r'pilotwatch_[a-z_]+(\{[a-z]+="[\w.+]*"\})? [0-9.e+-]+')


async def asked(instruments: Instruments | None, database: Database) -> httpx.Response:
    surface = Surface(looking(database, lambda: True, lambda: True), instruments)
    async with (
        TestServer(surface.application()) as server,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        return await client.get(str(server.make_url("/metrics")))


async def test_every_line_is_one_that_prometheus_reads(kept: Database):
    answer = await asked(Instruments(database=kept, clock=Clock(), sends=lambda: {"Sent": 3}), kept)
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    lines = answer.text.splitlines()
    assert [one for one in lines if not one.startswith("# ") and not LINE.fullmatch(one)] == []
    assert 'pilotwatch_sends_total{result="Sent"} 3.0' in lines
    assert "pilotwatch_poll_lag_seconds 0.0" in lines


async def test_what_was_sent_and_what_waits_is_counted(scene: Scene):
    await scene.say("/help")
    await scene.say("/subscribe daily 09:00")
    tools = scene.tools
    sends = dict(tools.courier.results)
    assert sends == {"Sent": 2}
    text = await Instruments(database=tools.database, clock=scene.clock, sends=lambda: sends).text()
    assert 'pilotwatch_outbox_messages{state="owed"} 0.0' in text


async def test_a_database_that_is_away_is_no_figure(kept: Database, tmp_path):
    gone = connect(f"sqlite+aiosqlite:///{tmp_path}/nowhere/x.db")
    answer = await asked(Instruments(database=gone, clock=Clock()), kept)
    await gone.close()
    assert answer.status_code == 503


def test_the_worst_delay_is_told_once():
    lag = LoopLag()
    lag.note(0.2)
    lag.note(0.1)
    assert (lag.worst(), lag.worst()) == (0.2, 0.0)


async def test_how_quickly_people_are_answered_is_a_histogram(scene: Scene):
    timing = Timing()
    timing.note(0.02)
    timing.note(0.5)
    text = await Instruments(
        database=scene.tools.database, clock=scene.clock, answers=timing, version="1.2"
    ).text()
    assert 'pilotwatch_answer_seconds_bucket{le="0.05"} 1.0' in text
    assert 'pilotwatch_answer_seconds_bucket{le="+Inf"} 2.0' in text
    assert "pilotwatch_answer_seconds_count 2.0" in text
    assert 'pilotwatch_build_info{version="1.2"} 1.0' in text


async def test_what_was_set_aside_and_who_is_there_is_counted(scene: Scene):
    await scene.say("/help")
    async with scene.tools.database.write() as session:
        await db.heard.take(session, 9, scene.clock(), trouble="KeyError", body="{}")
    text = await Instruments(database=scene.tools.database, clock=scene.clock).text()
    assert 'pilotwatch_quarantine{what="updates"} 1.0' in text
    assert 'pilotwatch_chats{state="active"} 1.0' in text
    assert float(re.search(r"(?m)^pilotwatch_resident_bytes (\S+)", text)[1]) > 1e7  # type: ignore[index]


async def test_a_writer_who_waits_for_his_turn_is_counted(kept: Database):
    held, free = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with kept.write():
            held.set()
            await free.wait()

    holder = asyncio.create_task(hold())
    await held.wait()
    waiting = asyncio.create_task(_write(kept))
    await asyncio.sleep(0.02)
    free.set()
    await asyncio.gather(holder, waiting)
    assert kept.waited > 0.01


async def _write(database: Database) -> None:
    async with database.write():
        pass


async def test_every_metric_is_in_the_operators_guide(kept: Database):
    guide = (Path(__file__).parents[2] / "docs" / "operate.md").read_text("utf-8")
    text = await Instruments(database=kept, clock=Clock(), version="1").text()
    names = re.findall(r"(?m)^# TYPE pilotwatch_(\w+)", text)
    assert len(names) > 15
    assert [name for name in names if f"`{name}" not in guide] == []


async def test_prometheus_own_reader_understands_it(kept: Database):
    text = await Instruments(database=kept, clock=Clock(), sends=lambda: {"Sent": 3}).text()
    read = {one.name: one for one in text_string_to_metric_families(text)}
    (sends,) = read["pilotwatch_sends"].samples
    assert (sends.name, sends.labels, sends.value) == (
        "pilotwatch_sends_total",
        {"result": "Sent"},
        3,
    )
    assert read["pilotwatch_answer_seconds"].type == "histogram"
