"""Telegram that says yes without a line, a clock that jumps, and what people send."""

import itertools
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.request import BaseRequest, RequestData

from bot.telegram import App


class Yes(BaseRequest):
    """Telegram that takes everything, at once."""

    numbers = itertools.count(1)

    @property
    def read_timeout(self) -> float | None:
        """Nothing takes any time."""
        return 5

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - PTB's signature
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """Answer as Telegram does where all is well."""
        name = url.rpartition("/")[2]
        given = dict(request_data.json_parameters) if request_data else {}
        return 200, json.dumps({"ok": True, "result": self._result(name, given)}).encode()

    def _result(self, name: str, given: dict[str, str]) -> object:
        if name == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Soak", "username": "soak_bot"}
        if not name.startswith(("send", "editMessage")):
            return True
        chat = {"id": int(given.get("chat_id", 1)), "type": "private", "first_name": "A"}
        return {"message_id": next(self.numbers), "date": 0, "chat": chat, "text": "x"}


@dataclass
class Clock:
    """A clock that jumps."""

    at: datetime

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at


def asked(app: App, chat_id: int, words: str, number: int, now: datetime) -> Update:
    """Return what Telegram would bring if somebody asked something in private."""
    chat = {"id": chat_id, "type": "private", "first_name": "Person"}
    message = {
        "message_id": number,
        "date": int(now.timestamp()),
        "chat": chat,
        "from": {**chat, "is_bot": False, "language_code": "en"},
        "text": words,
        "entities": [{"type": "bot_command", "offset": 0, "length": len(words.split()[0])}],
    }
    update = Update.de_json({"update_id": number, "message": message}, app.bot)
    if update is None:
        raise RuntimeError("not an update")
    return update
