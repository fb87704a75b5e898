"""A house with real rooms: web, jail and database; only the courier is a fake."""

from datetime import timedelta

import pytest

import db.chats
import db.sources
import db.subscriptions
from domain.chat import Chat, Destination, SubscriptionKind
from jobs.house import House
from jobs.outbox import Outbox
from jobs.poll import poll
from jobs.watch import add, look
from sources.web import Web
from tests.fakes import Clock, RecordingCourier
from tests.feed_server import serving


class Watch:
    """Everything a pipeline test works with."""

    def __init__(self, house: House, clock: Clock, courier: RecordingCourier) -> None:
        self.house = house
        self.database = house.database
        self.clock = clock
        self.courier = courier
        self.outbox = Outbox(house.database, courier, clock, owner="test")

    async def watches(self, url: str, announce: int = 0, **how) -> int:
        found = await look(self.house, url, **how)
        interval = timedelta(minutes=15)
        source = await add(
            self.house, found, interval=interval, now=self.clock(), announce=announce
        )
        return source.id

    async def subscribes(
        self, chat_id: int, kind: SubscriptionKind, thread_id: int = 0, **wish
    ) -> Destination:
        destination = Destination(chat_id=chat_id, thread_id=thread_id)
        defaults = {"minute": 540, "weekday": 0, "timezone": "Asia/Shanghai", "next_at": None}
        async with self.database.write() as session:
            await db.chats.remember(session, Chat(id=chat_id), self.clock())
            await db.subscriptions.put(
                session,
                destination=destination,
                kind=kind,
                covered_until=self.clock(),
                now=self.clock(),
                **{**defaults, **wish},
            )
        return destination

    async def polls(self, **later: float):
        self.clock.turn(**later)
        return await poll(self.house, self.clock())

    async def sends(self) -> list[str]:
        before = len(self.courier.sent)
        await self.outbox.drain()
        return self.courier.texts[before:]


async def _nowhere(host: str, port: int) -> list[str]:
    raise OSError(f"{host} has no address in a test")


@pytest.fixture
async def feeds():
    async with serving() as server:
        yield server


@pytest.fixture
async def watch(database, jail):
    async with Web(allow_cidrs=("127.0.0.0/8",), pause=0, lookup=_nowhere) as web:
        house = House(database=database, web=web, jail=jail)
        yield Watch(house, Clock(), RecordingCourier())
