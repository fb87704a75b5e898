"""/metrics: what Prometheus reads, in numbers only."""

import re

import httpx
from aiohttp.test_utils import TestServer

from bot.loop_lag import LoopLag
from bot.metrics import CONTENT_TYPE, Instruments
from bot.server import Surface
from db.engine import Database, connect
from tests.bot.scene import Scene
from tests.fakes import Clock

LINE = re.compile(r'pilotwatch_[a-z_]+(\{[a-z]+="\w+"\})? [0-9.e+-]+')


async def asked(instruments: Instruments | None, database: Database) -> httpx.Response:
    surface = Surface(database, lambda: True, instruments)
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
    assert 'pilotwatch_sends_total{result="Sent"} 3' in lines
    assert "pilotwatch_poll_lag_seconds 0" in lines


async def test_what_was_sent_and_what_waits_is_counted(scene: Scene):
    await scene.say("/help")
    await scene.say("/subscribe daily 09:00")
    tools = scene.tools
    sends = dict(tools.courier.results)
    assert sends == {"Sent": 2}
    text = await Instruments(database=tools.database, clock=scene.clock, sends=lambda: sends).text()
    assert 'pilotwatch_outbox_messages{state="owed"} 0' in text


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
