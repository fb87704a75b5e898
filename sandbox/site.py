"""The chat page over HTTP: its files, the state of the world, and the stream of news."""

import asyncio
import json
from dataclasses import dataclass
from importlib.resources import files

from aiohttp import web

from sandbox.api import as_download
from sandbox.cast import OPERATOR_ID
from sandbox.guard import POLICY
from sandbox.people import Chat, Person
from sandbox.stream import Stream
from sandbox.values import Json
from sandbox.world import World

_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}
_SHOWN_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
_HEARTBEAT = 15.0
"""Seconds; an idle stream says a word now and then, so that a dead one is noticed."""


@dataclass(slots=True)
class Site:
    """Answers / and everything under /page."""

    world: World
    stream: Stream

    def routes(self) -> list[web.RouteDef]:
        """What it answers to."""
        return [
            web.get("/", self.index),
            web.get("/favicon.ico", self.icon),
            web.get("/page/state", self.state),
            web.get("/page/menu", self.menu),
            web.get("/page/events", self.events),
            web.get("/page/files/{file_id}", self.file),
            web.get("/page/{name:[a-z]+[.][a-z]+}", self.asset),
        ]

    async def index(self, _: web.Request) -> web.Response:
        """The page."""
        return _asset("index.html")

    async def icon(self, _: web.Request) -> web.Response:
        """What browsers ask for by themselves."""
        return _asset("icon.svg")

    async def asset(self, request: web.Request) -> web.Response:
        """A file of the page."""
        return _asset(request.match_info["name"])

    async def state(self, _: web.Request) -> web.Response:
        """Everything there is to see; events tell what changes from here on."""
        return web.json_response(
            {
                "bot": self._bot(),
                "people": [_person(p) for p in self.world.people.values() if not p.is_bot],
                "chats": [_chat(chat) for chat in self.world.chats.values()],
            }
        )

    def _bot(self) -> Json:
        texts = self.world.menus
        descriptions = {
            language: text
            for (name, language), text in texts.texts.items()
            if name == "description" and text
        }
        name = texts.text("name", "") or self.world.bot.first_name
        return self.world.bot.json() | {"first_name": name, "descriptions": descriptions}

    async def menu(self, request: web.Request) -> web.Response:
        """The commands that a person sees in a chat."""
        chat = self.world.chats.get(_number(request, "chat"))
        person = self.world.people.get(_number(request, "user"))
        if chat is None or person is None:
            raise web.HTTPNotFound
        commands = self.world.menus.seen(chat, person.id, person.language_code or "")
        return web.json_response({"commands": commands})

    async def file(self, request: web.Request) -> web.Response:
        """A file that was sent: pictures to be seen, everything else to be kept."""
        stored = self.world.files.by_id(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        response = as_download(stored)
        if stored.mime_type in _SHOWN_PICTURES and stored.size:
            response.content_type = stored.mime_type
        else:
            response.headers["Content-Disposition"] = "attachment"
        return response

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events, until either side has had enough."""
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                "Content-Security-Policy": POLICY,
            }
        )
        await response.prepare(request)
        queue = self.stream.watch()
        try:
            await _relay(queue, response)
        except ConnectionError:
            pass  # the page was closed
        finally:
            self.stream.leave(queue)
        return response


async def _relay(queue: asyncio.Queue[Json | None], response: web.StreamResponse) -> None:
    await response.write(b": welcome\n\n")
    while True:
        try:
            async with asyncio.timeout(_HEARTBEAT):
                event = await queue.get()
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if event is None:
            return
        await response.write(f"data: {json.dumps(event)}\n\n".encode())


def _asset(name: str) -> web.Response:
    kind = _TYPES.get(name.rpartition(".")[2])
    path = files("sandbox") / "page" / name
    if kind is None or not path.is_file():
        raise web.HTTPNotFound
    response = web.Response(body=path.read_bytes(), content_type=kind)
    response.charset = "utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _number(request: web.Request, name: str) -> int:
    text = request.query.get(name, "")
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else 0


def _person(person: Person) -> Json:
    return person.json() | {"operator": person.id == OPERATOR_ID}


def _chat(chat: Chat) -> Json:
    topics = [
        {"id": t.id, "name": t.name, "color": t.icon_color, "closed": t.closed}
        for t in chat.topics.values()
    ]
    return chat.json() | {
        "name": chat.name,
        "started": chat.started,
        "bot_status": chat.bot_status,
        "statuses": {str(user): status for user, status in chat.statuses.items()},
        "topics": topics,
        "migrated_to": chat.migrated_to,
        "reply_keyboard": chat.reply_keyboard,
        "messages": list(chat.messages.values()),
    }
