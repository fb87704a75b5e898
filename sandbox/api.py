"""The Bot API over HTTP: who calls, what goes wrong on purpose, what is answered and noted."""

import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.calls import Calls
from sandbox.faults import Fault, Faults
from sandbox.files import StoredFile
from sandbox.methods import METHODS
from sandbox.methods.elsewhere import ELSEWHERE
from sandbox.parameters import Parameters, decode
from sandbox.polling import Polling
from sandbox.refusal import Refusal, bad_request, not_found, unauthorized
from sandbox.request import read_call
from sandbox.values import Json, Sleep
from sandbox.world import World

TOKEN = re.compile(r"(?P<id>[0-9]{3,16}):[A-Za-z0-9_-]{5,64}")

_NAMES = {name.lower(): name for name in ("getUpdates", *METHODS)}
_ELSEWHERE = {name.lower() for name in ELSEWHERE}
_GATEWAY = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>\r\n"


class Dropped(Exception):
    """The connection is to be cut."""


@dataclass(slots=True, kw_only=True)
class BotApi:
    """Answers /bot<token>/<method> and /file/bot<token>/<path>."""

    world: World
    calls: Calls
    faults: Faults
    polling: Polling
    sleep: Sleep

    def routes(self) -> list[web.RouteDef]:
        """What it answers to."""
        return [
            web.get("/bot{token:[^/]*}/{method:[^/]*}", self.answer),
            web.post("/bot{token:[^/]*}/{method:[^/]*}", self.answer),
            web.get("/file/bot{token:[^/]*}/{path:.+}", self.download),
        ]

    def _authorise(self, request: web.Request) -> None:
        token = request.match_info["token"]
        shape = TOKEN.fullmatch(token)
        if shape is None:
            raise not_found()
        if token in self.world.revoked:
            raise unauthorized()
        self.world.bot.id = int(shape["id"])

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call, from HTTP to HTTP."""
        try:
            self._authorise(request)
            name = _method(request)
            call = await read_call(request)
        except Refusal as refusal:
            self._note(request.match_info["method"], Parameters({}), refusal.code, refusal.json())
            return _response(refusal.code, refusal.json())
        return await self._carry_out(request, name, call)

    async def _carry_out(
        self, request: web.Request, name: str, call: Parameters
    ) -> web.StreamResponse:
        fault = self.faults.take(name, call.values.get("chat_id"))
        status, body = await self._outcome(name, call, fault)
        if request.transport is None or request.transport.is_closing():
            status = 0  # whoever asked has gone
        self._note(name, call, status, body)
        if status == 0:
            return _cut(request)
        if fault is not None and fault.garbage:
            return web.Response(status=status, text="<!-- not what you expect -->")
        return _response(status, body)

    async def call(self, name: str, values: Json) -> tuple[int, Json]:
        """One call without HTTP, for tests in virtual time: the status and the answer's body.

        Status 0 is a connection that was cut.
        """
        call = decode(values)
        fault = self.faults.take(name, call.values.get("chat_id"))
        status, body = await self._outcome(name, call, fault)
        self._note(name, call, status, body)
        return status, body or {}

    async def _outcome(
        self, name: str, call: Parameters, fault: Fault | None
    ) -> tuple[int, Json | None]:
        body = None
        try:
            body = {"ok": True, "result": await self._result(name, call, fault)}
            if fault is not None and fault.drop == "after":
                raise Dropped
        except Refusal as refusal:
            return refusal.code, refusal.json()
        except Dropped:
            return 0, body
        return 200, body

    async def _result(self, name: str, call: Parameters, fault: Fault | None) -> Any:
        if fault is not None:
            await self._suffer(fault, call)
        if self.world.limits is not None:
            now = self.world.clock().timestamp()
            self.world.limits.admit(name, call.values.get("chat_id"), now)
        if name == "getUpdates":
            return await self.polling.get_updates(call)
        return METHODS[name](self.world, call)

    async def _suffer(self, fault: Fault, call: Parameters) -> None:
        if fault.delay:
            await self.sleep(fault.delay)
        if fault.drop == "before":
            raise Dropped
        if fault.migrate_to is not None:
            raise self.world.migrate(call.number("chat_id") or 0, fault.migrate_to)
        refusal = fault.refusal()
        if refusal is not None:
            raise refusal

    def _note(self, name: str, call: Parameters, status: int, body: Json | None) -> None:
        self.calls.add(
            time=self.world.clock().timestamp(),
            method=name,
            chat_id=call.values.get("chat_id"),
            params=call.shown(),
            status=status,
            result=body["result"] if body and body["ok"] else body,
        )

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file, as getFile has named it."""
        try:
            self._authorise(request)
            stored = self.world.files.by_path(request.match_info["path"])
            if stored is None:
                raise bad_request("wrong file path")
        except Refusal as refusal:
            return _response(refusal.code, refusal.json())
        return as_download(stored)


def _method(request: web.Request) -> str:
    """The method's name as Telegram writes it.

    Raises:
        Refusal: there is no such method, or not here.
    """
    asked = request.match_info["method"].lower()
    name = _NAMES.get(asked)
    if name is not None:
        return name
    if asked in _ELSEWHERE:
        raise bad_request("method is not part of the sandbox")
    raise not_found()


def as_download(stored: StoredFile) -> web.Response:
    """A file's bytes, with nothing that a browser could mistake for a page."""
    return web.Response(
        body=stored.content,
        content_type="application/octet-stream",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _response(status: int, body: Json | None) -> web.Response:
    if status in (502, 503, 504):
        # These come from the web server in front, which speaks no JSON.
        words = f"{status} {(body or {}).get('description', '')}"
        return web.Response(status=status, text=_GATEWAY.format(words), content_type="text/html")
    return web.json_response(body, status=status)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
