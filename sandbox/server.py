"""The sandbox as one server: a local Telegram, its chat page and its sample feeds."""

import asyncio
import logging
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

import msgspec
from aiohttp import web

from sandbox import bodies
from sandbox.api import BotApi
from sandbox.calls import Calls
from sandbox.control import Control
from sandbox.faults import Faults
from sandbox.files import LARGEST_UPLOAD
from sandbox.guard import guard
from sandbox.hooks import Hooks
from sandbox.newsroom.site import Newsroom
from sandbox.polling import Polling
from sandbox.site import Site
from sandbox.stage import Stage
from sandbox.stream import Stream
from sandbox.values import Clock, Json, Sleep
from sandbox.world import World

log = logging.getLogger(__name__)

PORT = 8081
_ROOM_FOR_FIELDS = 1024 * 1024


class PortTaken(Exception):
    """Somebody else listens there already; the text says what to do."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Sandbox:
    """A local Telegram on loopback: `async with Sandbox(port=0) as sandbox`.

    Raises:
        PortTaken: when entered and the port cannot be had.
    """

    port: int = PORT
    """0 takes a free one; afterwards it is the one that was taken."""
    host: str = "127.0.0.1"
    clock: Clock = _now
    sleep: Sleep = asyncio.sleep
    calls: Calls = field(init=False, default_factory=Calls)
    faults: Faults = field(init=False, default_factory=Faults)
    stream: Stream = field(init=False, default_factory=Stream)
    world: World = field(init=False)
    stage: Stage = field(init=False)
    newsroom: Newsroom = field(init=False)
    api: BotApi = field(init=False)
    _polling: Polling = field(init=False)
    _hooks: Hooks = field(init=False)
    _runner: web.AppRunner = field(init=False)

    async def __aenter__(self) -> Self:
        """Listens from now on."""
        listening = _listen(self.host, self.port)
        self.port = listening.getsockname()[1]
        self.build()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()
        self._hooks.begin()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Lets everybody go and closes the port."""
        self.stream.end()
        self._polling.end()
        await self._hooks.end()
        await self._runner.cleanup()

    def build(self) -> None:
        """Makes the world without listening: who calls `api.call` needs no connection."""
        self.world = World(clock=self.clock, listeners=[self.stream.tell])
        self.stage = Stage(world=self.world, calls=self.calls, faults=self.faults)
        self.newsroom = Newsroom(self.base_url, self.clock)
        self._polling = Polling(self.world)
        self._hooks = Hooks(self.world, self.faults, self.sleep)
        self.api = BotApi(
            world=self.world,
            calls=self.calls,
            faults=self.faults,
            polling=self._polling,
            sleep=self.sleep,
        )

    def _app(self) -> web.Application:
        app = web.Application(
            middlewares=[guard(self.host)], client_max_size=LARGEST_UPLOAD + _ROOM_FOR_FIELDS
        )
        for part in (
            self.api,
            Control(self.stage, self.newsroom.restart),
            self.newsroom,
            Site(self.world, self.stream),
        ):
            app.add_routes(part.routes())
        return app

    @property
    def base_url(self) -> str:
        """What the bot takes for https://api.telegram.org."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def page_url(self) -> str:
        """Where people chat."""
        return f"{self.base_url}/"

    @property
    def feeds(self) -> tuple[str, ...]:
        """The addresses of the sample feeds."""
        return self.newsroom.feeds

    async def wait_until_polled(self, timeout: float) -> None:  # noqa: ASYNC109 -- a patience
        """Returns when a bot has asked for updates.

        Raises:
            TimeoutError: none has within `timeout` seconds.
        """
        async with asyncio.timeout(timeout):
            await self._polling.begun.wait()

    def say(self, user: int | Json, text: str = "", **more: Any) -> Json:
        """Speaks for a person; the fields of POST /sandbox/say."""
        return self.stage.say(_body(bodies.Say, more | {"user": user, "text": text}))

    def press(self, user: int | Json, message_id: int, data: str, **more: Any) -> Json:
        """Presses a button; the fields of POST /sandbox/press."""
        given = {"user": user, "message_id": message_id, "data": data}
        return self.stage.press(_body(bodies.Press, more | given))

    def member(self, chat: int | Json, status: str, **more: Any) -> Json:
        """Changes somebody's standing; the fields of POST /sandbox/member."""
        return self.stage.member(_body(bodies.Member, more | {"chat": chat, "status": status}))

    def topic(self, chat: int | Json, thread: int, **more: Any) -> Json:
        """Opens, closes or deletes a topic; the fields of POST /sandbox/topic."""
        return self.stage.topic(_body(bodies.OpenTopic, more | {"chat": chat, "thread": thread}))

    def fault(self, method: str, **more: Any) -> Json:
        """Plans a fault; the fields of POST /sandbox/faults."""
        return self.stage.fault(_body(bodies.PlannedFault, more | {"method": method}))

    def update(self, raw: Json) -> Json:
        """Hands the bot any update."""
        return self.stage.update(raw)

    def limit(self, **given: Any) -> Json:
        """Counts what is called, strictly; the fields of POST /sandbox/limits."""
        return self.stage.limit(_body(bodies.SetLimits, given))

    @property
    def refused(self) -> int:
        """How many calls were too many since limits were set."""
        return self.world.limits.refused if self.world.limits else 0

    def revoke(self, token: str) -> Json:
        """Makes a token invalid."""
        return self.stage.revoke(bodies.Revoke(token=token))

    def reset(self) -> Json:
        """Everything as on the first day, the sample feeds too."""
        self.newsroom.restart()
        return self.stage.reset()

    def publish(self) -> list[str]:
        """The sample feeds publish what they held back; returns the titles."""
        return [article.title for article in self.newsroom.publish()]


def _body(shape: Any, given: Json) -> Any:
    return msgspec.convert(given, shape)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise PortTaken(
            f"The sandbox cannot listen on {host}:{port}: {error.strerror}. "
            "Stop what is running there, or choose another port."
        ) from error
    return listening


async def serve(port: int = PORT, host: str = "127.0.0.1") -> None:
    """Runs a sandbox until cancelled.

    Raises:
        PortTaken: the port cannot be had.
    """
    async with Sandbox(port=port, host=host) as sandbox:
        log.info("the sandbox's chat page is at %s", sandbox.page_url)
        await asyncio.Event().wait()
