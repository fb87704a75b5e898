"""Serve the made-up feeds on loopback, each on an address of its own: `-m bench.feed_server N`.

It prints its port when it is ready, and ends when its standard input does. `POST /control` on
127.0.0.1 sets which generation is served and whether validators are.
"""

import asyncio
import gzip
import sys
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from bench.newsstand import compressed, touched

FIRST = (127, 1, 0, 1)
_PER_NET = 250


def address(number: int, port: int) -> str:
    """Return where feed `number` is."""
    return f"http://127.1.{number // _PER_NET}.{number % _PER_NET + 1}:{port}/feed.xml"


class Shelf:
    """What is served now."""

    def __init__(self, feeds: int) -> None:
        self.generation = 0
        self.validators = True
        fresh = set(touched(feeds))
        self._bodies = [compressed(number, 0) for number in range(feeds)]
        self._later: dict[int, tuple[int, bytes]] = {}
        self._next = {number: compressed(number, 1) for number in fresh}

    def body(self, number: int) -> tuple[bytes, str]:
        """Return a feed's compressed bytes and their entity tag."""
        if self.generation > 1:
            return self._of_generation(number, (self.generation + number) // 3)
        changed = self.generation == 1 and number in self._next
        return (self._next if changed else self._bodies)[number], f'"{number}-{int(changed)}"'

    def _of_generation(self, number: int, own: int) -> tuple[bytes, str]:
        """Return a feed as it goes on: from one generation to the next a third of them has news."""
        kept = self._later.get(number)
        if kept is None or kept[0] != own:
            kept = self._later[number] = own, compressed(number, own)
        return kept[1], f'"{number}-{own}"'


class Talk(asyncio.Protocol):
    """One connection: requests one after the other, answers at once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note who is talked to: the address says which feed is meant."""
        self._transport = cast(asyncio.Transport, transport)
        parts = [int(part) for part in transport.get_extra_info("sockname")[0].split(".")]
        self._number = parts[2] * _PER_NET + parts[3] - 1

    def data_received(self, data: bytes) -> None:
        """Answer each request whose head is complete; none has a body."""
        self._heard += data
        while (end := self._heard.find(b"\r\n\r\n")) >= 0:
            head, self._heard = self._heard[:end].decode("latin-1"), self._heard[end + 4 :]
            self._transport.write(self._answer(head))

    def _answer(self, head: str) -> bytes:
        request, *lines = head.split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        path = urlsplit(request.split(" ")[1])
        if path.path == "/control":
            return self._control(dict(parse_qsl(path.query)))
        return self._feed(headers)

    def _control(self, wishes: dict[str, str]) -> bytes:
        self._shelf.generation = int(wishes["generation"])
        self._shelf.validators = wishes["validators"] == "1"
        return b"HTTP/1.1 204 No Content\r\n\r\n"

    def _feed(self, headers: dict[str, str]) -> bytes:
        body, tag = self._shelf.body(self._number)
        if self._shelf.validators and headers.get("if-none-match") == tag:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
        encoding = "Content-Encoding: gzip\r\n"
        if "gzip" not in headers.get("accept-encoding", ""):
            body, encoding = gzip.decompress(body), ""
        validators = f"ETag: {tag}\r\n" if self._shelf.validators else ""
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/xml; charset=utf-8\r\n"
            f"{encoding}{validators}Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


async def serve(feeds: int) -> None:
    """Serve until nobody is there any more."""
    shelf = Shelf(feeds)
    loop = asyncio.get_running_loop()
    # All of 127.0.0.0/8 leads here.
    server = await loop.create_server(lambda: Talk(shelf), "0.0.0.0", 0, backlog=1024)  # noqa: S104
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
