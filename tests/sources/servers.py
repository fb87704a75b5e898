"""Servers on loopback: honest ones, and ones that say exactly the bytes they are told to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ssl import SSLContext

Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """Where it listens, what it was asked, and when."""

    address: str
    port: int
    heads: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    open: int = 0
    most_open: int = 0

    def url(self, path: str = "/") -> str:
        return f"http://{self.address}:{self.port}{path}"

    def header(self, name: str, request: int = -1) -> str | None:
        for line in self.heads[request].splitlines()[1:]:
            key, _, value = line.partition(": ")
            if key.lower() == name.lower():
                return value
        return None

    @property
    def paths(self) -> list[str]:
        return [head.split()[1] for head in self.heads]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Put an honest answer together; `content_type="…"` becomes `Content-Type: …`."""
    named = {key.replace("_", "-").title(): value for key, value in headers.items()}
    named.setdefault("Content-Length", str(len(body)))
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items())]
    return (
        "\r\n".join([*lines, "Connection: close", "", ""]).encode("utf-8", "surrogateescape") + body
    )


@asynccontextmanager
async def serving(
    *answers: bytes | Talk,
    routes: Mapping[str, bytes | Talk] | None = None,
    address: str = "127.0.0.1",
    ssl: SSLContext | None = None,
) -> AsyncIterator[Server]:
    """Serve the answers in turn (the last one for ever), or one for each path."""
    server = Server(address, 0)
    queue = list(answers)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.open += 1
        server.most_open = max(server.most_open, server.open)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            server.heads.append(head)
            server.times.append(asyncio.get_running_loop().time())
            await _say(writer, _next(head.split()[1], queue, routes or {}))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # The client left, or the test is over: nothing to tell any more.
        finally:
            server.open -= 1
            writer.close()

    listener = await asyncio.start_server(talk, address, 0, ssl=ssl)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()


def _next(path: str, queue: list[bytes | Talk], routes: Mapping[str, bytes | Talk]) -> bytes | Talk:
    if path in routes:
        return routes[path]
    if not queue:
        return answer(b"no such path", "404 Not Found")
    return queue.pop(0) if len(queue) > 1 else queue[0]


async def _say(writer: asyncio.StreamWriter, what: bytes | Talk) -> None:
    if callable(what):
        await what(writer)
    else:
        writer.write(what)
        await writer.drain()
