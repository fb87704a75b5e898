"""Many updates at once, within bounds; those that change a chat's settings in their order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot import callback
from bot.commands import COMMANDS, PRESSED
from bot.timing import Timing
from jobs.concerning import concerning

AT_ONCE = 64
"""Updates that are handled side by side."""
MOST_WAITING = 2048
"""Updates that may wait for their turn; what is beyond waits with Telegram's library."""

_SETTLING_COMMANDS = frozenset(one.name for one in COMMANDS if one.who == "chat_admin")
_SETTLING_VERBS = frozenset(one.verb for one in PRESSED if one.who == "chat_admin")


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Turns(BaseUpdateProcessor):
    """Gives updates their turn."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        super().__init__(MOST_WAITING)
        self.timing = Timing()
        """From an update's arrival to its answer, its wait for its turn included."""
        self._room = asyncio.Semaphore(at_once)
        self._lanes: dict[int, _Lane] = {}

    async def initialize(self) -> None:
        """There is nothing to prepare."""

    async def shutdown(self) -> None:
        """There is nothing to tidy up."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when it is its turn."""
        number = update.update_id if isinstance(update, Update) else 0
        with concerning(update=number), self.timing.measured():
            await self._in_turn(update, coroutine)

    async def _in_turn(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat_id = settles(update)
        if chat_id is None:
            async with self._room:
                await coroutine
            return
        # First the chat's own order, then room: who waits for his chat takes no room of others.
        async with self._lane(chat_id), self._room:
            await coroutine

    @asynccontextmanager
    async def _lane(self, chat_id: int) -> AsyncIterator[None]:
        lane = self._lanes.setdefault(chat_id, _Lane())
        lane.waiting += 1
        try:
            async with lane.lock:
                yield
        finally:
            lane.waiting -= 1
            if not lane.waiting:
                del self._lanes[chat_id]


def settles(update: object) -> int | None:
    """Return the chat whose settings an update may change; None for one that changes none."""
    if not isinstance(update, Update) or update.effective_chat is None:
        return None
    changes = (
        update.my_chat_member is not None
        or _is_command(update)
        or _is_press(update)
        or bool(update.message and (update.message.migrate_to_chat_id))
    )
    return update.effective_chat.id if changes else None


def _is_command(update: Update) -> bool:
    text = (update.message.text if update.message else None) or ""
    word = text.lstrip().partition(" ")[0].partition("@")[0].lower()
    return word[:1] == "/" and word[1:] in _SETTLING_COMMANDS


def _is_press(update: Update) -> bool:
    press = callback.read(update.callback_query.data) if update.callback_query else None
    return press is not None and press.verb in _SETTLING_VERBS
