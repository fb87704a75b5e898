"""The sample feeds and article pages over HTTP, with conditional GET and a log of readings."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from sandbox.newsroom import markup
from sandbox.newsroom.edition import FEEDS, Edition, SampleArticle, SampleFeed, latest
from sandbox.values import Clock

_BY_NAME = {feed.name: feed for feed in FEEDS}


@dataclass(slots=True)
class Newsroom:
    """The sample sources: what they publish, and who has read them."""

    base_url: str
    clock: Clock
    edition: Edition = field(init=False)
    readings: Counter[str] = field(default_factory=Counter)
    """How often each feed was asked for, by name."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Starts with the backlog."""
        self.restart()

    def restart(self) -> None:
        """Back to the backlog, dated from now; nobody has read anything."""
        self.edition = Edition(self.clock())
        self.readings.clear()

    @property
    def feeds(self) -> tuple[str, ...]:
        """The feeds' addresses."""
        return tuple(f"{self.base_url}/feeds/{feed.name}.xml" for feed in FEEDS)

    def publish(self) -> list[SampleArticle]:
        """Each feed gets its new article; returns them."""
        return self.edition.publish(self.clock())

    async def wait_until_read(
        self,
        timeout: float,  # noqa: ASYNC109 -- says in one word how patient the caller is
        since: Mapping[str, int] | None = None,
    ) -> None:
        """Returns when every feed has been asked for, at least once more than `since` says.

        Raises:
            TimeoutError: not within `timeout` seconds.
        """
        async with asyncio.timeout(timeout):
            while self.unread(since):
                await self._news.wait()

    def unread(self, since: Mapping[str, int] | None = None) -> list[str]:
        """Feeds that nobody has asked for (`since` then: earlier counts of readings)."""
        before = since or {}
        return [f.name for f in FEEDS if self.readings[f.name] <= before.get(f.name, 0)]

    def routes(self) -> list[web.RouteDef]:
        """What it answers to."""
        return [
            web.get("/feeds/{name}.xml", self.serve_feed),
            web.get("/articles/{slug}", self.serve_article),
        ]

    async def serve_feed(self, request: web.Request) -> web.Response:
        """A feed; 304 where the reader has it already."""
        feed = _BY_NAME.get(request.match_info["name"])
        if feed is None:
            raise web.HTTPNotFound
        self._note(feed)
        articles = self.edition.feed(feed.name)
        body = markup.document(feed, articles, self.base_url).encode()
        response = web.Response(body=body, content_type=f"application/{feed.dialect}+xml")
        response.charset = "utf-8"
        response.etag = hashlib.sha256(body).hexdigest()[:16]
        response.last_modified = latest(articles)
        return web.Response(status=304) if _is_known(request, response) else response

    def _note(self, feed: SampleFeed) -> None:
        self.readings[feed.name] += 1
        self._news.set()
        self._news = asyncio.Event()

    async def serve_article(self, request: web.Request) -> web.Response:
        """An article's page."""
        article = self.edition.article(request.match_info["slug"])
        if article is None:
            raise web.HTTPNotFound
        text = markup.page(article, _BY_NAME[article.feed])
        return web.Response(text=text, content_type="text/html")


def _is_known(request: web.Request, response: web.Response) -> bool:
    """Whether the reader's conditions are met; the tag counts more than the date (RFC 9110)."""
    if request.if_none_match is not None:
        known = {tag.value for tag in request.if_none_match}
        return bool(response.etag and response.etag.value in known) or "*" in known
    since: datetime | None = request.if_modified_since
    changed = response.last_modified
    return since is not None and changed is not None and changed <= since
