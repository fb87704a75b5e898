"""The HTTP surface: health with its reason, and a webhook that only Telegram can use."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiohttp.test_utils import TestServer

from bot.health import looking
from bot.server import LARGEST_UPDATE, SECRET_HEADER, PortTaken, Surface, serving
from db.engine import Database, connect
from db.errors import DatabaseUnavailable

SECRET = "a-long-secret-of-the-webhook"


class Desk:
    """A surface, what it took and whether the line is up."""

    def __init__(self, database: Database) -> None:
        self.taken: list[int] = []
        self.line_is_up = True
        self.is_ticking = True
        self.is_broken = False
        self.surface = Surface(looking(database, lambda: self.line_is_up, lambda: self.is_ticking))
        self.surface.take_updates(self.take, SECRET)

    async def take(self, raw: dict[str, Any], _: str) -> None:
        if self.is_broken:
            raise DatabaseUnavailable("The database is away.")
        self.taken.append(raw["update_id"])


@pytest.fixture
def desk(kept: Database) -> Desk:
    return Desk(kept)


@pytest.fixture
async def web(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        TestServer(desk.surface.application()) as server,
        httpx.AsyncClient(base_url=str(server.make_url("/")), trust_env=False) as client,
    ):
        yield client


async def test_health_says_that_all_is_well_or_what_is_not(desk: Desk, web: httpx.AsyncClient):
    answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    desk.line_is_up = False
    answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "Telegram does not answer")
    desk.is_ticking = False
    answer = await web.get("/healthz")
    assert answer.json()["status"] == "Telegram does not answer; the clockwork stands still"


async def test_health_without_a_database_names_neither_place_nor_password(bare_sqlite_url: str):
    database = connect(bare_sqlite_url.replace("bare.db", "no/such/folder/x.db"))
    surface = Surface(looking(database, lambda: True, lambda: True))
    async with (
        TestServer(surface.application()) as server,
        httpx.AsyncClient(base_url=str(server.make_url("/")), trust_env=False) as client,
    ):
        answer = await client.get("/healthz")
        assert (await client.post("/telegram", json={"update_id": 1})).status_code == 404
    assert (answer.status_code, answer.json()) == (503, {"status": "the database does not answer"})
    await database.close()


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "ключ"])
async def test_without_the_secret_nothing_is_taken(
    desk: Desk, web: httpx.AsyncClient, secret: str | None
):
    headers = {} if secret is None else {SECRET_HEADER.encode(): secret.encode()}
    answer = await web.post("/telegram", json={"update_id": 1}, headers=headers)
    assert answer.status_code == 403
    assert desk.taken == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"update_id": 5}', 200),
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b'{"update_id": "5"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": -1}', 400),
        (b"[" * 200_000, 400),
        (b'{"update_id": 5, "x": "' + b"a" * LARGEST_UPDATE + b'"}', 413),
    ],
    ids=lambda value: str(value)[:24],
)
async def test_what_is_no_update_is_refused(
    desk: Desk, web: httpx.AsyncClient, body: bytes, status: int
):
    answer = await web.post("/telegram", content=body, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == status
    assert desk.taken == ([5] if status == 200 else [])


async def test_what_could_not_be_kept_has_to_come_again(desk: Desk, web: httpx.AsyncClient):
    desk.is_broken = True
    answer = await web.post("/telegram", json={"update_id": 5}, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 503


async def test_who_closes_takes_nothing_more_and_telegram_keeps_it(
    desk: Desk, web: httpx.AsyncClient
):
    desk.surface.close()
    answer = await web.post("/telegram", json={"update_id": 5}, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 503


async def test_a_port_that_is_taken_is_said_so_in_one_line(desk: Desk):
    async with TestServer(desk.surface.application()) as server:
        with pytest.raises(PortTaken, match="change HTTP_HOST or HTTP_PORT"):
            async with serving(desk.surface, "127.0.0.1", server.port):
                pass
    async with serving(desk.surface, "127.0.0.1", None):
        pass
