"""Who may speak to Telegram next, and when: no burst, no queue-jumping, no chat delays another.

Telegram allows about 30 messages a second in all, one a second to a chat, twenty a minute to a
group (https://core.telegram.org/bots/faq#broadcasting-to-users). Requests are spread evenly, each
at its own moment (a generic cell rate algorithm with no burst); within a lane, who came first
goes first.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from domain.delivery import Lane

CHAT_INTERVAL = 1.05
GROUP_INTERVAL = 3.05
PATIENCE = {Lane.INTERACTIVE: 30.0}
"""Seconds somebody waits here while Telegram has told us to leave a chat alone ..."""
LEAST_PATIENCE = 5.0
"""... in the other lanes; beyond it the request is refused, and the outbox keeps it."""
TOGETHER = 1.0
"""Two chats that are refused within so many seconds mean that all of it is too much."""
_REMEMBERED = 4096

# Endpoints that put something before people's eyes; the others have no such limits.
_SPEAKS = ("send", "edit", "copy", "forward")

Answer = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(order=True, slots=True)
class _Ticket:
    lane: Lane
    number: int
    chat: int | str = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)


class Pacing(BaseRateLimiter[Lane]):
    """Gives every request that speaks in a chat its moment; `rate_limit_args` is its lane."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 1 / per_second
        self._clock = clock
        self._free_at = 0.0
        self._chat_free_at: dict[int | str, float] = {}
        self._parked_until: dict[int | str, float] = {}
        self._last_refusal: tuple[float, int | str] = (float("-inf"), 0)
        self._waiting: list[_Ticket] = []
        self._tickets = 0
        self._changed = asyncio.Event()
        self._conductor: asyncio.Task[None] | None = None

    async def initialize(self) -> None:
        """Begin to give out turns."""
        if self._conductor is None:
            self._conductor = asyncio.create_task(self._conduct(), name="pacing")

    async def shutdown(self) -> None:
        """Stop; whoever waits is cancelled."""
        if self._conductor is None:
            return
        self._conductor.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._conductor
        self._conductor = None
        for ticket in self._waiting:
            ticket.turn.cancel()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Answer:
        """Make the request when its turn has come.

        Raises:
            RetryAfter: Telegram refused it, or has told us to leave this chat alone for longer
                than this lane waits.
        """
        chat = data.get("chat_id")
        if chat is None or not endpoint.startswith(_SPEAKS):
            return await callback(*args, **kwargs)
        await self._turn(Lane.INTERACTIVE if rate_limit_args is None else rate_limit_args, chat)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as refusal:
            self._park(chat, seconds(refusal))
            raise

    async def _turn(self, lane: Lane, chat: int | str) -> None:
        parked = self._parked_for(chat)
        if parked > PATIENCE.get(lane, LEAST_PATIENCE):
            raise RetryAfter(timedelta(seconds=parked))
        self._tickets += 1
        turn = asyncio.get_running_loop().create_future()
        ticket = _Ticket(lane, self._tickets, chat, turn)
        self._waiting.append(ticket)
        self._changed.set()
        try:
            await turn
        except asyncio.CancelledError:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            raise

    async def _conduct(self) -> None:
        while True:
            now = self._clock()
            ready = [ticket for ticket in self._waiting if self._ready_at(ticket.chat) <= now]
            if ready:
                self._grant(min(ready), now)
            else:
                await self._wait(now)

    def _grant(self, ticket: _Ticket, now: float) -> None:
        self._waiting.remove(ticket)
        if ticket.turn.done():
            return
        # A turn that came a few milliseconds late on a busy machine must not slow all the others.
        late = now - self._free_at
        self._free_at = (self._free_at if late < self._interval / 2 else now) + self._interval
        self._chat_free_at[ticket.chat] = now + _interval(ticket.chat)
        if len(self._chat_free_at) > _REMEMBERED:
            self._forget(now)
        ticket.turn.set_result(None)

    async def _wait(self, now: float) -> None:
        """Sleep until somebody's moment comes, or somebody else does."""
        moments = [self._ready_at(ticket.chat) for ticket in self._waiting]
        self._changed.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(moments) - now if moments else None):
                await self._changed.wait()

    def _ready_at(self, chat: int | str) -> float:
        alone = max(self._chat_free_at.get(chat, 0.0), self._parked_until.get(chat, 0.0))
        return max(alone, self._free_at)

    def _park(self, chat: int | str, seconds: float) -> None:
        now = self._clock()
        until = now + seconds
        self._parked_until[chat] = max(until, self._parked_until.get(chat, 0.0))
        last, other = self._last_refusal
        if other != chat and now - last <= TOGETHER:
            self._free_at = max(self._free_at, until)
        self._last_refusal = now, chat
        self._changed.set()

    def _parked_for(self, chat: int | str) -> float:
        return self._parked_until.get(chat, 0.0) - self._clock()

    def _forget(self, now: float) -> None:
        for memory in (self._chat_free_at, self._parked_until):
            for chat in [chat for chat, moment in memory.items() if moment <= now]:
                del memory[chat]


def _interval(chat: int | str) -> float:
    # Groups and channels have negative ids or names.
    return CHAT_INTERVAL if isinstance(chat, int) and chat > 0 else GROUP_INTERVAL


def seconds(refusal: RetryAfter) -> float:
    """Return how long Telegram asks to wait, in either of PTB's two forms."""
    wait = refusal.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
