"""The web, as far as we may see it: the one place that connects to the outside."""

import asyncio
import socket
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from sources.answer import PAGES, PERMANENT, REDIRECTS, Answer, judge
from sources.gate import Gate, Refused, gate
from sources.inflate import Inflater, TooLarge, Undecodable
from sources.names import Lookup, Names
from sources.page import Page
from sources.politeness import Politeness
from sources.proxy import Proxy
from sources.proxy import proxy as proxy_at
from sources.trip import Trip

USER_AGENT = f"Pilotwatch/{version('pilotwatch')} (feed reader)"
LARGEST = 5 * 1024 * 1024
"""Bytes of a page, before and after inflating."""

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_LONGEST_HEADER = 32 * 1024  # bytes; security policies alone pass 8 KiB on real sites
_LARGEST_REFUSAL = 64 * 1024  # bytes read of a page that comes with an error status


class Web:
    """Fetches pages politely, within bounds, from public machines only.

    Use as an async context manager.

    Args:
        allow_cidrs: Private networks that may be read too, on any port.
        user_agent: How we introduce ourselves.
        deadline: Seconds for one fetch in all, redirects included; waiting for a turn is not.
        connect: Seconds of these for one connection.
        largest: Bytes of a page, before and after inflating.
        at_once: Requests at the same time, to all hosts together.
        pause: Seconds between two requests to one host.
        lookup: How names become addresses; the system's resolver by default.
        proxy: The address of an HTTP proxy that everything goes through. It looks names up by
            itself, and so is trusted not to lead into private networks; what can be known of a
            name here is checked all the same.

    Raises:
        ValueError: One of `allow_cidrs` is not a network, or `proxy` not a proxy's address.
    """

    def __init__(
        self,
        *,
        allow_cidrs: Iterable[str] = (),
        user_agent: str = USER_AGENT,
        deadline: float = 30.0,
        connect: float = 10.0,
        largest: int = LARGEST,
        at_once: int = 32,
        pause: float = 0.5,
        lookup: Lookup | None = None,
        proxy: str | None = None,
    ) -> None:
        self._gate = gate(allow_cidrs)
        self._user_agent = user_agent
        self._deadline = deadline
        self._connect = connect
        self._largest = largest
        self._politeness = Politeness(at_once, pause)
        self._lookup = lookup or Names().lookup
        self._proxy = proxy_at(proxy) if proxy else None
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open for fetching."""
        connector = _connector(self._gate, self._lookup, self._proxy)
        self._session = _session(connector, self._user_agent, self._connect, self._proxy)
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Break off whatever is still open."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        body_hash: str | None = None,
    ) -> Page | None:
        """Return the page at an address, or None if it is still what the validators name.

        One whose bytes are those of `body_hash` comes with that hash, and without a body.

        Raises:
            FetchError: There is no page to be had; its line says why.
        """
        trip = Trip(url, self._deadline)
        conditions = _conditions(etag, last_modified)
        answer = await self._ask(trip, conditions, body_hash)
        while answer.status in REDIRECTS:
            location = answer.headers.get("Location", "").strip()
            trip.follow(location, permanent=answer.status in PERMANENT)
            conditions = {}  # they belong to the first address alone
            answer = await self._ask(trip, conditions, body_hash)
        return judge(trip, answer, conditional=bool(conditions))

    async def _ask(self, trip: Trip, conditions: Mapping[str, str], known: str | None) -> Answer:
        with trip.explaining(self._largest):
            trip.go(self._gate.address(trip.next))
            async with self._politeness.turn(trip.host):
                start = _now()
                try:
                    async with asyncio.timeout(trip.left):
                        return await self._exchange(trip.url, conditions, known)
                finally:
                    trip.left -= _now() - start

    async def _exchange(self, url: URL, conditions: Mapping[str, str], known: str | None) -> Answer:
        if self._session is None:
            raise RuntimeError("Web fetches only within `async with`")
        if self._proxy is not None:
            await self._check(url)
        request = self._session.get(url, headers=conditions, allow_redirects=False)
        async with request as response:
            try:
                body, body_hash = await self._body(response, known)
            finally:
                response.close()
            return Answer(response.status, response.headers, body, body_hash)

    async def _check(self, url: URL) -> None:
        """Judge where the proxy is going to lead us, as far as it can be told from here."""
        host, port = url.host or "", url.port or 0
        try:
            found = [host] if _is_literal(host) else await self._lookup(host, port)
        except OSError:
            self._gate.port(port)  # Names that only the proxy can look up are why it is there.
            return
        for ip in found:
            self._gate.connection(host, ip, port)

    async def _body(self, response: aiohttp.ClientResponse, known: str | None) -> tuple[bytes, str]:
        if response.status in PAGES:
            return await _read(response, self._largest, known)
        if response.status in REDIRECTS or response.status == 304:
            return b"", ""
        try:
            return await _read(response, min(self._largest, _LARGEST_REFUSAL))
        except (TooLarge, Undecodable, aiohttp.ClientPayloadError):
            return b"", ""  # The status says enough; the body could only tell a challenge.


async def _read(
    response: aiohttp.ClientResponse, largest: int, known: str | None = None
) -> tuple[bytes, str]:
    """Return a body and its hash; what is known by its hash is not even inflated."""
    if (response.content_length or 0) > largest:
        raise TooLarge
    encodings = ",".join(response.headers.getall("Content-Encoding", []))
    inflater = Inflater(encodings, largest)
    sent = bytearray()
    async for chunk in response.content.iter_any():
        sent += chunk
        if len(sent) > largest:
            raise TooLarge
    sent_hash = sha256(sent).hexdigest()
    if known and known.endswith(f".{sent_hash}"):
        return b"", known
    body = b"".join(inflater.feed(bytes(sent)))
    if not inflater.complete:
        raise aiohttp.ClientPayloadError("the compressed page ends in the middle")
    return body, f"{sha256(body).hexdigest()}.{sent_hash}"


def _session(
    connector: aiohttp.TCPConnector, user_agent: str, connect: float, proxy: Proxy | None
) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        proxy=proxy.url if proxy else None,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,  # Inflater knows the bound, aiohttp does not
        timeout=aiohttp.ClientTimeout(total=None, connect=connect, sock_connect=connect),
        headers={
            "User-Agent": user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        },
        max_line_size=_LONGEST_HEADER,
        max_field_size=_LONGEST_HEADER,
    )


def _connector(guarding: Gate, lookup: Lookup, proxy: Proxy | None) -> aiohttp.TCPConnector:
    return aiohttp.TCPConnector(
        resolver=_Resolver(guarding, lookup, proxy),
        socket_factory=_sockets(guarding, proxy),
        use_dns_cache=False,  # every connection is judged by the addresses of its moment
        force_close=True,
        limit=0,  # Politeness is the limit
    )


def _sockets(guarding: Gate, proxy: Proxy | None) -> Callable[[Any], socket.socket]:
    def open_socket(info: Any) -> socket.socket:
        # The last word, on the very machine that is connected to: literals do not pass the
        # resolver, and nothing can change between this look and the connection.
        family, kind, protocol, _, (ip, port, *_) = info
        if proxy is None:
            guarding.connection(ip, ip, port)
        else:
            proxy.check(ip, port)
        return socket.socket(family, kind, protocol)

    return open_socket


class _Resolver(AbstractResolver):
    """Refuses a name as soon as one of its addresses is refused."""

    def __init__(self, guarding: Gate, lookup: Lookup, proxy: Proxy | None) -> None:
        self._gate = guarding
        self._lookup = lookup
        self._proxy = proxy

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002  # aiohttp's signature
    ) -> list[ResolveResult]:
        if self._proxy is not None and self._proxy.is_at(host, port):
            found = await self._proxys(self._proxy)
        else:
            found = await self._lookup(host, port)
            for ip in found:
                self._gate.connection(host, ip, port)
        return [_resolved(host, ip, port) for ip in found]

    async def _proxys(self, proxy: Proxy) -> list[str]:
        try:
            found = list(await self._lookup(proxy.host, proxy.url.port or 0))
        except OSError as error:
            reason = "The name of the proxy (FETCH_PROXY) is not known."
            raise Refused("proxy", reason) from error
        proxy.found_at(found)
        return found

    async def close(self) -> None:
        """There is nothing to close."""


def _resolved(host: str, ip: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=ip,
        port=port,
        family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
        proto=0,
        flags=socket.AI_NUMERICHOST,
    )


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in conditions.items() if value}


def _is_literal(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _now() -> float:
    return asyncio.get_running_loop().time()
