"""/sandbox over HTTP: speak for people, break things, see what was called."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from sandbox import bodies
from sandbox.acts import Impossible
from sandbox.refusal import Refusal
from sandbox.stage import Stage
from sandbox.values import Json

Body = TypeVar("Body", bound=msgspec.Struct)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_NUMBER = re.compile(r"-?[0-9]{1,18}")


@dataclass(slots=True)
class Control:
    """Answers the addresses under /sandbox."""

    stage: Stage
    on_reset: Callable[[], None]

    def routes(self) -> list[web.RouteDef]:
        """What it answers to."""
        stage = self.stage
        return [
            web.get("/sandbox/calls", self.calls),
            web.post("/sandbox/say", _taking(bodies.Say, stage.say)),
            web.post("/sandbox/press", _taking(bodies.Press, stage.press)),
            web.post("/sandbox/member", _taking(bodies.Member, stage.member)),
            web.post("/sandbox/topic", _taking(bodies.OpenTopic, stage.topic)),
            web.post("/sandbox/faults", _taking(bodies.PlannedFault, stage.fault)),
            web.post("/sandbox/limits", _taking(bodies.SetLimits, stage.limit)),
            web.post("/sandbox/revoke", _taking(bodies.Revoke, stage.revoke)),
            web.post("/sandbox/update", self.update),
            web.post("/sandbox/reset", self.reset),
        ]

    async def calls(self, request: web.Request) -> web.Response:
        """GET /sandbox/calls?method=&chat=&since=: calls after number `since`, oldest first."""
        since = request.query.get("since") or "0"
        if not _NUMBER.fullmatch(since):
            return _wrong(f"since is the seq of a call, a whole number, not {since!r}")
        chat = request.query.get("chat") or None
        found = self.stage.calls.find(
            method=request.query.get("method") or None,
            chat=int(chat) if chat and _NUMBER.fullmatch(chat) else chat,
            since=int(since),
        )
        return web.json_response({"calls": [call.json() for call in found]})

    async def update(self, request: web.Request) -> web.Response:
        """POST /sandbox/update."""
        return await _answer(request, Any, self.stage.update)

    async def reset(self, _: web.Request) -> web.Response:
        """POST /sandbox/reset; a body is not needed."""
        answer = self.stage.reset()
        self.on_reset()
        return web.json_response(answer)


def _taking(shape: type[Body], act: Callable[[Body], Json]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        return await _answer(request, shape, act)

    return handle


async def _answer(request: web.Request, shape: Any, act: Callable[[Any], Json]) -> web.Response:
    try:
        body = msgspec.json.decode(await request.read(), type=shape)
        return web.json_response(act(body))
    except msgspec.DecodeError as error:  # a ValidationError is one, too
        return _wrong(f"{request.path}: {error}")
    except Impossible as reason:
        return _wrong(f"{request.path}: {reason}")
    except Refusal as refusal:
        return _wrong(f"{request.path}: {refusal.description}")


def _wrong(line: str) -> web.Response:
    return web.json_response({"ok": False, "error": line}, status=400)
