"""The line to Telegram: PTB's requests over aiohttp, with errors that say what is known."""

import json
import logging
import ssl
from base64 import b64encode
from functools import cache
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from telegram import Update
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

POOL = 16
CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 25.0
"""Shorter ones only turn slow answers into "may have arrived"."""


class Unsent(NetworkError):
    """No connection came about: Telegram cannot have seen the request."""


class TelegramRequest(HTTPXRequest):
    """PTB's own request class on aiohttp's connections.

    The transport calls every lost connection a connect timeout, also one that broke after the
    request had left; and PTB's polling repeats at once whatever "timed out". So the error is named
    anew by what aiohttp saw.
    """

    def __init__(
        self, read_timeout: float = READ_TIMEOUT, pool: int = POOL, proxy: str | None = None
    ) -> None:
        self._through = _proxy(proxy) if proxy else None
        super().__init__(
            connection_pool_size=pool,
            read_timeout=read_timeout,
            write_timeout=READ_TIMEOUT,
            connect_timeout=CONNECT_TIMEOUT,
            pool_timeout=CONNECT_TIMEOUT,
        )

    def _build_client(self) -> httpx.AsyncClient:
        # A closed transport stays closed: each client has its own. No proxy of the environment.
        limits = self._client_kwargs["limits"]
        transport = AiohttpTransport(
            verify=_tls(), limits=limits, trust_env=False, proxy=self._through
        )
        return httpx.AsyncClient(
            timeout=self._client_kwargs["timeout"], transport=transport, trust_env=False
        )

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make the request.

        Raises:
            Unsent: There was no connection.
            TimedOut: The answer did not come in time.
            NetworkError: The connection broke after the request had, or may have, left.
        """
        try:
            return await super().do_request(*args, **kwargs)
        except NetworkError as error:
            # Not chained: the texts of aiohttp's errors hold the address, and that holds the token.
            raise _named(error) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. PTB's own way of it logs the whole of an answer that is no JSON.

        Raises:
            TelegramError: The answer is not what Telegram sends.
        """
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


class UpdatesRequest(TelegramRequest):
    """The line for updates: one that PTB cannot decode comes through as an empty one.

    PTB would fetch such an update again and again, for ever, and handle no later one. Telegram's
    API is ahead of PTB's, so that this is a matter of time.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer.

        Raises:
            TelegramError: The answer is not what Telegram sends.
        """
        answer = TelegramRequest.parse_json_payload(payload)
        updates = answer.get("result")
        if isinstance(updates, list):
            answer["result"] = [_decodable(one) for one in updates if _is_numbered(one)]
        return answer


def _is_numbered(update: Any) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _decodable(update: dict[str, Any]) -> dict[str, Any]:
    number = update["update_id"]
    try:
        Update.de_json(update, None)
    except Exception as error:
        # Whatever is wrong with it: it is confirmed with its neighbours, and polling goes on.
        log.warning("update %d cannot be decoded (%s)", number, type(error).__name__)
        return {"update_id": number}
    return update


def _proxy(address: str) -> httpx.Proxy:
    """Put a password into the header: aiohttp's own way of handing it over is deprecated."""
    proxy = httpx.Proxy(address)
    if proxy.auth is None:
        return proxy
    told = b64encode(":".join(proxy.auth).encode()).decode()
    return httpx.Proxy(proxy.url, headers={"Proxy-Authorization": f"Basic {told}"})


@cache
def _tls() -> ssl.SSLContext:
    # Reading the certificates takes some hundredths of a second: once is enough.
    return httpx.create_ssl_context(trust_env=False)


def _named(error: NetworkError) -> NetworkError:
    seen = error.__cause__.__cause__ if error.__cause__ else None
    match seen:
        case aiohttp.ClientConnectorError():
            return Unsent(_plain(seen))
        case aiohttp.ConnectionTimeoutError():
            return Unsent("no connection in time")
        case TimeoutError():
            return TimedOut("no answer in time")
        case Exception():
            return NetworkError(f"the connection broke ({type(seen).__name__})")
        case _:
            return error


def _plain(error: aiohttp.ClientConnectorError) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"the name {error.host} cannot be resolved"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"no secure connection to {error.host} ({type(error).__name__})"
    return f"{error.host} does not answer ({error.strerror or 'no connection'})"
