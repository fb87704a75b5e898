"""The bot on one side, people in the sandbox on the other; a test says what happens."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import db.operators
from bot import callback
from bot.app import add_handlers
from bot.context import Tools, equip
from bot.courier import TelegramCourier
from bot.settings import Settings
from bot.telegram import ALLOWED_UPDATES, App, Ended, build, introduce
from bot.workshop import Workshop
from db.engine import Database
from jobs.house import House
from jobs.outbox import Outbox
from sandbox.server import Sandbox
from sources.jail import Jail
from sources.web import Web
from tests.fakes import Clock

TOKEN = "123456:AAthisIsAVerySecretTokenOfTheBot"
OPERATOR: dict[str, Any] = {"id": 1001, "first_name": "Olga", "language_code": "en"}
READER: dict[str, Any] = {"id": 2002, "first_name": "Rui", "language_code": "en"}
GROUP: dict[str, Any] = {"id": -4001, "type": "group", "title": "Zone watchers"}
FORUM: dict[str, Any] = {"id": -1004002, "type": "supergroup", "title": "Forum", "is_forum": True}


@dataclass
class Scene:
    """What a test does and sees."""

    sandbox: Sandbox
    app: App
    tools: Tools
    outbox: Outbox
    clock: Clock
    ended: list[Ended]
    seen: int = 0
    _offset: int | None = field(default=None)

    async def say(self, text: str, user: Any = READER, **more: Any) -> list[str]:
        """Let somebody say something; return what the bot said to it."""
        self.sandbox.say(user, text, **more)
        return [call["params"]["text"] for call in await self.settle("sendMessage")]

    async def press(
        self, data: str, message_id: int, user: Any = READER, **more: Any
    ) -> dict[str, Any]:
        """Let somebody press a button; return the answer that Telegram was given to it."""
        since = self.seen
        self.sandbox.press(user, message_id, data, **more)
        await self.settle()
        answers = self.calls("answerCallbackQuery", since)
        assert len(answers) == 1
        params: dict[str, Any] = answers[0]["params"]
        return params

    async def settle(self, method: str | None = None) -> list[dict[str, Any]]:
        """Let the bot handle what has come; return its calls."""
        since = self.seen
        updates = await self.app.bot.get_updates(
            offset=self._offset, timeout=0, allowed_updates=ALLOWED_UPDATES
        )
        for update in updates:
            self._offset = update.update_id + 1
            await self.app.process_update(update)
        return self.calls(method, since)

    async def deliver(self) -> list[str]:
        """Let the outbox hand over what is due; return what it said."""
        since = self.seen
        await self.outbox.drain()
        return [call["params"]["text"] for call in self.calls("sendMessage", since)]

    def calls(self, method: str | None = None, since: int = 0) -> list[dict[str, Any]]:
        found = [call.json() for call in self.sandbox.calls.find(since=since)]
        self.seen = max([self.seen, *(call["seq"] for call in found)])
        return [call for call in found if method in (None, call["method"])]

    def last_message(self, method: str = "sendMessage") -> dict[str, Any]:
        """Return what the bot said last, with its id and its buttons."""
        call = self.calls(method)[-1]
        return {
            "id": call["result"]["message_id"],
            "params": call["params"],
            "buttons": {one["text"]: one.get("callback_data") for one in _buttons(call)},
        }


@asynccontextmanager
async def opened(database: Database, jail: Jail | None = None) -> AsyncIterator[Scene]:
    """Open a sandbox and a bot in it; with an open jail, one that can read sources too."""
    ended: list[Ended] = []
    clock = Clock()
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(Sandbox(port=0))
        settings = Settings.read(
            {
                "TELEGRAM_BOT_TOKEN": TOKEN,
                "TELEGRAM_API_BASE_URL": sandbox.base_url,
                "ADMIN_IDS": str(OPERATOR["id"]),
                "DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
            }
        )
        async with database.write() as session:
            await db.operators.seed(session, settings.admin_ids, clock())
        web = Web(allow_cidrs=("127.0.0.0/8",))
        if jail is not None:
            await stack.enter_async_context(web)
        app = build(settings, ended.append, _hasty())
        stack.push_async_callback(app.bot.shutdown)
        workshop = await stack.enter_async_context(Workshop())
        clerk = await stack.enter_async_context(Workshop())
        courier = TelegramCourier(app.bot, workshop)
        house = House(database=database, web=web, jail=jail or Jail())
        tools = Tools(
            settings=settings,
            house=house,
            courier=courier,
            clock=clock,
            version="1",
            workshop=workshop,
            clerk=clerk,
        )
        equip(app.bot_data, tools)
        add_handlers(app)
        await introduce(app)
        stack.push_async_callback(app.shutdown)
        outbox = Outbox(database, courier, clock, owner="test")
        scene = Scene(sandbox, app, tools, outbox, clock, ended)
        scene.calls()
        yield scene
        assert unreadable_buttons(scene.calls()) == []


def unreadable_buttons(calls: list[dict[str, Any]]) -> list[str]:
    """Return the data of shown buttons that the bot itself would call invalid when pressed."""
    shown = (one for call in calls for one in _buttons(call))
    said = (one["callback_data"] for one in shown if "callback_data" in one)
    return [data for data in said if callback.read(data) is None]


def _buttons(call: dict[str, Any]) -> list[dict[str, Any]]:
    markup = call["params"].get("reply_markup") or {}
    keyboard = json.loads(markup) if isinstance(markup, str) else markup
    return [one for row in keyboard.get("inline_keyboard", ()) for one in row]


def _hasty() -> Callable[[], float]:
    """Give a clock by which every chat has been quiet long enough."""
    moments = count(0, 5)
    return lambda: float(next(moments))
