"""The small HTTP surface, off by default: is the bot well, how it does, Telegram's webhook."""

import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.health import Look
from bot.metrics import CONTENT_TYPE, Instruments
from db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

LARGEST_UPDATE = 1024 * 1024
"""Bytes; Telegram's updates stay far below it."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
CLOSING = 2.0
"""Seconds that requests get to come to their end."""

Taker = Callable[[dict[str, Any], str], Awaitable[None]]
"""Takes an update, and as it was written; raises DatabaseUnavailable where it cannot."""


class PortTaken(Exception):
    """The address cannot be listened on; the text says what to do."""


class Surface:
    """Answers /healthz and /metrics, and /telegram where there is a secret for it."""

    def __init__(
        self,
        look: Look,
        instruments: Instruments | None = None,
    ) -> None:
        self._look = look
        self._instruments = instruments
        self._taker: Taker | None = None
        self._secret = b""

    def take_updates(self, taker: Taker, secret: str) -> None:
        """Hand updates over that come with this secret; before that none is taken."""
        self._taker = taker
        self._secret = secret.encode()

    def close(self) -> None:
        """Take no more updates: Telegram keeps them, and brings them after a restart."""
        self._taker = None

    def application(self) -> web.Application:
        """Return what a server serves."""
        app = web.Application(client_max_size=LARGEST_UPDATE)
        app.add_routes([web.get("/healthz", self.health), web.post("/telegram", self.update)])
        if self._instruments is not None:
            app.add_routes([web.get("/metrics", self.metrics)])
        return app

    async def health(self, _: web.Request) -> web.Response:
        """Say 200, or 503 with every reason; never more than a passer-by may know."""
        if troubles := await self._look():
            return web.json_response({"status": "; ".join(troubles)}, status=503)
        return web.json_response({"status": "ok"})

    async def metrics(self, _: web.Request) -> web.Response:
        """Say how the work goes, in numbers."""
        if self._instruments is None:
            raise web.HTTPNotFound
        try:
            text = await self._instruments.text()
        except DatabaseUnavailable:
            raise web.HTTPServiceUnavailable from None
        return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})

    async def update(self, request: web.Request) -> web.Response:
        """Take an update; whoever does not know the secret is not even read."""
        if self._taker is None:
            raise web.HTTPServiceUnavailable if self._secret else web.HTTPNotFound
        said = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(said, self._secret):
            log.warning("somebody without the secret called the webhook")
            raise web.HTTPForbidden
        update, written = _read(await request.read())
        try:
            await self._taker(update, written)
        except DatabaseUnavailable:
            # Telegram brings it again.
            raise web.HTTPServiceUnavailable from None
        return web.Response()


def _read(body: bytes) -> tuple[dict[str, Any], str]:
    try:
        written = body.decode()
        update = json.loads(written)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest from None
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 1 << 52:
        raise web.HTTPBadRequest
    return update, written


@asynccontextmanager
async def serving(surface: Surface, host: str, port: int | None) -> AsyncIterator[None]:
    """Listen until the block ends; without a port there is nothing to do.

    Raises:
        PortTaken: The address cannot be had.
    """
    if port is None:
        yield
        return
    runner = web.AppRunner(surface.application(), access_log=None, shutdown_timeout=CLOSING)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise PortTaken(
                f"Nothing can be served on {host}:{port} ({error.strerror}); "
                "stop what is running there, or change HTTP_HOST or HTTP_PORT."
            ) from None
        log.info("serving on http://%s:%d", host, port)
        yield
    finally:
        await runner.cleanup()
