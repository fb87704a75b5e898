"""A web server on loopback whose feeds a test writes and edits."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from aiohttp import web

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def item(
    number: int, title: str, text: str, *, published: datetime = NOW, guid: str | None = None
) -> str:
    """Return one RSS item."""
    return (
        f"<item><guid isPermaLink='false'>{escape(guid or f'item-{number}')}</guid>"
        f"<title>{escape(title)}</title><link>https://news.example/{number}</link>"
        f"<pubDate>{format_datetime(published)}</pubDate>"
        f"<description>{escape(text)}</description></item>"
    )


def rss(items: Iterable[str], title: str = "Zone news") -> bytes:
    """Return an RSS feed of these items."""
    return (
        f"<rss version='2.0'><channel><title>{title}</title><link>https://news.example/</link>"
        f"<description>News</description>{''.join(items)}</channel></rss>"
    ).encode()


class FeedServer:
    """What it serves is in `bodies`, by path; what it was asked is in `requests`."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.statuses: dict[str, int] = {}
        self.requests: list[str] = []
        self.base = ""

    def url(self, path: str) -> str:
        return f"{self.base}{path}"

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(request.path)
        status = self.statuses.get(request.path, 200)
        if request.path not in self.bodies and status == 200:
            return web.Response(status=404)
        body = self.bodies.get(request.path, b"")
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(
            status=status, body=body, content_type="application/rss+xml", headers={"ETag": etag}
        )


@asynccontextmanager
async def serving() -> AsyncIterator[FeedServer]:
    """Open a feed server on a free loopback port."""
    server = FeedServer()
    app = web.Application()
    app.router.add_get("/{path:.*}", server.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert runner.addresses
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
