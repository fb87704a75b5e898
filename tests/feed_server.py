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
    number: int,
    title: str,
    text: str,
    *,
    published: datetime = NOW,
    guid: str | None = None,
    link: str | None = None,
) -> str:
    """Return one RSS item."""
    return (
        f"<item><guid isPermaLink='false'>{escape(guid or f'item-{number}')}</guid>"
        f"<title>{escape(title)}</title><link>{link or f'https://news.example/{number}'}</link>"
        f"<pubDate>{format_datetime(published)}</pubDate>"
        f"<description>{escape(text)}</description></item>"
    )


def rss(items: Iterable[str], title: str = "Zone news") -> bytes:
    """Return an RSS feed of these items."""
    return (
        f"<rss version='2.0'><channel><title>{title}</title><link>https://news.example/</link>"
        f"<description>News</description>{''.join(items)}</channel></rss>"
    ).encode()


def article_page(title: str, paragraphs: Iterable[str], published: str = "2026-11-22") -> str:
    """Return an article's page as government sites write them."""
    told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{escape(title)}_City</title>"
        f"<meta name='ArticleTitle' content='{escape(title)}'>"
        f"<meta name='PubDate' content='{published}'><meta name='ContentSource' content='City'>"
        f"</head><body><div class='article'><h1>{escape(title)}</h1>{told}</div></body></html>"
    )


def list_page(links: Iterable[tuple[str, str, str]]) -> str:
    """Return a page that lists publications: address, title and date of each."""
    rows = "".join(
        f"<li><a href='{address}'>{escape(title)}</a><span>{date}</span></li>"
        for address, title, date in links
    )
    return f"<html><head><title>Notices</title></head><body><ul>{rows}</ul></body></html>"


class FeedServer:
    """What it serves is in `bodies`, by path; what it was asked is in `requests`."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.statuses: dict[str, int] = {}
        self.types: dict[str, str] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.requests: list[str] = []
        self.base = ""

    def url(self, path: str, host: int = 1) -> str:
        """Return the address of a path on one of the server's hosts."""
        return f"{self.base.replace('127.0.0.1', f'127.0.0.{host}')}{path}"

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(request.path)
        status = self.statuses.get(request.path, 200)
        if request.path not in self.bodies and status == 200:
            return web.Response(status=404)
        body = self.bodies.get(request.path, b"")
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        if status == 200 and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        headers = {"Content-Type": "application/rss+xml", "ETag": etag}
        if request.path in self.types:
            headers["Content-Type"] = self.types[request.path]
        headers |= self.headers.get(request.path, {})
        return web.Response(status=status, body=body, headers=headers)

    def page(self, path: str, html: str, charset: str = "utf-8") -> str:
        """Serve an HTML page and return its address."""
        self.bodies[path] = html.encode(charset)
        self.types[path] = f"text/html; charset={charset}"
        return self.url(path)


@asynccontextmanager
async def serving(hosts: int = 1) -> AsyncIterator[FeedServer]:
    """Open a feed server on a free loopback port; of several hosts each is asked politely."""
    server = FeedServer()
    app = web.Application()
    app.router.add_get("/{path:.*}", server.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert runner.addresses
    port = runner.addresses[0][1]
    for host in range(2, hosts + 1):
        await web.TCPSite(runner, f"127.0.0.{host}", port).start()
    server.base = f"http://127.0.0.1:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()
