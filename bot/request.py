"""The line to Telegram: PTB's requests over aiohttp, with errors that say what is known.

PTB's own request class falls to some eighty messages a second where many are on their way at once
(its pool looks through all connections at each request); aiohttp's does not
(docs/decisions/0015-line-to-telegram.md).
"""

import json
import logging
import ssl
from base64 import b64encode
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import aiohttp
import certifi
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.decoding import trouble_with

log = logging.getLogger(__name__)

POOL = 16
CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 25.0
"""Shorter ones only turn slow answers into "may have arrived"."""
UPLOAD_TIMEOUT = 300.0
"""Seconds for a request with a file: 50 MB, Telegram's bound, over a slow line."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": BaseRequest.USER_AGENT}
_FILE = {"User-Agent": BaseRequest.USER_AGENT}


class Unsent(NetworkError):
    """No connection came about: Telegram cannot have seen the request."""


class TelegramRequest(BaseRequest):
    """One line to Telegram, with at most `pool` requests on their way.

    Args:
        read_timeout: Seconds that an answer may take.
        pool: Connections at most.
        proxy: The address of an HTTP proxy, with a name and a password if it wants them.
    """

    def __init__(
        self, read_timeout: float = READ_TIMEOUT, pool: int = POOL, proxy: str | None = None
    ) -> None:
        self._read_timeout = read_timeout
        self._pool = pool
        self._proxy = _proxy(proxy) if proxy else _NO_PROXY
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take where nothing else is asked for."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the line; nothing is connected yet."""
        self._line()

    async def shutdown(self) -> None:
        """Close the line."""
        if self._session is not None:
            await self._session.close()
        self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """Make the request.

        Raises:
            Unsent: There was no connection.
            TimedOut: The answer did not come in time.
            NetworkError: The connection broke after the request had, or may have, left.
        """
        carries_file = request_data is not None and request_data.contains_files
        patience = self._patience(read_timeout, carries_file=carries_file)
        try:
            async with self._line().request(
                method,
                url,
                data=_body(request_data),
                headers=_FILE if carries_file else _FORM,
                timeout=patience,
                allow_redirects=False,
                proxy=self._proxy.address,
                proxy_headers=self._proxy.headers,
            ) as response:
                payload = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # Not chained: the texts of aiohttp's errors hold the address, and that holds the token.
            raise _named(error) from None
        self._heard(response)
        return response.status, payload

    def _heard(self, response: aiohttp.ClientResponse) -> None:
        """Take note of an answer; there is nothing to note."""

    def _line(self) -> aiohttp.ClientSession:
        if self._session is None:
            # No proxy of the environment; cookies are for browsers.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool, ssl=_tls()),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    def _patience(self, asked: Any, *, carries_file: bool) -> aiohttp.ClientTimeout:
        read = self._read_timeout if asked is self.DEFAULT_NONE else asked
        # An answer that comes byte by byte must come to its end, too.
        whole = UPLOAD_TIMEOUT if carries_file else None if read is None else read + CONNECT_TIMEOUT
        return aiohttp.ClientTimeout(
            total=whole, connect=CONNECT_TIMEOUT, sock_connect=CONNECT_TIMEOUT, sock_read=read
        )

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
    """The update, or no more than its number: so it is confirmed with its neighbours."""
    return {"update_id": update["update_id"]} if trouble_with(update) else update


def _body(given: RequestData | None) -> bytes | aiohttp.FormData | None:
    if given is None:
        return None
    if not given.contains_files:
        # A sixth of the time that urllib takes, which was the dearest part of a message.
        return URL.build(path="/", query=given.json_parameters).raw_query_string.encode()
    # Names of files as they are, as browsers send them: Telegram shows what it is told.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in given.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in given.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


class _Proxy(NamedTuple):
    address: str | None
    headers: dict[str, str] | None


_NO_PROXY = _Proxy(None, None)


def _proxy(address: str) -> _Proxy:
    """Put a password into the header: aiohttp's own way of handing it over is deprecated."""
    parts = urlsplit(address)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    if parts.username is None:
        return _Proxy(bare, None)
    said = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return _Proxy(bare, {"Proxy-Authorization": f"Basic {b64encode(said.encode()).decode()}"})


@cache
def _tls() -> ssl.SSLContext:
    # Reading the certificates takes some hundredths of a second: once is enough. The system's
    # own come first (an office may have one of its own); some systems have none.
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _named(error: Exception) -> NetworkError:
    match error:
        case aiohttp.ClientConnectorError():
            return Unsent(_plain(error))
        case aiohttp.ClientHttpProxyError():
            return Unsent(f"the proxy refuses to connect ({error.status})")
        case aiohttp.ConnectionTimeoutError():
            return Unsent("no connection in time")
        case TimeoutError():
            return TimedOut("no answer in time")
        case _:
            return NetworkError(f"the connection broke ({type(error).__name__})")


def _plain(error: aiohttp.ClientConnectorError) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"the name {error.host} cannot be resolved"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"no secure connection to {error.host} ({type(error).__name__})"
    return f"{error.host} does not answer ({error.strerror or 'no connection'})"
