"""Several processes on one PostgreSQL: what one begins another ends, and nothing is told twice."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
import sqlalchemy

import db.sources
from db.engine import Database, connect
from domain.chat import Destination
from sandbox.cast import OPERATOR_ID, READER_ID
from tests import builders
from tests.faults.house_of_many import house_of_many, until
from tests.feed_server import item, rss, serving

pytestmark = pytest.mark.postgres

# Stories that nobody would take for one another.
WHAT = (
    "robots learn to weld in Longquanyi workshops",
    "hospital imaging models pass their trial in Wuhou",
    "a voucher for computing power opens to start-ups in Tianfu",
    "driverless buses carry their first commuters in Jianyang",
    "court clerks test a drafting assistant in Jinjiang",
    "nurses in Chenghua hear of falls from a sensor",
    "farmers in Pidu steer drones over rapeseed",
    "tax officers answer by chatbot in Qingyang",
    "a chip laboratory breaks ground in Shuangliu",
    "film studios dub by voice model in Dayi",
    "metro engineers predict worn rails in Jinniu",
    "teachers grade essays with a model in Xindu",
)
SOURCES = len(WHAT)
SECRET = "a-secret-of-this-test-alone"


def news(source: int, number: int) -> str:
    told = (
        f"AI in Chengdu: {WHAT[source]}. " * 3
        if number == 2
        else f"Parking on street {source} costs more."
    )
    return item(
        number,
        f"Chengdu AI pilot zone: {WHAT[source]}" if number == 2 else f"Parking, street {source}",
        told,
        guid=f"{source}-{number}",
        link=f"https://news.example/{source}/{number}",
        published=datetime.now(UTC),
    )


async def watched(database: Database, feeds) -> None:
    for source in range(SOURCES):
        feeds.bodies[f"/{source}.xml"] = rss([news(source, 1)])
        await builders.stored_source(
            database,
            url=feeds.url(f"/{source}.xml", host=source + 1),
            interval=timedelta(seconds=1),
        )


async def all_due(database: Database) -> None:
    """As when the claims of a worker that is gone are over: that takes three minutes."""
    async with database.write() as session:
        await db.sources.make_due(session, datetime.now(UTC))


async def test_a_worker_that_is_killed_costs_nothing(postgres_url, tmp_path):
    database = connect(postgres_url)
    async with serving(SOURCES) as feeds, house_of_many(postgres_url, tmp_path) as (sandbox, house):
        await watched(database, feeds)
        await builders.subscribed(database, Destination(chat_id=READER_ID), kind="instant")
        sandbox.say(READER_ID, "hello")
        await house.start("run")
        first = await house.start("worker")
        await house.start("worker")

        async def backlog_is_there() -> bool:
            return await counted(database) == SOURCES

        await until(backlog_is_there)
        for source in range(SOURCES):
            feeds.bodies[f"/{source}.xml"] = rss([news(source, 2), news(source, 1)])
        await all_due(database)
        await first.kill()
        await asyncio.sleep(1)  # what it had taken lies there, claimed
        await all_due(database)

        async def everything_is_told() -> bool:
            return await counted(database) == 2 * SOURCES and await untold(database) == 0

        await until(everything_is_told)
        alerts = told(sandbox)
        assert len(alerts) == await stories(database)
        assert len(set(alerts)) == len(alerts)
        assert [await one.end() for one in house.processes if one is not first] == [0, 0]
    await database.close()


def told(sandbox) -> list[str]:
    """Return the alerts that the reader got."""
    calls = sandbox.calls.find(method="sendMessage", chat=READER_ID)
    texts = [call.result["text"] for call in calls if call.ok]
    return [text for text in texts if "Chengdu AI pilot zone: " in text]


async def counted(database: Database) -> int:
    return await ask(database, "SELECT count(*) FROM article")


async def stories(database: Database) -> int:
    return await ask(database, "SELECT count(*) FROM story")


async def untold(database: Database) -> int:
    return await ask(
        database,
        "SELECT (SELECT count(*) FROM story) - count(*) FROM delivery"
        " WHERE kind = 'alert' AND state = 'sent'",
    )


async def ask(database: Database, question: str) -> int:
    async with database.read() as session:
        return await session.scalar(sqlalchemy.text(question)) or 0


async def test_an_update_that_comes_to_two_doors_is_answered_once(postgres_url, tmp_path):
    ports = [free_port() for _ in range(3)]
    webhook = {"WEBHOOK_URL": "https://bot.example/telegram", "WEBHOOK_SECRET": SECRET}
    async with house_of_many(postgres_url, tmp_path) as (sandbox, house):
        await house.start("run", **webhook, HTTP_PORT=str(ports[0]))
        doors = [
            await house.start("front", WEBHOOK_SECRET=SECRET, HTTP_PORT=str(port))
            for port in ports[1:]
        ]
        async with aiohttp.ClientSession() as web:
            for port in ports:
                await until(lambda port=port: healthy(web, port))
            for port in ports[1:]:
                assert await knock(web, port, "wrong") == 403
                assert await knock(web, port, SECRET) == 200
            await sandbox.calls.wait(method="sendMessage", chat=OPERATOR_ID, timeout=20)
            await asyncio.sleep(0.6)  # twice as long as the bot takes to look again
        answers = sandbox.calls.find(method="sendMessage", chat=OPERATOR_ID)
        assert len([one for one in answers if "/digest" in one.result["text"]]) == 1
        assert [await door.end() for door in doors] == [0, 0]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def healthy(web: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with web.get(f"http://127.0.0.1:{port}/healthz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def knock(web: aiohttp.ClientSession, port: int, secret: str) -> int:
    who = {"id": OPERATOR_ID, "is_bot": False, "first_name": "Ann"}
    message = {
        "message_id": 1,
        "date": int(datetime.now(UTC).timestamp()),
        "chat": {"id": OPERATOR_ID, "type": "private", "first_name": "Ann"},
        "from": who,
        "text": "/help",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    }
    async with web.post(
        f"http://127.0.0.1:{port}/telegram",
        json={"update_id": 77, "message": message},
        headers={"X-Telegram-Bot-Api-Secret-Token": secret},
    ) as answer:
        return answer.status
