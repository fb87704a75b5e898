"""Who may speak to Telegram next, and when: no burst, no queue-jumping, no chat delays another.

Telegram allows about 30 messages a second in all, one a second to a chat, twenty a minute to a
group (https://core.telegram.org/bots/faq#broadcasting-to-users). Requests are spread evenly, each
at its own moment (a generic cell rate algorithm with no burst); within a lane, who came first
goes first.
"""

import asyncio
import contextlib
import heapq
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from domain.delivery import Lane
from jobs.ports import Rest

CHAT_INTERVAL = 1.05
GROUP_INTERVAL = 3.05
PATIENCE = {Lane.INTERACTIVE: 30.0}
"""Seconds somebody waits here while Telegram has told us to leave a chat alone ..."""
LEAST_PATIENCE = 5.0
"""... in the other lanes; beyond it the request is refused, and the outbox keeps it."""
TOGETHER = 1.0
"""Two chats that are refused within so many seconds mean that all of it is too much."""
CATCHING_UP = 1 / 60
"""Seconds by which a paid turn may come late without being lost: at a thousand a second a turn
takes less time than a look at the clock. What it lets through together, the distance makes up."""
FREE = 30.0
"""Messages a second that cost nothing; beyond it each is paid for, and has to say so."""
EVERYBODY = 0
"""In the place of a chat's number: all of them."""
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
        self.is_paid = per_second > FREE
        # No second holds more than what is allowed, even one that catches up.
        self._interval = (1 + CATCHING_UP * self.is_paid) / per_second
        self._slack = CATCHING_UP if self.is_paid else self._interval / 2
        self._clock = clock
        self._free_at = 0.0
        self._chat_free_at: dict[int | str, float] = {}
        self._parked_until: dict[int | str, float] = {}
        self._last_refusal: tuple[float, int | str] = (float("-inf"), EVERYBODY)
        self._waiting: list[_Ticket] = []
        self._later: list[tuple[float, _Ticket]] = []
        self._tickets = 0
        self._changed = asyncio.Event()
        self._conductor: asyncio.Task[None] | None = None
        self.told_to_wait = 0.0
        """Seconds of waiting that Telegram has asked for, all of them together."""
        self.on_park: Callable[[int, float], None] = lambda *_: None
        """Told of every chat (0: all of them) that is to be left alone, and for how long."""

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
        for ticket in (*self._waiting, *(ticket for _, ticket in self._later)):
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
            self._refused(chat, seconds(refusal))
            raise

    def rest(self) -> Rest:
        """Say who would have to wait if he were told something now."""
        now = self._clock()
        if self._parked_until.get(EVERYBODY, 0.0) > now:
            return Rest(everybody=True)
        memories = (self._chat_free_at, self._parked_until)
        waits = (chat for memory in memories for chat, until in memory.items() if until > now)
        return Rest(frozenset(chat for chat in waits if isinstance(chat, int)))

    def leave_alone(self, chat: int | str, seconds: float) -> None:
        """Say nothing to a chat (0: to anybody) for so long; a longer time stands."""
        until = self._clock() + seconds
        self._parked_until[chat] = max(until, self._parked_until.get(chat, 0.0))
        self._changed.set()

    async def _turn(self, lane: Lane, chat: int | str) -> None:
        self._tickets += 1
        ticket = _Ticket(lane, self._tickets, chat, asyncio.get_running_loop().create_future())
        self._check_patience(ticket, self._clock())
        if not ticket.turn.done():
            heapq.heappush(self._waiting, ticket)
            self._changed.set()
        await ticket.turn

    async def _conduct(self) -> None:
        while True:
            now = self._clock()
            while self._later and self._later[0][0] <= now:
                heapq.heappush(self._waiting, heapq.heappop(self._later)[1])
            if self._waiting and self._free_at <= now:
                self._call(heapq.heappop(self._waiting), now)
            else:
                await self._wait(now)

    def _call(self, ticket: _Ticket, now: float) -> None:
        """Give a turn, or put off whose chat is not ready for it."""
        self._check_patience(ticket, now)
        if ticket.turn.done():
            return
        ready_at = self._ready_at(ticket.chat)
        if ready_at > now:
            heapq.heappush(self._later, (ready_at, ticket))
            return
        # A turn that came a few milliseconds late on a busy machine must not slow all the others.
        late = now - self._free_at
        self._free_at = (self._free_at if late < self._slack else now) + self._interval
        self._chat_free_at[ticket.chat] = now + _interval(ticket.chat)
        if len(self._chat_free_at) > _REMEMBERED:
            self._forget(now)
        ticket.turn.set_result(None)

    async def _wait(self, now: float) -> None:
        """Sleep until somebody's moment comes, or somebody else does."""
        moments = [self._later[0][0]] if self._later else []
        if self._waiting:
            moments.append(self._free_at)
        self._changed.clear()
        alarm = None
        if moments:
            wait = max(0.0, min(moments) - now)
            alarm = asyncio.get_running_loop().call_later(wait, self._changed.set)
        await self._changed.wait()
        if alarm is not None:
            alarm.cancel()

    def _check_patience(self, ticket: _Ticket, now: float) -> None:
        """Hand back what would have to wait too long for Telegram's own word."""
        parked = self._parked(ticket.chat) - now
        if parked > PATIENCE.get(ticket.lane, LEAST_PATIENCE) and not ticket.turn.done():
            ticket.turn.set_exception(RetryAfter(timedelta(seconds=parked)))

    def _ready_at(self, chat: int | str) -> float:
        return max(self._chat_free_at.get(chat, 0.0), self._parked(chat))

    def _parked(self, chat: int | str) -> float:
        everybody = self._parked_until.get(EVERYBODY, 0.0)
        return max(everybody, self._parked_until.get(chat, 0.0))

    def _refused(self, chat: int | str, seconds: float) -> None:
        self.told_to_wait += seconds
        self._park(chat, seconds)
        now = self._clock()
        last, other = self._last_refusal
        self._last_refusal = now, chat
        if other != chat and now - last <= TOGETHER:
            longest = max(self._parked(chat), self._parked(other)) - now
            self._park(EVERYBODY, longest)

    def _park(self, chat: int | str, seconds: float) -> None:
        self.leave_alone(chat, seconds)
        if isinstance(chat, int):
            self.on_park(chat, seconds)

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
